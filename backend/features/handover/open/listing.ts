import { MOST_HANDED, OPEN_WHY, type OpenTicket } from '../../../../shared/handover.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { formatNumber } from '../../tickets/index.ts'
import { type OpenRow, openWorkOf } from './statement.ts'

/** As much as one hand-over takes, and how many there are besides. */
export type OpenWork = { items: OpenTicket[]; more: number }

/** What is open of one person and cannot wait until they are back. */
export async function openOf(tx: Tx, staffId: string): Promise<OpenWork> {
  const rows = await tx.$queryRaw<OpenRow[]>(openWorkOf(tx, { staffIds: [staffId], limit: MOST_HANDED }))
  const items = rows.map(({ ticketId, number, subject, why, by }) => ({
    ticketId,
    number: formatNumber(number),
    subject,
    why: OPEN_WHY.filter((each) => why.includes(each)),
    by: by?.toISOString() ?? null,
  }))
  return { items, more: (rows[0]?.total ?? 0) - items.length }
}
