import { z } from 'zod'
import { endpoint, PageQuery, page } from './endpoint.ts'
import { ADMINS, LEADS } from './roles.ts'

/** delete: conversations go altogether. anonymise: words and people go, rows stay and count. */
export const RETENTION_MODES = ['delete', 'anonymise'] as const
export type RetentionMode = (typeof RETENTION_MODES)[number]

export const MOST_MONTHS = 240

export const RetentionSettings = z.object({
  /** Months after the last message of finished work; null keeps everything. */
  months: z.int().min(1).max(MOST_MONTHS).nullable(),
  mode: z.enum(RETENTION_MODES),
})
export type RetentionSettings = z.infer<typeof RetentionSettings>

/** Why a customer is forgotten, as closed codes: words would name people again. */
export const ERASURE_REASONS = {
  customer_asked: 'The customer asked for it',
  authority: 'An authority or a court orders it',
  not_needed: 'It is not needed any more',
} as const
export const ErasureReason = z.enum(Object.keys(ERASURE_REASONS) as [keyof typeof ERASURE_REASONS])
export type ErasureReason = z.infer<typeof ErasureReason>

const Instant = z.iso.datetime()

/** What forgetting would touch right now. Counts stop at 100,000. */
export const RetentionPreview = z.object({
  before: Instant,
  tickets: z.int(),
  /** Of finished tickets as old as that: kept, because they or their customer are held. */
  held: z.int(),
  looseMails: z.int(),
})
export type RetentionPreview = z.infer<typeof RetentionPreview>

export const ForgettingRun = z.object({
  id: z.uuid(),
  kind: z.enum(['retention', 'erasure']),
  mode: z.enum(RETENTION_MODES),
  state: z.enum(['running', 'done', 'stopped']),
  customerId: z.uuid().nullable(),
  reason: ErasureReason.nullable(),
  by: z.object({ kind: z.enum(['staff', 'key', 'system']), id: z.uuid().nullable() }),
  /** What ended before is too old; null for an erasure. */
  before: Instant.nullable(),
  /** By kind of what was forgotten. */
  counts: z.record(z.string(), z.int()),
  failed: z.int(),
  /** The first of them: what it is about, by id, and a closed code of what was in the way. */
  failures: z.array(z.object({ id: z.string(), problem: z.string() })),
  startedAt: Instant,
  endedAt: Instant.nullable(),
})
export type ForgettingRun = z.infer<typeof ForgettingRun>

export const LegalHold = z.object({
  id: z.uuid(),
  about: z.enum(['ticket', 'customer']),
  subjectId: z.uuid(),
  /** What people know it by: the number of the ticket or the name of the customer. */
  name: z.string(),
  reason: z.string(),
  byId: z.uuid(),
  at: Instant,
  liftedAt: Instant.nullable(),
})
export type LegalHold = z.infer<typeof LegalHold>

export const CustomerExport = z.object({
  id: z.uuid(),
  customerId: z.uuid(),
  state: z.enum(['waiting', 'ready', 'failed', 'gone']),
  askedAt: Instant,
  endsAt: Instant.nullable(),
  size: z.int().nullable(),
  /** Good for ten minutes; null unless it is ready. */
  url: z.string().nullable(),
})
export type CustomerExport = z.infer<typeof CustomerExport>

const tags = ['retention']

export const getRetentionSettings = endpoint('GET', '/v1/retention-settings', {
  summary: 'How long finished work is kept',
  callers: [...LEADS, 'settings:read'],
  reply: RetentionSettings,
  tags,
})

export const putRetentionSettings = endpoint('PUT', '/v1/retention-settings', {
  summary: 'Sets how long finished work is kept; the next night forgets what is older',
  callers: ADMINS,
  body: RetentionSettings,
  reply: RetentionSettings,
  tags,
})

export const previewRetention = endpoint('GET', '/v1/retention-preview', {
  summary: 'How many tickets a rule would touch right now; nothing is changed',
  callers: LEADS,
  query: z.object({ months: z.coerce.number().int().min(1).max(MOST_MONTHS) }),
  reply: RetentionPreview,
  tags,
})

export const listForgettingRuns = endpoint('GET', '/v1/forgetting-runs', {
  summary: 'Reports of what was forgotten, the newest first',
  callers: LEADS,
  query: PageQuery,
  reply: page(ForgettingRun),
  tags,
})

export const getForgettingRun = endpoint('GET', '/v1/forgetting-runs/:runId', {
  summary: 'One report of what was forgotten',
  callers: LEADS,
  reply: ForgettingRun,
  tags,
})

export const listLegalHolds = endpoint('GET', '/v1/legal-holds', {
  summary: 'What is kept although its time has come, the newest first; lifted holds stay on the list',
  callers: LEADS,
  query: PageQuery,
  reply: page(LegalHold),
  tags,
})

export const placeLegalHold = endpoint('POST', '/v1/legal-holds', {
  summary: 'Keeps a ticket or all of a customer until the hold is lifted',
  callers: ADMINS,
  body: z.object({
    about: z.enum(['ticket', 'customer']),
    subjectId: z.uuid(),
    reason: z.string().trim().min(3).max(500),
  }),
  reply: LegalHold,
  status: 201,
  tags,
})

export const liftLegalHold = endpoint('DELETE', '/v1/legal-holds/:holdId', {
  summary: 'Lifts a hold; lifting it twice changes nothing',
  callers: ADMINS,
  reply: LegalHold,
  tags,
})

export const eraseCustomer = endpoint('POST', '/v1/customers/:customerId/erasure', {
  summary: 'Forgets one customer: tickets, mails, files, record. It cannot be taken back',
  callers: ADMINS,
  body: z.object({
    reason: ErasureReason,
    /** The customer's address, or the name where there is none, typed by whoever confirms. */
    confirmation: z.string().min(1).max(320),
  }),
  reply: ForgettingRun,
  status: 202,
  tags,
})

export const exportCustomer = endpoint('POST', '/v1/customers/:customerId/exports', {
  summary: 'Has a file made of all that is kept of one customer',
  callers: ADMINS,
  reply: CustomerExport,
  status: 202,
  tags,
})

export const getCustomerExport = endpoint('GET', '/v1/customer-exports/:exportId', {
  summary: 'How far an export is; with a link for ten minutes once it is ready',
  callers: ADMINS,
  reply: CustomerExport,
  tags,
})

export const downloadCustomerExport = endpoint('GET', '/v1/customer-exports/:exportId/file', {
  summary: 'The file of an export, by its signed link',
  callers: ['public'],
  query: z.object({ workspace: z.uuid(), expires: z.coerce.number().int(), signature: z.string().max(100) }),
  reply: z.instanceof(Uint8Array),
  tags,
})
