import type { Ctx } from '../../../context.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { type DueTime, openHoursIn, pastDueTimes } from '../../sla/index.ts'
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

type Trying = { rules: readonly Tried[]; since: Date; past: readonly Past[]; targets: Targets }
type Moment = { rule: Tried; ticketId: string; at: Date; today: Today; history: readonly Past[] }

/** What rules would have done because of events, in the order of the events. Each rule is tried alone, on the ticket as it stood. */
export async function tryOn(ctx: Ctx, tx: Tx, { rules, since, past, targets }: Trying): Promise<Found[]> {
  const asked = askedBy(rules.map(({ definition }) => definition))
  const ids = [...new Set(past.map(({ ticketId }) => ticketId))]
  const asksDue = rules.some(({ definition: { when } }) => when.on === 'before_due')
  const hours = await openHoursIn(tx)
  const desk = {
    now: tx.now,
    hours,
    tickets: await ticketsOf(ctx, tx, ids, asked),
    histories: await historiesOf(tx, ids),
    dues: asksDue ? await pastDueTimes(ctx, tx, { ids, since }) : null,
  }
  const moments = past.flatMap((one) => rules.flatMap((rule) => momentOf(rule, one, desk)))
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

type Desk = {
  now: Date
  hours: Awaited<ReturnType<typeof openHoursIn>>
  tickets: ReadonlyMap<string, Today>
  histories: ReadonlyMap<string, readonly Past[]>
  dues: ReadonlyMap<string, readonly DueTime[]> | null
}

/** When a rule would have been tried because of an event. */
function momentOf(rule: Tried, past: Past, { now, hours, tickets, histories, dues }: Desk): Moment[] {
  const { ticketId } = past
  const today = tickets.get(ticketId)
  const { when } = rule.definition
  if (!today || !begins(when, past)) return []
  const history = histories.get(ticketId) ?? []
  const at = triedAt(when, past, { now: today, history, due: dues?.get(ticketId) ?? [] }, { now, hours })
  return at === null ? [] : [{ rule, ticketId, at, today, history }]
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
