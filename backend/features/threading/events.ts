import { z } from 'zod'
import { event } from '../../platform/events.ts'

const ofSuggestion = z.object({
  ticketId: z.uuid(),
  suggestionId: z.uuid(),
  kind: z.enum(['join', 'split']),
  /** The other ticket of a join. */
  otherId: z.uuid().nullable(),
})

export const suggestionMade = event(
  'suggestion.made',
  ofSuggestion.extend({ cause: z.enum(['same_subject', 'named_both', 'new_subject']) }),
)
export const suggestionTaken = event('suggestion.taken', ofSuggestion)
export const suggestionDismissed = event('suggestion.dismissed', ofSuggestion)
