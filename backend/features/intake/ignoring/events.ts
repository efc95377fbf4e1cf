import { z } from 'zod'
import { event } from '../../../platform/events.ts'

const ofTicket = z.object({ ticketId: z.uuid() })

/** Mail of the ticket's sender makes no ticket any more. */
export const senderIgnored = event('sender.ignored', ofTicket)
export const senderHeardAgain = event('sender.heard_again', ofTicket)
