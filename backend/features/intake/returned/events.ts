import { z } from 'zod'
import { event } from '../../../platform/events.ts'

/** Somebody says that mail to a customer arrives again. */
export const addressCleared = event('customer.reachable', z.object({ ticketId: z.uuid(), customerId: z.uuid() }))
