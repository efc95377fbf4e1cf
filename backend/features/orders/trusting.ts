import type { OrderRow } from './viewing.ts'

type Facts = Pick<OrderRow, 'own' | 'confirmedAt'>

/** Whether an order's details open beside this ticket: the buyer wrote, or the link was confirmed (decision 009). */
export const isOpen = ({ own, confirmedAt }: Facts): boolean => own || confirmedAt !== null

const ASK = 'Ask for the order number and the postcode or phone, and confirm it here.'

/**
 * Why an order's details are closed, and what opens them; null when they are open.
 * @param proven whether any mail of the ticket's customer is proved to come from its address
 */
export function whyLocked(order: Facts, proven: boolean): string | null {
  if (isOpen(order)) return null
  return proven
    ? `The customer of this ticket is not known to be the buyer. ${ASK}`
    : `This mail is not proved to come from the buyer's address. ${ASK}`
}

/** Enough to ask back with, never enough to give away: `A… L…, a…@home.example`. */
export function hintOf(buyer: { name: string; email: string | null }): string {
  const name = buyer.name
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(initial)
    .join(' ')
  const parts = [name, buyer.email === null ? '' : maskedAddress(buyer.email)].filter((part) => part !== '')
  return parts.length > 0 ? parts.join(', ') : 'No name and no address on this order'
}

const initial = (word: string) => `${[...word][0] ?? ''}…`

function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return at < 0 ? initial(address) : `${initial(address.slice(0, at))}${address.slice(at)}`
}
