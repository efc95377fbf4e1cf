import { z } from 'zod'
import { event } from '../../platform/events.ts'

export const customerMet = event('customer.met', z.object({ customerId: z.uuid() }))
