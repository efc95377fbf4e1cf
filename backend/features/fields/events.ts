import { z } from 'zod'
import { event } from '../../platform/events.ts'

const filled = { fieldId: z.uuid(), changeId: z.uuid(), cleared: z.boolean() }

/** What was filled in is sealed in the change that is named. */
export const ticketFieldSet = event('ticket.field_set', z.object({ ticketId: z.uuid(), ...filled }))
export const customerFieldSet = event('customer.field_set', z.object({ customerId: z.uuid(), ...filled }))
