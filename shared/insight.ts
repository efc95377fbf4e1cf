import { z } from 'zod'
import { Freshness } from './analytics.ts'
import { endpoint } from './endpoint.ts'
import { FIGURE_READERS, LEADS } from './roles.ts'

const Instant = z.iso.datetime()
const Share01 = z.number().min(0).max(1)

/** What is expected in a stretch of time, and between which bounds it lies in four of five cases. */
const Expected = z.object({ expected: z.number(), lower: z.number(), upper: z.number() })

/** How far off forecasts would have been on days that are known by now, in tickets a day; null while the past is too short to try. */
export const Tried = z.object({
  error: z.number(),
  naiveError: z.number(),
  /** Share of these days that lay within bounds made of other days; meant is 0.8. */
  held: Share01,
  days: z.int(),
})
export type Tried = z.infer<typeof Tried>

/** New tickets expected in the coming six weeks. */
export const VolumeForecast = z.object({
  freshness: Freshness,
  zone: z.string(),
  /** model: season and trend · naive: last week again, because the model would have been further off · none: not enough data */
  by: z.enum(['model', 'naive', 'none']),
  /** How it was made and how good it is, in plain sentences. */
  words: z.array(z.string()),
  tried: Tried.nullable(),
  /** The last eight weeks. */
  past: z.array(z.object({ day: z.iso.date(), came: z.int(), special: z.string().nullable() })),
  days: z.array(Expected.extend({ day: z.iso.date(), special: z.string().nullable() })),
  hours: z.array(Expected.extend({ at: Instant })),
})
export type VolumeForecast = z.infer<typeof VolumeForecast>

export const forecastVolume = endpoint('GET', '/v1/forecast', {
  summary: 'New tickets expected for each day and hour of the coming six weeks, with bounds',
  callers: FIGURE_READERS,
  reply: VolumeForecast,
  tags: ['insight'],
})

/** What a team promises itself, and how much of a shift is left for tickets. */
export const StaffingSettings = z.object({
  /** Share of new tickets on which work begins in time. */
  share: z.number().min(0.5, 'At least half of the tickets.').max(0.99, 'At most 99 of 100 tickets.'),
  withinMinutes: z.int().min(1, 'At least one minute.').max(1_440, 'At most a day.'),
  /** Part of a shift that goes to breaks, talks and everything else. */
  shrinkage: z.number().min(0).max(0.8, 'At most 80 of 100.'),
})
export type StaffingSettings = z.infer<typeof StaffingSettings>

export const getStaffingSettings = endpoint('GET', '/v1/staffing-settings', {
  summary: 'The service target by which needed people are counted',
  callers: FIGURE_READERS,
  reply: StaffingSettings,
  tags: ['insight'],
})

export const writeStaffingSettings = endpoint('PUT', '/v1/staffing-settings', {
  summary: 'Sets the service target by which needed people are counted',
  callers: LEADS,
  body: StaffingSettings,
  reply: StaffingSettings,
  tags: ['insight'],
})

/** People needed beside people planned, for each hour of the coming weeks in which the desk is open. */
export const Staffing = z.object({
  freshness: Freshness,
  zone: z.string(),
  settings: StaffingSettings,
  /** How long one ticket takes, in seconds, and how that is known; null while it is not. */
  handle: z.object({ seconds: z.number(), words: z.string() }).nullable(),
  words: z.array(z.string()),
  hours: z.array(
    z.object({
      at: Instant,
      /** Tickets to begin in this hour: those that come in it, and those that came while the desk was closed. */
      tickets: z.number(),
      needed: z.int(),
      /** People on shift, as part of the hour. */
      planned: z.number(),
      /** over: more than needed · short: fewer · fits: neither */
      state: z.enum(['over', 'short', 'fits']),
    }),
  ),
})
export type Staffing = z.infer<typeof Staffing>

export const readStaffing = endpoint('GET', '/v1/staffing', {
  summary: 'People needed and people planned for each open hour of the coming six weeks',
  callers: FIGURE_READERS,
  reply: Staffing,
  tags: ['insight'],
})

