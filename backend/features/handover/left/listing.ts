import type { LeftTicket } from '../../../../shared/handover.ts'
import type { Ctx } from '../../../context.ts'
import { packCursor, readCursor } from '../../../platform/signer.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { formatNumber } from '../../tickets/index.ts'
import { type LeftPlace, type LeftRow, notHandedOverSql } from './statement.ts'

export type LeftPage = { items: LeftTicket[]; next: string | null }

/** What people left open when their work ended and nobody looks after, the longest first. */
export async function leftIn(
  { signer }: Pick<Ctx, 'signer'>,
  tx: Tx,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<LeftPage> {
  const list = `left-tickets/${tx.workspaceId}`
  const after = placeIn(readCursor(signer, list, cursor))
  const rows = await tx.$queryRaw<LeftRow[]>(notHandedOverSql(tx.workspaceId, { after, limit: limit + 1 }))
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: shown.map(present),
    next: last ? packCursor(signer, list, [last.at.toISOString(), last.ticketId, last.staffId]) : null,
  }
}

const placeIn = (place: ReturnType<typeof readCursor>): LeftPlace | null =>
  place && { at: new Date(String(place[0])), ticketId: String(place[1]), staffId: String(place[2]) }

const present = ({ staffId, name, ticketId, number, subject, at }: LeftRow): LeftTicket => ({
  staff: { id: staffId, name },
  ticketId,
  number: formatNumber(number),
  subject,
  since: at.toISOString(),
})
