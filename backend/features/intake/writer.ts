import { type House, isForm, isMailbox, isOwnGroup } from './house.ts'
import type { MailText, Person } from './parsing/parsed-mail.ts'

export const UNKNOWN_SENDER: Person = { name: 'Unknown sender', address: 'unknown-sender@invalid' }

/**
 * Who wrote a mail. Our own group puts its address into From when the writer's domain forbids relaying (DMARC), and keeps the real
 * one in X-Original-From; that is believed of our own group only, since anybody can write the header (facts/mail.md section 3.4).
 * A sender that is listed as a contact form speaks for whoever is in Reply-To.
 * A mail from one of our addresses to our addresses is our own contact form when it is to be answered to someone else. A mail
 * without From is of whoever else its headers name; our own address there is where our group wants bounces, and nobody's name.
 */
export function writerOf(mail: MailText, house: House): Person {
  const { from, headers } = mail
  if (from && isMailbox(house, from.address) && isOwnGroup(house, headers['list-id'])) {
    const original = personIn(headers['x-original-from']?.[0]) ?? personIn(headers['x-original-sender']?.[0])
    if (original) return { name: original.name || withoutVia(from.name), address: original.address }
  }
  const [answerTo] = mail.replyTo
  if (
    from &&
    answerTo &&
    isMailbox(house, from.address) &&
    !isMailbox(house, answerTo.address) &&
    staysInside(mail, house)
  )
    return answerTo
  if (from && answerTo && isForm(house, from.address) && !isMailbox(house, answerTo.address)) return answerTo
  const others = [...mail.sender, ...mail.replyTo, personIn(headers['return-path']?.[0])]
  return from ?? others.find((other) => other !== null && !isMailbox(house, other.address)) ?? UNKNOWN_SENDER
}

/** Addresses that tell which of our people sent a mail as a shared address, most telling first. */
export const senderAddresses = ({ sender, headers, from }: MailText): string[] => [
  ...sender.map(({ address }) => address),
  ...[headers['x-google-original-from']?.[0], headers['return-path']?.[0]].flatMap(
    (header) => personIn(header)?.address ?? [],
  ),
  ...(from ? [from.address] : []),
]

/** Everyone a mail is for, as far as its headers say. */
export const recipientsOf = ({ to, cc }: MailText): string[] => [...to, ...cc].map(({ address }) => address)

/** Where a token that we signed may stand: mail for us, and the answer address of a draft that we started. */
export const tokenPlaces = (mail: MailText): string[] => [
  ...recipientsOf(mail),
  ...mail.replyTo.map(({ address }) => address),
  ...copyPlaces(mail),
]

/** Where the token of a draft's Bcc may stand, which names its agent. Customers never see it; every other token is theirs, too. */
export const copyPlaces = ({ headers }: MailText): string[] =>
  (['delivered-to', 'x-original-to', 'x-gm-original-to', 'bcc'] as const).flatMap((name) => headers[name] ?? [])

const staysInside = (mail: MailText, house: House) => recipientsOf(mail).every((address) => isMailbox(house, address))

const withoutVia = (name: string) => name.replace(/\s+via\s+[^@]*$/i, '').replace(/^'(.*)'$/, '$1')

/** Characters at the end of a header that names one person: a longer one has a name that nobody needs whole. */
const LOOKED_AT = 1_000

/** One address as a raw header writes it: `Ada <ada@example.com>` or `ada@example.com`. */
export function personIn(header: string | undefined): Person | null {
  const text = (header ?? '').trim().slice(-LOOKED_AT)
  const open = text.lastIndexOf('<')
  const bracketed = open >= 0 && text.endsWith('>')
  const address = bracketed ? text.slice(open + 1, -1) : text
  if (!/^[^<>\s,;@]+@[^<>\s,;@]+$/.test(address) || address.length > 320) return null
  return { name: bracketed ? text.slice(0, open).replaceAll('"', '').trim() : '', address }
}
