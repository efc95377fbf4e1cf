import type { MailWhy } from '../../../shared/mail-why.ts'
import { emailKey } from '../settings/index.ts'
import {
  type Clues,
  findTicketOf,
  type Likeness,
  looksLikeAnswer,
  numberIn,
  peopleOf,
  ticketOfCustomer,
} from '../tickets/index.ts'
import type { Desk } from './desk.ts'
import { isInside, isMailbox } from './house.ts'
import { allKeys, type MailKeys } from './keys.ts'
import type { MailText, Person } from './parsing/parsed-mail.ts'
import { ticketByThread } from './placing-by-thread.ts'
import { tokenOf } from './tokens.ts'

/** Where a mail belongs and what told so; `also`: further tickets that the same mail is proved to belong to. */
export type Place = { ticketId: string | null; via: MailWhy | null; also: string[] }

const NOWHERE: Place = { ticketId: null, via: null, also: [] }

type ToPlace = { mail: MailText; keys: MailKeys; gmailId: string; from: Person; provenKey: string | null }

/**
 * In the order of facts/mail.md section 4. A mail that others name before it came is found by its own id. What only looks alike, by
 * its subject or its sender, is no sign: that is suggested afterwards.
 */
export async function placeOf(desk: Desk, given: ToPlace): Promise<Place> {
  return (await byIds(desk, given)) ?? (await bySubjectNumber(desk, given)) ?? (await byGmail(desk, given)) ?? NOWHERE
}

async function byIds(desk: Desk, { mail, keys, from }: ToPlace): Promise<Place | null> {
  const { tx, named } = desk
  if (!tokenOf(desk, mail) && !allKeys(keys).some((key) => named.has(key))) return null
  return findTicketOf(tx, cluesOf(desk, { mail, keys, from }))
}

/** What the ticket of a mail is found by, but for its subject and Gmail's conversation. */
export const cluesOf = (desk: Desk, { mail, keys, from }: Pick<ToPlace, 'mail' | 'keys' | 'from'>): Clues => ({
  ...likenessOf(desk, mail, from),
  number: tokenOf(desk, mail)?.number ?? null,
  inReplyTo: keys.inReplyTo,
  references: keys.references,
  threadKey: keys.thread,
  own: keys.own,
})

function likenessOf({ box, house }: Desk, { subject, to, cc }: MailText, from: Person): Likeness {
  const isOurs = (address: string) => isMailbox(house, address)
  const [toAll, ccAll] = [to.map(({ address }) => address), cc.map(({ address }) => address)]
  const people = peopleOf({ from, to: toAll, cc: ccAll }, isOurs)
  return {
    box,
    senderKey: emailKey(from.address),
    subject,
    people,
    isOurs,
    isInside: (address) => isInside(house, address),
  }
}

/** A number in a subject is anybody's to write, so it counts only from the ticket's own customer, proved. */
async function bySubjectNumber({ tx }: Desk, { mail, provenKey }: ToPlace): Promise<Place | null> {
  const number = numberIn(mail.subject)
  const ticketId = number === null || provenKey === null ? null : await ticketOfCustomer(tx, number, provenKey)
  return ticketId === null ? null : { ticketId, via: 'subject_number', also: [] }
}

/**
 * Gmail puts mails of one subject together within a week, so its conversation counts only for what says itself that it answers, and
 * between the same people.
 */
async function byGmail(desk: Desk, { mail, keys, gmailId, from }: ToPlace): Promise<Place | null> {
  if (!answers(mail, keys)) return null
  const ticketId = await ticketByThread(desk, gmailId, likenessOf(desk, mail, from))
  return ticketId === null ? null : { ticketId, via: 'gmail_thread', also: [] }
}

const answers = ({ subject }: MailText, { inReplyTo, references }: MailKeys): boolean =>
  inReplyTo.length > 0 || references.length > 0 || looksLikeAnswer(subject)

/** Whether it takes a question to the database to place a mail that names nothing which is known. */
export const asksToBePlaced = (mail: MailText, keys: MailKeys): boolean =>
  answers(mail, keys) || numberIn(mail.subject) !== null
