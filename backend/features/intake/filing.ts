import { claimantAt } from '../claims/index.ts'
import { emailKey, findStaffByAddress } from '../settings/index.ts'
import {
  type Filed,
  fileCustomerMail,
  fileStaffMail,
  fileUnverifiedMail,
  findTicketOf,
  type MailToFile,
  readTicketToken,
  type Writer,
} from '../tickets/index.ts'
import { isAuthentic } from './authentic.ts'
import { authorOf, replyEntryOf } from './authors.ts'
import { type Decision, decide } from './deciding.ts'
import type { Desk, Ending } from './desk.ts'
import { isInside } from './house.ts'
import { ignoredBy } from './ignoring/matching.ts'
import { rememberIgnored } from './ignoring/remembering.ts'
import { allKeys, keysOf, type MailKeys } from './keys.ts'
import type { MailText, Person } from './parsing/parsed-mail.ts'
import type { PreparedMail } from './preparing.ts'
import { provenKeyOf } from './proven-sender.ts'
import { copyPlaces, tokenPlaces, UNKNOWN_SENDER, writerOf } from './writer.ts'

type TicketToken = NonNullable<ReturnType<typeof readTicketToken>>

type Parsed = Extract<PreparedMail, { kind: 'parsed' }>

/** Files one mail that was read: decides what it is, finds its ticket, and hands it to tickets. */
export async function fileMail(desk: Desk, prepared: Parsed): Promise<Ending> {
  const { mail, waiting } = prepared
  const isStaff = await staffAmong(desk, writerOf(mail, desk.house))
  const decision = decide(mail, desk.house, isStaff, isAuthentic(mail, desk.house, waiting.labels))
  if (decision.kind === 'ignored') return ignored(decision.reason)
  const keys = keysOf(mail, prepared.rawHash)
  const toFile = asMailToFile(desk, prepared, keys, decision)
  if (decision.kind === 'unverified') {
    desk.named.add(keys.own)
    return fileUnverified(desk, toFile)
  }
  const found = await ticketOf(desk, mail, keys, decision.from)
  if (decision.kind === 'customer' && (await isIgnored(desk, prepared, toFile, found))) return ignored(IGNORED_SENDER)
  const filed =
    decision.kind === 'customer'
      ? await fileCustomerMail(desk.tx, desk.box, toFile, found.ticketId, { begin: desk.ctx.begin })
      : await fileOwn(desk, mail, toFile, decision, found)
  if (typeof filed === 'string') return ignored(filed)
  for (const key of allKeys(keys)) desk.named.add(key)
  return { outcome: filed.outcome, reason: found.via, messageId: filed.messageId }
}

const IGNORED_SENDER = 'ignored_sender'

/** Mail of a sender whom the team wants to hear no more is counted and kept for a while, and is no ticket. */
async function isIgnored(desk: Desk, { waiting }: Parsed, mail: MailToFile, found: Place): Promise<boolean> {
  if (desk.ignored.size === 0 || waiting.wanted) return false
  const { from, provenKey, subject, excerpt, sentAt: at } = mail
  const writer = { address: from.address, provenKey, answers: found.ticketId }
  const key = await ignoredBy(desk.tx, desk.ignored, writer)
  if (key === null) return false
  const { mailboxId } = desk
  const kept = { mailboxId, gmailId: waiting.gmailId, key, at, sender: from.address, subject, excerpt }
  await rememberIgnored(desk.tx, desk.box, kept)
  return true
}

/** What claims to be ours and is not proved is for a person to look at: a ticket of its own, which touches no other. */
async function fileUnverified(desk: Desk, mail: MailToFile): Promise<Ending> {
  const { outcome, messageId } = await fileUnverifiedMail(desk.tx, desk.box, mail, UNKNOWN_SENDER)
  return { outcome, reason: 'unverified_sender', messageId }
}

const ignored = (reason: string): Ending => ({ outcome: 'ignored', reason, messageId: null })

type Place = { ticketId: string | null; via: string | null }

