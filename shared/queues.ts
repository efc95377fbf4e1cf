import { z } from 'zod'
import { RunningAction } from './combined-actions.ts'
import { endpoint } from './endpoint.ts'
import { READERS } from './roles.ts'
import { TicketSummary, TicketView } from './tickets.ts'

/** Counts are exact up to this; beyond it they are `1000+`. */
export const COUNT_LIMIT = 1_000

export const QueueView = z.object({
  view: TicketView,
  counts: z.object({ mine: z.int(), unassigned: z.int(), open: z.int() }),
  items: z.array(TicketSummary),
  next: z.string().nullable(),
  me: z.object({ id: z.uuid(), name: z.string() }),
  workspace: z.string(),
  /** Open actions of the caller, newest first; ten at most. */
  running: z.array(RunningAction),
})
export type QueueView = z.infer<typeof QueueView>

export const getQueue = endpoint('GET', '/v1/queues/:view', {
  summary: 'The homepage card: one view with the counts of the others',
  callers: READERS,
  query: z.object({
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(50).default(10),
  }),
  reply: QueueView,
})
