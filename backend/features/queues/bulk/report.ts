import type { BulkActTicket } from '../../../../shared/bulk-acts.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { packCursor, readCursor, type Signer } from '../../../platform/signer.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { formatNumber } from '../../tickets/index.ts'

type ReportRow = {
  position: number
  ticketId: string
  number: number
  outcome: BulkActTicket['outcome']
  reason: string | null
}

/** What became of each ticket, in the order in which they were chosen. */
export async function listReport(
  signer: Signer,
  tx: Tx,
  bulkActId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: BulkActTicket[]; next: string | null }> {
  const list = `bulk/${tx.workspaceId}/${bulkActId}`
  const [after = 0] = readCursor(signer, list, cursor) ?? []
  const rows = await tx.$queryRaw<ReportRow[]>(reportOf(tx.workspaceId, bulkActId, Number(after), limit + 1))
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return { items: shown.map(present), next: last ? packCursor(signer, list, [last.position]) : null }
}

export const reportOf = (
  workspaceId: string,
  bulkActId: string,
  after: number,
  limit: number,
): Prisma.Sql => Prisma.sql`
  select b.position, b.ticket_id::text as "ticketId", t.number, b.outcome, b.reason
  from (select * from desk.bulk_act_ticket where workspace_id = ${workspaceId}::uuid and bulk_act_id = ${bulkActId}::uuid and position > ${after}
    order by position limit ${limit}) b
  join desk.ticket t on t.workspace_id = b.workspace_id and t.id = b.ticket_id order by b.position`

const MOST_NAMED = 10

/** Tickets that an act could not do, or that its undo left, the first of them. */
export async function namedIn(tx: Tx, bulkActId: string): Promise<BulkActTicket[]> {
  const rows = await tx.$queryRaw<ReportRow[]>`
    select b.position, b.ticket_id::text as "ticketId", t.number, b.outcome, b.reason
    from (select * from desk.bulk_act_ticket where workspace_id = ${tx.workspaceId}::uuid and bulk_act_id = ${bulkActId}::uuid
      and outcome in ('failed', 'left') order by position limit ${MOST_NAMED}) b
    join desk.ticket t on t.workspace_id = b.workspace_id and t.id = b.ticket_id order by b.position`
  return rows.map(present)
}

const present = ({ ticketId, number, outcome, reason }: ReportRow): BulkActTicket => ({
  ticketId,
  number: formatNumber(number),
  outcome,
  reason,
})
