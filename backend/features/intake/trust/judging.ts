import { domainOf } from '../../settings/index.ts'
import type { MailTrust } from '../../tickets/index.ts'
import type { House } from '../house.ts'
import type { MailText, Person } from '../parsing/parsed-mail.ts'
import { type Imitated, tricksOf } from './signs.ts'
import { verdictOf } from './verdict.ts'

type Judged = {
  kind: 'customer' | 'staff' | 'unverified'
  from: Person
  /** Look-up key of the customer's address, when the mail is proved to come from there. */
  provenKey: string | null
}

/**
 * How far the sender of a mail can be believed. Only the topmost Authentication-Results counts, and only Google's: what a mail brought
 * along further down is its own word (docs/decisions/036-trust.md).
 */
export function trustOf(
  mail: MailText,
  { kind, from, provenKey }: Judged,
  house: House,
  imitated: Imitated,
): MailTrust {
  const codes = verdictOf(mail.headers['authentication-results']?.[0] ?? '', domainOf(from.address))
  if (kind === 'staff') return { level: 'own', ...codes, signs: [], looksLike: null, replyTo: null }
  if (kind === 'unverified')
    return { level: 'forged', ...codes, signs: ['forged_team'], looksLike: null, replyTo: null }
  return { level: provenKey === null ? 'unproven' : 'proven', ...codes, ...tricksOf(mail, from, house, imitated) }
}
