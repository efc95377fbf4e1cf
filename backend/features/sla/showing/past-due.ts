import type { Ctx } from '../../../context.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { type DueTime, dueTimes } from '../clock/due-times.ts'
import { withTiers } from '../keeping/judging-tickets.ts'
import { readTickets } from '../keeping/rows.ts'
import { rulesOf, termsFor } from '../rules/loading.ts'

/**
 * When tickets were due since an instant: what happened as the record has it, counted by the policies, hours, priority and category of
 * today. A ticket without clocks is not in it.
 */
export async function pastDueTimes(
  ctx: Ctx,
  tx: Tx,
  { ids, since }: { ids: readonly string[]; since: Date },
): Promise<Map<string, DueTime[]>> {
  const tickets = await readTickets(tx, ids)
  const [first] = tickets
  if (!first) return new Map()
  const ready = await rulesOf(tx, { version: first.rulesVersion, timeZone: first.timeZone })
  const known = await withTiers(ctx, tx, ready, tickets)
  return new Map(
    known.map((ticket) => [ticket.id, dueTimes(ticket.marks ?? [], termsFor(ready, ticket).terms, since.getTime())]),
  )
}