/** What may drive a customer away. Weights and words stand in one place. */
export const CHURN_FACTS = ['late', 'reopened', 'again', 'refund', 'rating', 'undelivered', 'silence'] as const
export const ChurnFact = z.enum(CHURN_FACTS)
export type ChurnFact = z.infer<typeof ChurnFact>

/** How often something happened to a customer in the last 90 days, and what it adds to the score. */
const ChurnReason = z.object({ fact: ChurnFact, words: z.string(), count: z.int(), points: z.int() })

export const ChurnRisk = z.object({
  customer: z.object({ id: z.string(), name: z.string() }),
  /** Sum of the points of its reasons. */
  score: z.int(),
  reasons: z.array(ChurnReason),
})
export type ChurnRisk = z.infer<typeof ChurnRisk>

export const ChurnWeight = z.object({
  fact: ChurnFact,
  words: z.string(),
  weight: z.int(),
  /** More of it adds nothing. */
  most: z.int(),
})
export type ChurnWeight = z.infer<typeof ChurnWeight>

export const listChurnRisks = endpoint('GET', '/v1/churn-risks', {
  summary: 'Customers who may leave, the highest score first, with the facts that raised it',
  callers: FIGURE_READERS,
  query: z.object({
    cursor: z.string().max(1_000).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  reply: z.object({
    freshness: Freshness,
    since: z.iso.date(),
    weights: z.array(ChurnWeight),
    items: z.array(ChurnRisk),
    next: z.string().nullable(),
  }),
  tags: ['insight'],
})

export const ChurnStory = z.object({
  freshness: Freshness,
  risk: ChurnRisk,
  /** Each fact, the newest first, a hundred at most. */
  facts: z.array(
    z.object({
      fact: ChurnFact,
      words: z.string(),
      at: Instant,
      ticket: z.object({ id: z.string(), number: z.string() }).nullable(),
    }),
  ),
})
export type ChurnStory = z.infer<typeof ChurnStory>

export const explainChurnRisk = endpoint('GET', '/v1/churn-risks/:customerId', {
  summary: 'Each fact that raised the score of a customer, with its ticket',
  callers: FIGURE_READERS,
  reply: ChurnStory,
  tags: ['insight'],
})

export const CORRELATED = ['first_response', 'resolution', 'contacts', 'same_agent', 'tenure'] as const
export const Correlated = z.enum(CORRELATED)
export type Correlated = z.infer<typeof Correlated>

/** How something goes together with ratings, or with solutions that did not hold. */
export const Finding = z.object({
  with: Correlated,
  label: z.string(),
  pairs: z.int(),
  /** Rank correlation from -1 to 1; null: not enough data. */
  rho: z.number().nullable(),
  p: z.number().nullable(),
  /** Whether it is more than chance when all are looked at together. */
  believed: z.boolean(),
  sentence: z.string(),
})
export type Finding = z.infer<typeof Finding>

export const Correlations = z.object({
  freshness: Freshness,
  since: z.iso.date(),
  outcomes: z.array(z.object({ outcome: z.enum(['csat', 'reopened']), title: z.string(), findings: z.array(Finding) })),
})
export type Correlations = z.infer<typeof Correlations>

export const readCorrelations = endpoint('GET', '/v1/correlations', {
  summary: 'What goes together with ratings and with reopened tickets, with p values',
  callers: FIGURE_READERS,
  reply: Correlations,
  tags: ['insight'],
})

/** Something came much more often than usual, or less often: then `now` is below `usual`. */
export const Surprise = z.object({
  id: z.uuid(),
  foundOn: z.iso.date(),
  /** The last day on which it still was one. */
  lastOn: z.iso.date(),
  words: z.string(),
  /** In seven days. */
  now: z.int(),
  usual: z.number(),
  link: z.string(),
})
export type Surprise = z.infer<typeof Surprise>

export const listSurprises = endpoint('GET', '/v1/surprises', {
  summary: 'What came much more, or much less, often than usual, the newest first',
  callers: FIGURE_READERS,
  query: z.object({
    cursor: z.string().max(1_000).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  reply: z.object({ items: z.array(Surprise), next: z.string().nullable() }),
  tags: ['insight'],
})
