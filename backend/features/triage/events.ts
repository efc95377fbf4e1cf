import { z } from 'zod'
import { event } from '../../platform/events.ts'

/** Somebody said in which language the customer writes; null when nobody knows. */
export const ticketLanguageSet = event(
  'ticket.language_set',
  z.object({ ticketId: z.uuid(), language: z.string().length(2).nullable(), before: z.string().length(2).nullable() }),
)
