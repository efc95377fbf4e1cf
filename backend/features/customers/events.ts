import { z } from 'zod'
import { event } from '../../platform/events.ts'

export const customerMet = event('customer.met', z.object({ customerId: z.uuid() }))
export const customerRenamed = event('customer.renamed', z.object({ customerId: z.uuid() }))
/** Somebody without an address turned out to be a customer that we know; what is kept about them goes along. */
export const customerJoined = event('customer.joined', z.object({ customerId: z.uuid(), intoId: z.uuid() }))
