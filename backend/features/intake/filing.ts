import { claimantAt } from '../claims/index.ts'
import { findStaffByAddress } from '../settings/index.ts'
import { bringTogether } from '../threading/index.ts'
import {
  excerptOf,
  type Filed,
  fileCustomerMail,
  fileStaffMail,
  fileUnverifiedMail,
  type MailToFile,
  type Writer,
} from '../tickets/index.ts'
import { isAuthentic } from './authentic.ts'
import { authorOf, ownerOfInbox, replyEntryOf } from './authors.ts'
import { type Decision, decide } from './deciding.ts'
import type { Desk, Ending } from './desk.ts'
import { isInside, isMailbox } from './house.ts'
import { allKeys, keysOf, type MailKeys } from './keys.ts'
import { asRuled } from './mail-rules/applying.ts'
import { type PassedOn, passedOnIn } from './parsing/forwarded.ts'
import type { MailText, Person } from './parsing/parsed-mail.ts'
import { type Place, placeOf } from './placing.ts'
import type { PreparedMail } from './preparing.ts'
import { provenKeyOf } from './proven-sender.ts'
import { fileReport } from './returned/filing-reports.ts'
import { stop, stopOf } from './stopping.ts'
import { trustOf } from './trust/judging.ts'
import { UNKNOWN_SENDER, writerOf } from './writer.ts'

type Parsed = Extract<PreparedMail, { kind: 'parsed' }>

/** Files one mail that was read: decides what it is, finds its ticket, and hands it to tickets. */
export async function fileMail(desk: Desk, prepared: Parsed): Promise<Ending> {
  const { mail, waiting } = prepared
  const isStaff = await staffAmong(desk, writerOf(mail, desk.house))
  const decision = decide(mail, desk.house, isStaff, isAuthentic(mail, desk.house, waiting.labels))
  if (decision.kind === 'ignored') return ignored(decision.reason)
  const keys = keysOf(mail, prepared.rawHash)
  let toFile = asMailToFile(desk, prepared, keys, decision)
  if (decision.kind === 'unverified') {
    desk.named.add(keys.own)
    return fileUnverified(desk, toFile)
  }
  const report = await fileReport(desk, prepared, toFile)
  if (report) return report
  const { from } = decision
  const found = await placeOf(desk, { mail, keys, gmailId: waiting.gmailId, from, provenKey: toFile.provenKey })
  const passed =
    decision.kind === 'customer' && found.ticketId === null && isStaff(from.address) ? original(desk, mail) : null
  if (passed) toFile = asPassedOn(desk, prepared, toFile, passed)
  const held = decision.kind === 'customer' ? await stopOf(desk, prepared, toFile, found.ticketId) : null
  if (held && held.verdict?.outcome !== 'quiet') return ignored(await stop(desk, prepared, toFile, held))
  const filed =
    decision.kind === 'customer'
      ? await fileCustomerMail(
          desk.tx,
          desk.box,
          because(asRuled(toFile, held?.verdict ?? null), found),
          found.ticketId,
          {
            begin: desk.ctx.begin,
            oldMs: desk.oldMs,
          },
        )
      : await fileOwn(desk, mail, because(toFile, found), decision, { ...found, labels: waiting.labels })
  if (typeof filed === 'string') return ignored(filed)
  for (const key of allKeys(keys)) desk.named.add(key)
  if (filed.outcome === 'duplicate') return { outcome: 'duplicate', reason: 'same_mail', messageId: filed.messageId }
  if (!toFile.automatic) await bringTogether(desk.tx, filed.ticketId, found.also)
  return { outcome: filed.outcome, reason: found.via, messageId: filed.messageId }
}

/** A mail with what told its ticket. */
export const because = (mail: MailToFile, { via }: Pick<Place, 'via'>): MailToFile =>
  via === null ? mail : { ...mail, why: via }

/** Of a mail that one of us passed on to the desk: who wrote it and what, when that is somebody outside. */
function original({ house }: Desk, mail: MailText): PassedOn | null {
  const passed = passedOnIn(mail)
  if (passed === null) return null
  const { address } = passed.from
  return isInside(house, address) || isMailbox(house, address) ? null : passed
}

