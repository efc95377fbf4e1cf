import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { PanelCard, PanelFields } from './panel.ts'
import { LEADS, PEOPLE_AT_WORK, READERS, SETTING_READERS } from './roles.ts'
import { TICKET_PRIORITIES, TicketCardView } from './tickets.ts'
import { isTimeZone } from './zones.ts'

/** What is promised to a customer, and by when. */
export const SLA_TARGETS = ['first', 'next', 'resolution'] as const
export const SlaTarget = z.enum(SLA_TARGETS)
export type SlaTarget = z.infer<typeof SlaTarget>

export const CUSTOMER_TIERS = ['standard', 'plus', 'vip'] as const
export const CustomerTier = z.enum(CUSTOMER_TIERS)
export type CustomerTier = z.infer<typeof CustomerTier>

/** Minutes since midnight, by the clocks of the zone; 1440 is the end of the day. */
const MinuteOfDay = z.int().min(0).max(1_440)

export const OpenInterval = z
  .object({ from: MinuteOfDay, to: MinuteOfDay })
  .refine(({ from, to }) => from < to, 'An interval ends after it begins; over midnight it is two, on two days.')
export type OpenInterval = z.infer<typeof OpenInterval>

const OpenDay = z
  .array(OpenInterval)
  .max(12, 'A day has twelve intervals at most.')
  .refine(
    (day) =>
      [...day].sort((a, b) => a.from - b.from).every(({ from }, n, all) => n === 0 || (all[n - 1]?.to ?? 0) <= from),
    'Intervals of a day may not overlap.',
  )

/** Days that are not as their weekday: a holiday, a day with hours of its own, a closed week. */
export const SpecialDays = z
  .object({ from: z.iso.date(), to: z.iso.date(), name: z.string().max(80), intervals: OpenDay })
  .refine(({ from, to }) => from <= to, 'The last day comes after the first.')
export type SpecialDays = z.infer<typeof SpecialDays>

export const BusinessHours = z.object({
  timeZone: z.string().max(60).refine(isTimeZone, 'This is no time zone. One looks like Europe/London.'),
  /** Seven days, Monday first. */
  week: z.array(OpenDay).length(7),
  /** Of those that name a day the shortest counts, so that one day inside a closed week may be open. */
  specialDays: z.array(SpecialDays).max(500, 'There is room for 500 lines of special days. Remove old ones.'),
})
export type BusinessHours = z.infer<typeof BusinessHours>

/** A year is the longest target. */
const Minutes = z.int().min(1, 'A target is at least one minute.').max(525_600, 'A target is a year at most.')

/** Minutes from the start of each clock; null is no target. */
export const TargetMinutes = z.object({
  first: Minutes.nullable(),
  next: Minutes.nullable(),
  resolution: Minutes.nullable(),
})
export type TargetMinutes = z.infer<typeof TargetMinutes>

/** Who gets a mail. */
export const SLA_TOLD = ['nobody', 'assignee', 'supervisors', 'both'] as const
export const SlaTold = z.enum(SLA_TOLD)
export type SlaTold = z.infer<typeof SlaTold>

const PRIORITY_TARGETS = Object.fromEntries(TICKET_PRIORITIES.map((priority) => [priority, TargetMinutes])) as Record<
  (typeof TICKET_PRIORITIES)[number],
  typeof TargetMinutes
>

export const SlaPolicy = z.object({
  /** `default` is the last one, for every ticket that no other takes. */
  id: z.union([z.literal('default'), z.uuid()]),
  name: z.string().trim().min(1, 'A policy needs a name.').max(80),
  /** Empty lists ask for nothing; all that are not empty must be met. */
  categories: z.array(z.string().trim().min(1).max(60)).max(50),
  tiers: z.array(CustomerTier),
  mailboxIds: z.array(z.uuid()).max(50),
  unit: z.enum(['minutes', 'business_minutes']),
  /** A priority without any target is left to the policies that follow. */
  targets: z.object(PRIORITY_TARGETS),
  /** Tickets that it takes have no targets at all. */
  exempt: z.boolean(),
  /** Warn when so much of a target is used up; null warns nobody. */
  warnPercent: z.int().min(10, 'Warn at 10 to 99 percent.').max(99, 'Warn at 10 to 99 percent.').nullable(),
  /** Warn so many minutes before a target is used up, whichever comes first; targets that are shorter have none. */
  warnMinutes: z
    .int()
    .min(1, 'Warn 1 to 10,080 minutes before.')
    .max(10_080, 'Warn 1 to 10,080 minutes before.')
    .nullable()
    .default(null),
  onWarning: z.object({ tell: SlaTold }),
  onBreach: z.object({
    tell: SlaTold,
    raisePriority: z.boolean(),
    /** A person of the staff, `nobody`, or null to leave it where it is. */
    reassignTo: z.union([z.literal('nobody'), z.uuid()]).nullable(),
  }),
})
export type SlaPolicy = z.infer<typeof SlaPolicy>

/** From here on a customer is of the tier; null does not count. A tag of the customer in Shopify is enough. */
const TierRule = z.object({
  orders: z.int().min(1).max(1_000_000).nullable(),
  /** In hundredths of the shop's money. */
  spent: z.int().min(1).max(1_000_000_000_000).nullable(),
  tag: z.string().trim().min(1).max(60).nullable(),
})
export const TierRules = z.object({ plus: TierRule, vip: TierRule })
export type TierRules = z.infer<typeof TierRules>

