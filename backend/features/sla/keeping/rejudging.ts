import type { Ctx } from '../../../context.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import type { Mark } from '../clock/marks.ts'
import { judgeTickets } from './judging-tickets.ts'
import { rebuildMarks, withOwnMarks } from './rebuilding.ts'
import { type KeptTicket, readTickets, writeClocks } from './rows.ts'
import { lockStale, placeBehind, type StalePlace, writeJudged } from './stale.ts'

/**
 * Reads the clocks of tickets anew from the record, in the caller's transaction: after mails were moved between them, and for tickets
 * that had no clock. The caller holds their rows.
 */
export async function rejudge(ctx: Ctx, tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const tickets = await readTickets(tx, ids)
  const rebuilt = await rebuildMarks(tx, ids)
  await rewrite(
    ctx,
    tx,
    tickets.map((ticket) => ({ ...ticket, marks: withOwnMarks(rebuilt.get(ticket.id) ?? [], ticket.marks) })),
  )
}

/** Judges tickets with these marks by the rules of today, and keeps what comes of it. */
async function rewrite(ctx: Ctx, tx: Tx, tickets: readonly KeptTicket[]): Promise<void> {
  const judgements = await judgeTickets(ctx, tx, tickets)
  await writeClocks(
    tx,
    judgements.map(({ row }) => row),
  )
}

/**
 * Judges open tickets anew that older rules judged, so many at most, by the marks that they have.
 * @returns how many there were, and where to go on; null when none was left behind `from`
 */
export async function judgeStale(
  ctx: Ctx,
  tx: Tx,
  from: StalePlace,
  limit: number,
): Promise<{ done: number; last: StalePlace } | null> {
  const stale = await lockStale(tx, from, limit)
  const judgements = await judgeTickets(ctx, tx, stale)
  const seen = new Map(stale.map((ticket) => [ticket.id, ticket.seen]))
  await writeJudged(
    tx,
    judgements.map(({ row }) => ({ ...row, seen: seen.get(row.ticketId) ?? '' })),
  )
  return stale.length === 0 ? null : { done: stale.length, last: placeBehind(stale) }
}

/** Changes the marks of one ticket that has clocks. @param change null changes nothing */
export async function remark(
  ctx: Ctx,
  tx: Tx,
  ticketId: string,
  change: (marks: readonly Mark[]) => Mark[] | null,
): Promise<void> {
  const [ticket] = await readTickets(tx, [ticketId])
  const marks = ticket?.marks ? change(ticket.marks) : null
  if (ticket && marks) await rewrite(ctx, tx, [{ ...ticket, marks }])
}
