import type { TicketCardView } from '../../../../shared/tickets.ts'
import type { Values } from './filling.ts'

/** What a saved reply is filled with for a ticket. Of orders only what the writer may know: decision 009. */
export function valuesOf({ customer, number, subject, shop, me }: TicketCardView): Values {
  const named = customer.name === customer.email ? '' : customer.name
  const order = shop.orders.find(({ details }) => details !== null)
  const tracking = order?.details?.parcels.flatMap((parcel) => parcel.tracking).at(0)
  return {
    customer: customer.name,
    first_name: named.split(/\s+/)[0] || customer.name,
    agent: me.name,
    ticket: number,
    subject,
    ...(order && { order: order.number }),
    ...(tracking && { tracking: tracking.number }),
  }
}

/**
 * Two letters of the language in which the customer writes: as a tag says, else as the ticket knows; the workspace's first one
 * otherwise.
 */
export const languageOf = (
  { tags, language }: { tags: readonly string[]; language: string | null },
  languages: readonly string[],
): string => tags.find((tag) => /^lang:[a-z]{2}$/.test(tag))?.slice(5) ?? language ?? languages[0] ?? 'en'