export const SlaRules = z.object({
  hours: BusinessHours,
  tiers: TierRules,
  policies: z
    .array(SlaPolicy)
    .min(1)
    .max(50, 'There is room for 50 policies.')
    .refine(
      (all) => all.findIndex(({ id }) => id === 'default') === all.length - 1,
      'The default policy is the last one, and stays.',
    ),
})
export type SlaRules = z.infer<typeof SlaRules>

const Instant = z.iso.datetime()

export const SlaClock = z.object({
  target: SlaTarget,
  /** paused: it goes on later with what is left; stopped: it is over. */
  state: z.enum(['running', 'paused', 'stopped']),
  since: Instant,
  limitMinutes: z.int(),
  usedMinutes: z.int(),
  dueAt: Instant.nullable(),
  /** Used up, in time or not. */
  breached: z.boolean(),
})
export type SlaClock = z.infer<typeof SlaClock>

export const TicketSla = z.object({
  policy: z.object({ id: z.string(), name: z.string(), because: z.string(), unit: SlaPolicy.shape.unit }).nullable(),
  timeZone: z.string(),
  state: z.enum(['none', 'running', 'paused', 'ended']),
  clocks: z.array(SlaClock),
  /** Starts, pauses and stops, oldest first, in words. */
  history: z.array(z.object({ at: Instant, words: z.string() })),
})
export type TicketSla = z.infer<typeof TicketSla>

export const ESCALATION_REASONS = [
  'needs_expert',
  'angry_customer',
  'money_above_limit',
  'legal',
  'safety',
  'other',
] as const
export const EscalationReason = z.enum(ESCALATION_REASONS)
export type EscalationReason = z.infer<typeof EscalationReason>

export const getTicketSla = endpoint('GET', '/v1/tickets/:ticketId/sla', {
  summary: 'The clock of a ticket: its policy, what is due when, and its starts, pauses and stops',
  callers: READERS,
  reply: TicketSla,
})

export const showTicketSla = endpoint('GET', '/v1/tickets/:ticketId/sla-card', {
  summary: 'The same as a card of the panel',
  callers: READERS,
  reply: PanelCard,
})

export const showEscalationForm = endpoint('GET', '/v1/tickets/:ticketId/escalation-form', {
  summary: 'The form to hand a ticket to somebody who can do more',
  callers: PEOPLE_AT_WORK,
  reply: PanelCard,
})

export const sendEscalationForm = endpoint('POST', '/v1/tickets/:ticketId/escalation-form', {
  summary: 'Escalates as the form says; a refused form comes back with what was typed',
  callers: PEOPLE_AT_WORK,
  body: PanelFields,
  reply: PanelCard,
})

export const escalateTicket = endpoint('POST', '/v1/tickets/:ticketId/escalations', {
  summary: 'Hands a ticket to somebody who can do more, one priority up, and tells them by mail why',
  callers: PEOPLE_AT_WORK,
  status: 201,
  body: z.object({
    toId: z.uuid(),
    reason: EscalationReason,
    text: z.string().trim().max(2_000).default(''),
    /** One step up; what is urgent stays so. */
    raisePriority: z.boolean().default(true),
  }),
  reply: TicketCardView,
})

export const getSlaRules = endpoint('GET', '/v1/sla-rules', {
  summary: 'Hours, customer tiers and policies, in the order in which they are tried',
  callers: SETTING_READERS,
  reply: SlaRules.extend({ version: z.int() }),
  tags: ['sla'],
})

export const writeSlaRules = endpoint('PUT', '/v1/sla-rules', {
  summary: 'Replaces them; open tickets are judged anew within minutes',
  callers: LEADS,
  body: SlaRules.extend({ version: z.int() }),
  reply: SlaRules.extend({ version: z.int() }),
  tags: ['sla'],
})

const Late = z.object({ clocks: z.int(), wasLate: z.int(), willBeLate: z.int() })

/** What rules that nobody has saved would have made of the last 90 days. */
export const SlaTrial = z.object({
  id: z.uuid(),
  name: z.string(),
  askedAt: Instant,
  /** null while tickets are still counted. */
  endedAt: Instant.nullable(),
  tickets: z.int(),
  targets: z.record(SlaTarget, Late),
  /** How long customers waited beyond their targets, all together. */
  lateMinutes: z.object({ was: z.int(), will: z.int() }),
  /** Whose tickets change; null is nobody's. */
  people: z.array(z.object({ staffId: z.uuid().nullable(), name: z.string(), late: z.int(), spared: z.int() })),
  /** The first 200 clocks that change. */
  changed: z.array(z.object({ ticketId: z.uuid(), number: z.int(), target: SlaTarget, willBeLate: z.boolean() })),
})
export type SlaTrial = z.infer<typeof SlaTrial>

export const trySlaRules = endpoint('POST', '/v1/sla-trials', {
  summary: 'Tries rules on the tickets of the last 90 days and changes nothing; a job counts',
  callers: LEADS,
  status: 202,
  body: z.object({ name: z.string().trim().min(1).max(80), rules: SlaRules }),
  reply: z.object({ id: z.uuid() }),
  tags: ['sla'],
})

export const getSlaTrial = endpoint('GET', '/v1/sla-trials/:slaTrialId', {
  summary: 'What a trial has found so far',
  callers: LEADS,
  reply: SlaTrial,
  tags: ['sla'],
})
