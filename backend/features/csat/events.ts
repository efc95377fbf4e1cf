import { z } from 'zod'
import { event } from '../../platform/events.ts'

/** What a customer gives: 1 is worst. */
const MOST = 5

/**
 * A customer rated what was done for them. Figures of ratings are made of these events, whoever asks.
 * @property staffId whose work it was, as whoever asked saw it; null where it was nobody's alone
 */
export const ticketRated = event(
  'ticket.rated',
  z.object({ ticketId: z.uuid(), score: z.int().min(1).max(MOST), staffId: z.uuid().nullable() }),
)
