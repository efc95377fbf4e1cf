import type { SlaPolicy } from '../../../../shared/sla.ts'
import type { Ctx } from '../../../context.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { type Judged, judge } from '../clock/judging.ts'
import { type ReadyRules, rulesOf, termsFor } from '../rules/loading.ts'
import type { Matched } from '../rules/matching.ts'
import { tiersOf } from '../rules/tiers.ts'
import type { ClockRow, KeptTicket } from './rows.ts'
import { clockRow } from './telling.ts'

/** A ticket, what is to be kept of it, and why. */
export type Judgement = {
  ticket: KeptTicket & Matched
  ready: ReadyRules
  policy: SlaPolicy
  row: ClockRow
  judged: Judged
}

/** Judges tickets by the rules of today; those of which nothing counts are left out. */
export async function judgeTickets(ctx: Ctx, tx: Tx, tickets: readonly KeptTicket[]): Promise<Judgement[]> {
  const [first] = tickets
  if (!first) return []
  const ready = await rulesOf(tx, { version: first.rulesVersion, timeZone: first.timeZone })
  const matched = await withTiers(ctx, tx, ready, tickets)
  return matched.flatMap((ticket) => {
    const made = clockRow(ready, ticket, { marks: ticket.marks ?? [], told: ticket.told })
    return made ? [{ ticket, ready, policy: termsFor(ready, ticket).policy, ...made }] : []
  })
}

/** Customers are looked up only where a policy asks who they are. */
export async function withTiers<T extends KeptTicket>(
  ctx: Ctx,
  tx: Tx,
  { asksTiers, rules }: ReadyRules,
  tickets: readonly T[],
): Promise<(T & Matched)[]> {
  const ids = [...new Set(tickets.map(({ customerId }) => customerId))]
  const tiers = asksTiers ? await tiersOf(tx, await ctx.keyring.box(tx), rules.tiers, ids) : null
  return tickets.map((ticket) => ({ ...ticket, tier: tiers?.get(ticket.customerId) ?? 'standard' }))
}

/** How a ticket with these marks stands by its policy. */
export const judgedBy = (ready: ReadyRules, ticket: Matched & { marks: KeptTicket['marks'] }): Judged =>
  judge(ticket.marks ?? [], termsFor(ready, ticket).terms)
