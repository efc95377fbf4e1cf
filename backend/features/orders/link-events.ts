import { z } from 'zod'
import { event } from '../../platform/events.ts'

const ofOrder = z.object({ ticketId: z.uuid(), orderId: z.uuid() })

/** A person put an order beside a ticket. */
export const orderLinked = event('order.linked', ofOrder)
/** The writer knew the order's number and its postcode or phone: its details are open to this ticket from here on. */
export const orderLinkConfirmed = event('order.link_confirmed', ofOrder)
export const orderUnlinked = event('order.unlinked', ofOrder)
/** A proof was given that does not belong to the order; nothing was opened. */
export const orderProofFailed = event('order.proof_failed', ofOrder)