/** The ticket is of whoever wrote the mail first. Nothing proves that address: a colleague's word brings it here. */
function asPassedOn(
  { house, imitated }: Desk,
  { mail }: Parsed,
  toFile: MailToFile,
  { from, subject, text }: PassedOn,
): MailToFile {
  const { name, address } = toFile.from
  return {
    ...toFile,
    from,
    provenKey: null,
    trust: trustOf(mail, { kind: 'customer', from, provenKey: null }, house, imitated),
    subject,
    ...(text !== toFile.text && { text, excerpt: excerptOf(text), reply: null }),
    notes: [...(toFile.notes ?? []), `Forwarded by ${name ? `${name} <${address}>` : address}.`],
    why: 'forwarded',
  }
}

/** What claims to be ours and is not proved is for a person to look at: a ticket of its own, which touches no other. */
async function fileUnverified(desk: Desk, mail: MailToFile): Promise<Ending> {
  const { outcome, messageId } = await fileUnverifiedMail(desk.tx, desk.box, mail, UNKNOWN_SENDER)
  return { outcome, reason: 'unverified_sender', messageId }
}

const ignored = (reason: string): Ending => ({ outcome: 'ignored', reason, messageId: null })

/** @returns the reason when nothing is filed */
async function fileOwn(
  desk: Desk,
  mail: MailText,
  toFile: MailToFile,
  decision: Decision & { kind: 'staff' },
  { labels, ...found }: Place & { labels: readonly string[] },
): Promise<Filed | string> {
  const entry = await replyEntryOf(desk, mail)
  const ticketId = entry?.ticketId ?? found.ticketId
  if (ticketId === null && !decision.opens) return 'not_for_the_desk'
  const writer = entry
    ? { staffId: entry.staffId }
    : await writerOfOwn(desk, mail, { ticketId, at: toFile.sentAt, labels })
  return fileStaffMail(desk.tx, desk.box, toFile, ticketId, writer)
}

/** Whose words an answer is: as the mail says, else of whoever was on the ticket when it left; null when nobody was. */
async function writerOfOwn(
  desk: Desk,
  mail: MailText,
  { ticketId, at, labels }: { ticketId: string | null; at: Date; labels: readonly string[] },
): Promise<Writer> {
  const named = (await authorOf(desk, mail)) ?? (labels.includes('SENT') ? await ownerOfInbox(desk) : null)
  if (named !== null || ticketId === null) return { staffId: named }
  const staffId = await claimantAt(desk.tx, ticketId, at)
  return staffId === null ? { staffId } : { staffId, byClaim: true }
}

/** Looks a sender up among the staff; everybody else needs no question. */
async function staffAmong({ tx, house }: Desk, { address }: Person): Promise<(asked: string) => boolean> {
  const known = isInside(house, address) && (await findStaffByAddress(tx, address)) !== null
  return (asked) => known && asked === address
}

export function asMailToFile(
  { mailboxId, house, imitated, historyCounted }: Desk,
  { mail, attachments, waiting }: Parsed,
  keys: MailKeys,
  { kind, from, automatic }: Exclude<Decision, { kind: 'ignored' }>,
): MailToFile {
  const provenKey = kind === 'customer' ? provenKeyOf(mail, house, waiting.labels) : null
  const [to = [], cc = []] = [mail.to, mail.cc].map((list) => list.map(({ address }) => address))
  return {
    mailboxId,
    mailKey: keys.own,
    references: [...keys.inReplyTo, ...keys.references],
    direct: keys.inReplyTo.length,
    threadKey: keys.thread,
    messageId: mail.messageId ?? '',
    subject: mail.subject,
    from,
    provenKey,
    trust: trustOf(mail, { kind, from, provenKey }, house, imitated),
    to,
    cc,
    text: mail.text,
    excerpt: mail.excerpt,
    reply: mail.reply,
    notes: mail.notes,
    sentAt: waiting.acceptedAt,
    automatic: automatic !== null,
    historical: waiting.historical,
    ...(waiting.historical && historyCounted && { counted: true as const }),
    raw: { id: waiting.rawId, at: waiting.rawAt },
    attachments,
  }
}
