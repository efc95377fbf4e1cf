import { z } from 'zod'
import { endpoint, PageQuery, page } from './endpoint.ts'
import { LIMITS } from './limits.ts'
import { ADMINS, LEADS } from './roles.ts'
import { LANGUAGES, type Language } from './settings.ts'
import { CustomerTier } from './sla.ts'
import { TicketPriority, TicketStatus } from './tickets.ts'

/** What a rule may wait for, by its code: what people read. Add, never rename. */
export const RULE_EVENTS = {
  ticket_created: 'A ticket is made',
  customer_wrote: 'The customer writes',
  answer_sent: 'An answer is sent',
  status_moved: 'The status changes',
  priority_changed: 'The priority changes',
  category_changed: 'The category changes',
  tagged: 'Tags change',
  assigned: 'The owner changes',
  noted: 'A note is added',
  escalated: 'It is escalated',
  sla_warned: 'An answer is due soon',
  sla_breached: 'An answer is late',
} as const
export type RuleEvent = keyof typeof RULE_EVENTS
export const RuleEvent = z.enum(Object.keys(RULE_EVENTS) as [RuleEvent, ...RuleEvent[]])

/** Time that counts: every hour, or hours in which the desk is open. */
const Unit = z.enum(['hours', 'business_hours'])
/** Four weeks. */
const Hours = z.int().min(1, 'Write whole hours, 1 to 672.').max(672, 'Write whole hours, 1 to 672.')

/** Statuses that a ticket can stay in. A closed one is not touched by time. */
export const RULE_STATES = ['new', 'open', 'pending', 'on_hold', 'solved'] as const

export const RuleWhen = z.discriminatedUnion('on', [
  z.object({ on: z.literal('event'), event: RuleEvent }),
  /** It has stood in a status for so long: once each time it gets there. */
  z.object({ on: z.literal('in_status'), status: z.enum(RULE_STATES), hours: Hours, unit: Unit }),
  /** Its customer has waited for an answer for so long: once for each wait. */
  z.object({ on: z.literal('waiting'), hours: Hours, unit: Unit }),
  /** So long before its nearest target: once for each due time. */
  z.object({ on: z.literal('before_due'), hours: Hours, unit: Unit }),
])
export type RuleWhen = z.infer<typeof RuleWhen>

const list = <T extends z.ZodType>(item: T) => z.array(item).min(1, 'Choose at least one.').max(50)
const Word = z.string().trim().min(1).max(100)
const Is = z.enum(['one_of', 'none_of'])
const Tag = z.string().trim().min(1).max(LIMITS.tag)
const LanguageCode = z.enum(Object.keys(LANGUAGES) as [Language, ...Language[]])

/** What a rule may ask of a ticket. */
export const RuleCondition = z.discriminatedUnion('about', [
  z.object({ about: z.literal('status'), is: Is, values: list(TicketStatus) }),
  z.object({ about: z.literal('priority'), is: Is, values: list(TicketPriority) }),
  z.object({ about: z.literal('category'), is: Is, values: list(z.string().trim().min(1).max(60)) }),
  z.object({ about: z.literal('no_category') }),
  z.object({ about: z.literal('tags'), is: Is, values: list(Tag) }),
  z.object({ about: z.literal('mailbox'), is: Is, values: list(z.uuid()) }),
  z.object({ about: z.literal('channel'), is: Is, values: list(z.enum(['mail', 'call', 'walk_in'])) }),
  z.object({ about: z.literal('owner'), is: z.enum(['nobody', 'somebody']) }),
  z.object({ about: z.literal('owner_among'), is: Is, values: list(z.uuid()) }),
  z.object({ about: z.literal('tier'), is: Is, values: list(CustomerTier) }),
  z.object({ about: z.literal('language'), is: Is, values: list(LanguageCode) }),
  /** Whole words, in any case and with or without accents; `lacks` holds when none of them is there. */
  z.object({ about: z.literal('subject'), is: z.enum(['has', 'lacks']), words: list(Word) }),
  z.object({ about: z.literal('message'), is: z.enum(['has', 'lacks']), words: list(Word) }),
  z.object({ about: z.literal('snoozed'), is: z.boolean() }),
  z.object({ about: z.literal('open_now'), is: z.boolean() }),
  /** The customer has waited for at least so many hours by now. */
  z.object({ about: z.literal('waited'), hours: Hours }),
])
export type RuleCondition = z.infer<typeof RuleCondition>

/** What a rule may do: acts that people have, done as they would do them. */
export const RuleAct = z.discriminatedUnion('do', [
  z.object({ do: z.literal('priority'), priority: TicketPriority }),
  z.object({ do: z.literal('category'), category: z.string().trim().min(1).max(60) }),
  z.object({ do: z.literal('tag'), tags: list(Tag).max(LIMITS.tags) }),
  z.object({ do: z.literal('untag'), tags: list(Tag).max(LIMITS.tags) }),
  z.object({ do: z.literal('assign'), staffId: z.uuid().nullable() }),
  /** By the workspace's way of assigning; nothing where that is off. */
  z.object({ do: z.literal('assign_next') }),
  z.object({ do: z.literal('status'), status: TicketStatus.exclude(['new']) }),
  z.object({ do: z.literal('snooze'), hours: Hours.nullable() }),
  z.object({ do: z.literal('note'), text: z.string().trim().min(1, 'A note needs some text.').max(2_000) }),
  z.object({ do: z.literal('escalate'), staffId: z.uuid() }),
  z.object({
    do: z.literal('tell'),
    whom: z.union([z.enum(['owner', 'supervisors']), z.uuid()]),
    text: z.string().trim().max(1_000),
  }),
  /** As an automatic answer, once for a ticket, never to a machine. */
  z.object({ do: z.literal('reply'), savedReplyId: z.uuid() }),
  z.object({ do: z.literal('spam') }),
])
export type RuleAct = z.infer<typeof RuleAct>

