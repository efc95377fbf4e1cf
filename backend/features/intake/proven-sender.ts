import { emailKey } from '../settings/index.ts'
import { isAuthentic } from './authentic.ts'
import { type House, isMailbox, isOwnGroup } from './house.ts'
import type { MailText } from './parsing/parsed-mail.ts'
import { personIn, writerOf } from './writer.ts'

/**
 * The look-up key of the customer's address that a mail is proved to come from; null when nothing proves it. The address has to be
 * the one in From, or the one that our own group wrote over there: an answer address is anybody's choice. A list elsewhere passes on
 * what it likes, and what we sent ourselves is no customer's.
 */
export function provenKeyOf(mail: MailText, house: House, labels: readonly string[]): string | null {
  const { from, headers } = mail
  const listIds = headers['list-id']
  if (from === null || labels.includes('SENT') || (listIds !== undefined && !isOwnGroup(house, listIds))) return null
  const { address } = writerOf(mail, house)
  const rewritten = listIds !== undefined && isMailbox(house, from.address) && isNamedOnce(mail, address)
  if (isMailbox(house, address) || (address !== from.address && !rewritten)) return null
  return isAuthentic(mail, house, labels) ? emailKey(address) : null
}

/** The verdict proves a domain, not a person of it, and a mail may bring a line of its own that names someone else there. */
const isNamedOnce = ({ headers }: MailText, address: string): boolean =>
  [...(headers['x-original-from'] ?? []), ...(headers['x-original-sender'] ?? [])].every(
    (header) => emailKey(personIn(header)?.address ?? '') === emailKey(address),
  )
