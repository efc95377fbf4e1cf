import type { Ctx } from '../../../context.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { openHoursIn } from '../../sla/index.ts'
import { isSo } from '../acting/acts.ts'
import type { Targets } from '../definitions/targets.ts'
import { actWords, conditionWords } from '../definitions/words.ts'
import { askedBy } from '../judging/asking.ts'
import { type Facts, isOpen } from '../judging/facts.ts'
import { whyHolds } from '../judging/holding.ts'
import { historiesOf } from './record.ts'
import { standingAt } from './rewinding.ts'
import type { Found, Tried } from './rows.ts'
import { mailsAt, type Today, ticketsOf } from './tickets.ts'
import { triedAt } from './timing.ts'
import { begins, type Past } from './waiting-for.ts'

type Trying = { rules: readonly Tried[]; past: readonly Past[]; targets: Targets }
type Moment = { rule: Tried; ticketId: string; at: Date; today: Today; history: readonly Past[] }

/** What rules would have done because of events, in the order of the events. Each rule is tried alone, on the ticket as it stood. */
export async function tryOn(ctx: Ctx, tx: Tx, { rules, past, targets }: Trying): Promise<Found[]> {
  const asked = askedBy(rules.map(({ definition }) => definition))
  const ids = [...new Set(past.map(({ ticketId }) => ticketId))]
  const tickets = await ticketsOf(ctx, tx, ids, asked)
  const histories = await historiesOf(tx, ids)
  const hours = await openHoursIn(tx)
  const moments = past.flatMap((one) => {
    const today = tickets.get(one.ticketId)
    const history = histories.get(one.ticketId) ?? []
    if (!today) return []
    return rules.flatMap((rule): Moment[] => {
      if (!begins(rule.definition.when, one)) return []
      const at = triedAt(rule.definition.when, one, { now: today, history }, { now: tx.now, hours })
      return at === null ? [] : [{ rule, ticketId: one.ticketId, at, today, history }]
    })
  })
  const mails = asked.message ? await mailsAt(ctx, tx, moments) : []
  return moments.flatMap((moment, n) => {
    const facts = {
      ...moment.today,
      ...standingAt(moment.today, moment.history, moment.at),
      message: mails[n] ?? '',
      openNow: isOpen(hours, moment.at),
    }
    return foundAt(moment, facts, targets)
  })
}

function foundAt({ rule: { id, definition }, at }: Moment, facts: Facts, targets: Targets): Found[] {
  if (facts.voidReason !== null) return []
  const why = whyHolds(definition, facts, at)
  const acts = definition.acts.filter((act) => !isSo(act, facts))
  if (why === null || acts.length === 0) return []
  return [
    {
      ruleId: id,
      ticketId: facts.ticketId,
      number: facts.number,
      at: at.toISOString(),
      acts: acts.map((act) => actWords(act, targets)),
      because: why.map((condition) => conditionWords(condition, targets)),
    },
  ]
}
