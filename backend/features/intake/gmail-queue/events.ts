import { z } from 'zod'
import { event } from '../../../platform/events.ts'

/**
 * Somebody moved a label of ours in their own inbox.
 * @property outcome `late`: the ticket went to somebody else meanwhile; `refused`: they may not have it, or it is no open work
 */
export const labelMoved = event(
  'gmail_label.moved',
  z.object({
    ticketId: z.uuid(),
    mailboxId: z.uuid(),
    meaning: z.enum(['take', 'give_back']),
    outcome: z.enum(['done', 'late', 'refused']),
  }),
)

/** What was said of a mailbox's labels is another thing now. */
export const gmailQueueSwitched = event(
  'gmail_queue.switched',
  z.object({ mailboxId: z.uuid(), labels: z.boolean(), archive: z.boolean() }),
)
