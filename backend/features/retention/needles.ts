import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { FORGOTTEN } from './forgotten-words.ts'

/** What somebody is named by in words that others wrote: addresses, numbers, and a name that is surely theirs. */
export type Needles = { texts: readonly string[]; pattern: RegExp }

/** A single word may be anybody's name. */
const isOwnName = (name: string): boolean => name.trim().includes(' ') && name.trim().length >= 6 && name !== FORGOTTEN

/** @returns null when there is nothing to look for */
export async function needlesOf(tx: Tx, box: Box, customerId: string): Promise<Needles | null> {
  const { workspaceId } = tx
  const customer = await tx.customer.findUnique({ where: { workspaceId_id: { workspaceId, id: customerId } } })
  const addresses = await tx.customerAddress.findMany({ where: { workspaceId, customerId }, select: { email: true } })
  const phones = await tx.customerPhone.findMany({ where: { workspaceId, customerId } })
  const numbers = phones.map(({ phoneKey, phone }) =>
    box.openText('customer_phone.phone', `${customerId}/${phoneKey}`, phone),
  )
  const names = customer && isOwnName(customer.name) ? [customer.name.trim()] : []
  const mail = customer?.email ? [customer.email] : []
  return needlesFrom([...names, ...mail, ...addresses.map(({ email }) => email), ...numbers])
}

export function needlesFrom(given: readonly string[]): Needles | null {
  const texts = [...new Set(given.filter((text) => text.length >= 5))].sort((one, other) => other.length - one.length)
  if (texts.length === 0) return null
  return { texts, pattern: new RegExp(texts.map(asPattern).join('|'), 'giu') }
}

/** Any white space stands for a blank: mails are folded. */
const asPattern = (text: string): string =>
  text
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('\\s+')

export const names = ({ pattern }: Needles, text: string): boolean => new RegExp(pattern.source, 'iu').test(text)

export const without = ({ pattern }: Needles, text: string): string => text.replace(pattern, FORGOTTEN)
