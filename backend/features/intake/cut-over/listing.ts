import type { UnansweredThread } from '../../../../shared/cut-over.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { packCursor, readCursor } from '../../../platform/signer.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { formatNumber } from '../../tickets/index.ts'
import { mailboxIn } from '../backfill/steering.ts'

const DAY_MS = 86_400_000

type Row = Omit<UnansweredThread, 'number' | 'lastAt'> & { number: number; lastAt: Date }
type Place = { lastAt: Date; ticketId: string }
type Wish = { cursor?: string | undefined; limit: number }

/** What nobody had answered when the desk took over, the newest first. @throws DeskError not_found */
export async function listUnansweredIn(
  ctx: Ctx,
  tx: Tx,
  mailboxId: string,
  { cursor, limit }: Wish,
): Promise<{ items: UnansweredThread[]; next: string | null }> {
  const { liveFrom, createdAt, unansweredDays } = await mailboxIn(tx, mailboxId)
  const cutOver = Math.min((liveFrom ?? createdAt).getTime(), tx.now.getTime())
  const since = new Date(cutOver - unansweredDays * DAY_MS)
  const list = `unanswered/${tx.workspaceId}/${mailboxId}`
  const after = placeIn(readCursor(ctx.signer, list, cursor))
  const rows = await tx.$queryRaw<Row[]>(unansweredSql(tx.workspaceId, { mailboxId, since, after, limit: limit + 1 }))
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: shown.map((row) => ({ ...row, number: formatNumber(row.number), lastAt: row.lastAt.toISOString() })),
    next: last ? packCursor(ctx.signer, list, [last.lastAt.toISOString(), last.ticketId]) : null,
  }
}

const placeIn = (place: readonly unknown[] | null): Place | null =>
  place && { lastAt: new Date(String(place[0])), ticketId: String(place[1]) }

type Asked = { mailboxId: string; since: Date; after: Place | null; limit: number }

/** Exported so that a test can look at its plan. */
export const unansweredSql = (workspaceId: string, { mailboxId, since, after, limit }: Asked): Prisma.Sql => Prisma.sql`
  select u.ticket_id::text as "ticketId", t.number, t.subject, c.name as customer, u.last_at as "lastAt"
  from desk.unanswered_thread u
  join desk.ticket t on t.workspace_id = u.workspace_id and t.id = u.ticket_id
  join desk.customer c on c.workspace_id = t.workspace_id and c.id = t.customer_id
  where u.workspace_id = ${workspaceId}::uuid and u.mailbox_id = ${mailboxId}::uuid and u.last_at >= ${since}
    and ${after === null ? Prisma.sql`true` : Prisma.sql`(u.last_at < ${after.lastAt} or (u.last_at = ${after.lastAt} and u.ticket_id > ${after.ticketId}::uuid)) and u.last_at <= ${after.lastAt}`}
  order by u.last_at desc, u.ticket_id limit ${limit}`