/** @returns the reason when nothing is filed */
async function fileOwn(
  desk: Desk,
  mail: MailText,
  toFile: MailToFile,
  decision: Decision & { kind: 'staff' },
  found: Place,
): Promise<Filed | string> {
  const entry = await replyEntryOf(desk, mail)
  const ticketId = entry?.ticketId ?? found.ticketId
  if (ticketId === null && !decision.opens) return 'not_for_the_desk'
  const writer = entry ? { staffId: entry.staffId } : await writerOfOwn(desk, mail, { ticketId, at: toFile.sentAt })
  return fileStaffMail(desk.tx, desk.box, toFile, ticketId, writer)
}

/** Whose words an answer is: as the mail says, else of whoever was on the ticket when it left; null when nobody was. */
async function writerOfOwn(
  desk: Desk,
  mail: MailText,
  { ticketId, at }: { ticketId: string | null; at: Date },
): Promise<Writer> {
  const named = await authorOf(desk, mail, agentTokenOf(desk, mail))
  if (named !== null || ticketId === null) return { staffId: named }
  const staffId = await claimantAt(desk.tx, ticketId, at)
  return staffId === null ? { staffId } : { staffId, byClaim: true }
}

/** Looks a sender up among the staff; everybody else needs no question. */
async function staffAmong({ tx, house }: Desk, { address }: Person): Promise<(asked: string) => boolean> {
  const known = isInside(house, address) && (await findStaffByAddress(tx, address)) !== null
  return (asked) => known && asked === address
}

/** In the order of facts/mail.md section 4. A mail that others name before it came is found by its own id. */
async function ticketOf(desk: Desk, mail: MailText, keys: MailKeys, from: Person): Promise<Place> {
  const { tx, named } = desk
  const token = tokenOf(desk, mail)
  if (!token && !allKeys(keys).some((key) => named.has(key))) return { ticketId: null, via: null }
  const found = await findTicketOf(tx, {
    number: token?.number ?? null,
    inReplyTo: keys.inReplyTo,
    references: keys.references,
    own: keys.own,
    subject: mail.subject,
    senderKey: emailKey(from.address),
  })
  return { ticketId: found?.ticketId ?? null, via: found?.via ?? null }
}

const tokenOf = (desk: Desk, mail: MailText): TicketToken | undefined => tokensAt(desk, tokenPlaces(mail))[0]

/** Whether a mail is for a ticket by an address that we signed. */
export const namesTicket = (desk: Desk, mail: MailText): boolean => tokenOf(desk, mail) !== undefined

const tokensAt = ({ ctx, tx }: Desk, places: readonly string[]): TicketToken[] =>
  places.flatMap((address) => readTicketToken(ctx.signer, tx.workspaceId, address) ?? [])

/** The token that names who sent a draft; the answer address names nobody and comes first in the mail. */
const agentTokenOf = (desk: Desk, mail: MailText): TicketToken | null =>
  tokensAt(desk, copyPlaces(mail)).find(({ staffRef }) => staffRef !== null) ?? null

export function asMailToFile(
  { mailboxId, house }: Desk,
  { mail, attachments, waiting }: Parsed,
  keys: MailKeys,
  { kind, from, automatic }: Exclude<Decision, { kind: 'ignored' }>,
): MailToFile {
  const [to = [], cc = []] = [mail.to, mail.cc].map((list) => list.map(({ address }) => address))
  return {
    mailboxId,
    mailKey: keys.own,
    references: [...keys.inReplyTo, ...keys.references],
    messageId: mail.messageId ?? '',
    subject: mail.subject,
    from,
    provenKey: kind === 'customer' ? provenKeyOf(mail, house, waiting.labels) : null,
    to,
    cc,
    text: mail.text,
    excerpt: mail.excerpt,
    sentAt: waiting.acceptedAt,
    automatic: automatic !== null,
    historical: waiting.historical,
    raw: { id: waiting.rawId, at: waiting.rawAt },
    attachments,
  }
}
