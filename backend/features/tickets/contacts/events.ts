import { z } from 'zod'
import { ContactChannel } from '../../../../shared/contacts.ts'
import { event } from '../../../platform/events.ts'

const ofTicket = z.object({ ticketId: z.uuid() })

/** Somebody of the team talked with the customer outside mail; the words are a note. */
export const contactLogged = event(
  'contact.logged',
  ofTicket.extend({ messageId: z.uuid(), channel: ContactChannel, seconds: z.int() }),
)
/** A person corrected how long they worked on a ticket. */
export const handleTimeSet = event('handle_time.set', ofTicket.extend({ seconds: z.int(), before: z.int() }))
/** A customer without address has one now; `customerId` is whose the ticket is. */
export const customerAddressAdded = event('customer.address_added', ofTicket.extend({ customerId: z.uuid() }))
