import { z } from 'zod'
import { event } from '../../../platform/events.ts'

const OfMailbox = z.object({ mailboxId: z.uuid(), backfillId: z.uuid() })

/** Reading earlier mail was begun, paused, taken up again or given up by a person. */
export const backfillChanged = event(
  'mailbox.backfill_changed',
  OfMailbox.extend({ what: z.enum(['started', 'paused', 'resumed', 'stopped']) }),
)

/** All of the earlier mail that was asked for is here. */
export const backfillEnded = event('mailbox.backfilled', OfMailbox.extend({ listed: z.int(), taken: z.int() }))
