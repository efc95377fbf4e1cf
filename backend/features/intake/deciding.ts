import { type AutomaticSign, automaticSign } from './automatic.ts'
import { type House, isInside, isMailbox } from './house.ts'
import type { MailText, Person } from './parsing/parsed-mail.ts'
import { recipientsOf, writerOf } from './writer.ts'

export type Decision =
  | { kind: 'customer'; from: Person; automatic: AutomaticSign | null }
  /** Ours: sent as a shared address, or by someone of us to someone outside. `opens`: it may open a ticket. */
  | { kind: 'staff'; from: Person; automatic: AutomaticSign | null; opens: boolean }
  /** Claims to be ours, and nothing proves it. */
  | { kind: 'unverified'; from: Person; automatic: AutomaticSign | null }
  | { kind: 'ignored'; from: Person; automatic: AutomaticSign; reason: string }

/**
 * What a mail is to the desk, by who wrote it to whom.
 * @param isStaff whether an address is one of our people's
 * @param authentic whether the writer's domain is proved; without it nothing counts as ours
 */
export function decide(
  mail: MailText,
  house: House,
  isStaff: (address: string) => boolean,
  authentic: boolean,
): Decision {
  const from = writerOf(mail, house)
  const automatic = automaticSign(mail, house)
  const saysItIsOurs = isMailbox(house, from.address) || isStaff(from.address)
  if (saysItIsOurs && !authentic) return { kind: 'unverified', from, automatic }
  const recipients = recipientsOf(mail)
  const goesOut = recipients.some((address) => !isMailbox(house, address) && !isInside(house, address))
  if (isMailbox(house, from.address)) {
    if (automatic) return { kind: 'ignored', from, automatic, reason: 'own_automatic_mail' }
    const toOurselves = recipients.length > 0 && recipients.every((address) => isMailbox(house, address))
    return toOurselves ? { kind: 'customer', from, automatic } : { kind: 'staff', from, automatic, opens: goesOut }
  }
  if (isStaff(from.address) && !goesOut && automatic === 'auto_submitted')
    return { kind: 'ignored', from, automatic, reason: 'own_automatic_mail' } // a vacation answer to a notice of ours
  if (!isStaff(from.address) || !goesOut) return { kind: 'customer', from, automatic } // our people may be customers of each other
  return { kind: 'staff', from, automatic, opens: recipients.some((address) => isMailbox(house, address)) }
}
