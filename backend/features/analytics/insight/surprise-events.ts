import { z } from 'zod'
import { event } from '../../../platform/events.ts'

/** Something came much more, or much less, often than usual, for the first day. */
export const surpriseFound = event(
  'surprise.found',
  z.object({ surpriseId: z.uuid(), metric: z.string(), dimension: z.enum(['none', 'category', 'reason', 'product']) }),
)
