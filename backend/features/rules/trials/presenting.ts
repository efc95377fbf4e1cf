import type { RuleCondition, RuleTrial } from '../../../../shared/rules.ts'
import { formatNumber } from '../../tickets/index.ts'
import type { TrialRow, Tried } from './rows.ts'

/** What the record knows of the past, and what it does not: texts of tags and categories are not in it. */
const KNOWN: Partial<Record<RuleCondition['about'], string>> = {
  status: 'status',
  priority: 'priority',
  owner: 'owner',
  owner_among: 'owner',
  snoozed: 'snoozed or not',
  waited: 'waiting time',
  subject: 'subject',
  message: 'the newest mail',
  mailbox: 'mailbox',
  channel: 'channel',
}
const UNKNOWN: Partial<Record<RuleCondition['about'], string>> = {
  category: 'category',
  no_category: 'category',
  tags: 'tags',
  language: 'language',
  tier: 'what the customer bought',
  open_now: 'opening hours',
}

/** Marks of a clock are kept, and the policies by which they were judged are not. */
const DUE_TIMES = 'due times (by today’s targets, priority and category)'
const isByDueTime = ({ definition: { when } }: Tried): boolean => when.on === 'before_due'

export function presentTrial(row: TrialRow): RuleTrial {
  const { id, state, since, rules, events, cut, counts, tickets, createdAt } = row
  const conditions = rules.flatMap(({ definition: { all, any } }) => [...all, ...any])
  const words = (of: typeof KNOWN) => [...new Set(conditions.flatMap(({ about }) => of[about] ?? []))]
  const named = (ruleId: string) => ({
    id: ruleId,
    name: rules.find((rule) => rule.id === ruleId)?.definition.name ?? 'A rule',
  })
  return {
    id,
    state,
    since: since.toISOString(),
    events,
    cut,
    rules: rules.map((rule) => ({ rule: named(rule.id), count: counts[rule.id] ?? 0 })),
    tickets: tickets.map(({ ruleId, ticketId, number, ...found }) => ({
      ...found,
      rule: named(ruleId),
      ticket: { id: ticketId, number: formatNumber(number) },
    })),
    asThen: words(KNOWN),
    asNow: [...words(UNKNOWN), ...(rules.some(isByDueTime) ? [DUE_TIMES] : [])],
    createdAt: createdAt.toISOString(),
  }
}