export const RULE_LIMITS = { rules: 100, conditions: 12, acts: 8, name: 80 } as const
const { conditions: CONDITIONS, acts: ACTS } = RULE_LIMITS

export const RuleDefinition = z.object({
  name: z.string().trim().min(1, 'A rule needs a name.').max(RULE_LIMITS.name),
  when: RuleWhen,
  /** All of these hold, and one of `any` if there are some. */
  all: z.array(RuleCondition).max(CONDITIONS, `There is room for ${CONDITIONS} conditions.`),
  any: z.array(RuleCondition).max(CONDITIONS, `There is room for ${CONDITIONS} conditions.`),
  acts: z.array(RuleAct).min(1, 'Say what the rule does.').max(ACTS, `There is room for ${ACTS} acts.`),
})
export type RuleDefinition = z.infer<typeof RuleDefinition>

const Instant = z.iso.datetime()

export const Rule = RuleDefinition.extend({
  id: z.uuid(),
  /** Rules are tried from 1 upwards. */
  position: z.int(),
  /** paused: it stopped itself, because something that it names is gone. */
  state: z.enum(['on', 'off', 'paused']),
  /** Why it is paused, or would be. */
  problem: z.string().nullable(),
  /** Rules that it could set off and that could set it off, in words. */
  warnings: z.array(z.string()),
  /** In the words of the page: when, if, then. */
  words: z.object({ when: z.string(), conditions: z.array(z.string()), acts: z.array(z.string()) }),
  version: z.int(),
})
export type Rule = z.infer<typeof Rule>

export const RuleInput = RuleDefinition.extend({ on: z.boolean() })
export type RuleInput = z.infer<typeof RuleInput>

/** applied: it changed something · unchanged: all was so already · stopped: by the loop guard · failed: nothing could be done. */
export const RULE_OUTCOMES = ['applied', 'unchanged', 'stopped', 'failed'] as const
export const RuleOutcome = z.enum(RULE_OUTCOMES)
export type RuleOutcome = z.infer<typeof RuleOutcome>

export const RuleRun = z.object({
  id: z.uuid(),
  rule: z.object({ id: z.uuid(), name: z.string() }),
  ticket: z.object({ id: z.uuid(), number: z.string() }),
  at: Instant,
  outcome: RuleOutcome,
  /** What it did, what it could not do and why, or why it was stopped. */
  words: z.array(z.string()),
})
export type RuleRun = z.infer<typeof RuleRun>

export const RuleTrial = z.object({
  id: z.uuid(),
  state: z.enum(['running', 'done']),
  since: Instant,
  /** Events that were looked at, of the newest 50 thousand of 30 days. */
  events: z.int(),
  /** Whether there were more than that. */
  cut: z.boolean(),
  rules: z.array(
    z.object({
      rule: z.object({ id: z.uuid(), name: z.string() }),
      count: z.int(),
    }),
  ),
  /** The newest 50 tickets. */
  tickets: z.array(
    z.object({
      rule: z.object({ id: z.uuid(), name: z.string() }),
      ticket: z.object({ id: z.uuid(), number: z.string() }),
      at: Instant,
      acts: z.array(z.string()),
      because: z.array(z.string()),
    }),
  ),
  /** What was taken as it was then, and what as it is now. */
  asThen: z.array(z.string()),
  asNow: z.array(z.string()),
  createdAt: Instant,
})
export type RuleTrial = z.infer<typeof RuleTrial>

const Readers = [...LEADS, 'settings:read'] as const
const tags = ['rules']

export const listRules = endpoint('GET', '/v1/rules', {
  summary: 'Rules in the order in which they are tried',
  callers: Readers,
  reply: z.object({ items: z.array(Rule) }),
})

export const addRule = endpoint('POST', '/v1/rules', {
  summary: 'Adds a rule at the end; one that could never do anything is refused with the reason',
  callers: ADMINS,
  status: 201,
  body: RuleInput,
  reply: Rule,
})

export const writeRule = endpoint('PUT', '/v1/rules/:ruleId', {
  summary: 'Rewrites a rule, or switches it on or off',
  callers: ADMINS,
  body: RuleInput.extend({ version: z.int() }),
  reply: Rule,
})

export const moveRule = endpoint('PUT', '/v1/rules/:ruleId/place', {
  summary: 'Puts a rule at a place in the order; 1 is tried first',
  callers: ADMINS,
  body: z.object({ position: z.int().min(1).max(RULE_LIMITS.rules) }),
  reply: z.object({ items: z.array(Rule) }),
})

export const removeRule = endpoint('DELETE', '/v1/rules/:ruleId', {
  summary: 'Removes a rule; what it did stays in the record',
  callers: ADMINS,
  reply: z.object({ removed: z.boolean() }),
})

export const listRuleRuns = endpoint('GET', '/v1/rule-runs', {
  summary: 'What rules did in the last 30 days, newest first, and what the loop guard stopped',
  callers: Readers,
  query: PageQuery.extend({ ruleId: z.uuid().optional() }),
  reply: page(RuleRun),
  tags,
})

export const tryRules = endpoint('POST', '/v1/rule-trials', {
  summary: 'A dry run of all rules over the last 30 days, by a job; it changes nothing',
  callers: LEADS,
  status: 202,
  reply: RuleTrial,
  tags,
})

export const getRuleTrial = endpoint('GET', '/v1/rule-trials/:trialId', {
  summary: 'How far a dry run is, and what each rule would have done',
  callers: Readers,
  reply: RuleTrial,
  tags,
})
