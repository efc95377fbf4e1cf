import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { DeskError } from '../../platform/errors.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { emailKey } from '../settings/index.ts'
import { type Envelope, goingOnOf } from '../tickets/index.ts'
import { languageOf } from './saved/values.ts'

/** What an answer needs to land in the customer's conversation. */
export type Thread = {
  number: number
  mailboxId: string
  supportAddress: string
  archiveAddress: string
  customer: { name: string; address: string }
  subject: string
  /** Message-IDs as written, oldest first; the last one is answered. */
  messageIds: string[]
  /** Two letters: a tag of the ticket says it, else the workspace's first language. */
  language: string
  /** The conversation in the archive account, for Gmail's own threading. */
  gmailThreadId: string | null
}

const REFERENCES = 20

/** Reads the newest subject and ids of a ticket: an answer goes under the latest subject (facts/mail.md section 4). */
export async function threadOf(ctx: Ctx, tx: Tx, ticketId: string): Promise<Thread> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: ticketId } }
  const ticket = await tx.ticket.findUnique({
    where,
    select: { number: true, subject: true, customerId: true, mergedIntoId: true, tags: true, language: true },
  })
  if (!ticket) throw new DeskError('not_found', 'There is no such ticket in your workspace.')
  if (ticket.mergedIntoId !== null) return threadOf(ctx, tx, await goingOnOf(tx, ticketId)) // its mails are there
  const mailbox = await mailboxOf(tx, ticketId)
  const customer = await tx.customer.findUniqueOrThrow({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: ticket.customerId } },
  })
  refuseUnreachable(customer.email, mailbox)
  const envelopes = await envelopesOf(ctx, tx, ticketId)
  const [latest] = envelopes
  return {
    number: ticket.number,
    mailboxId: mailbox.id,
    supportAddress: mailbox.address,
    archiveAddress: mailbox.archiveAddress,
    customer: { name: customer.name, address: customer.email },
    subject: latest?.subject || ticket.subject,
    messageIds: envelopes
      .map(({ messageId }) => messageId)
      .filter((id) => id !== '')
      .reverse(),
    language: languageOf(ticket, mailbox.languages),
    gmailThreadId: await gmailThreadOf(tx, ticketId, mailbox.id),
  }
}

type Mailbox = { address: string; archiveAddress: string }

/** A mail without a sender, or one that came from our own address, has nobody to answer to. */
function refuseUnreachable(email: string, mailbox: Mailbox): void {
  if (emailKey(email) === '')
    throw new DeskError(
      'invalid_request',
      'No mail address of this customer is known yet. Ask for it, then press «Add address» on the ticket.',
    )
  if (!hasSender(email, mailbox))
    throw new DeskError(
      'invalid_request',
      'This mail has no sender who could be answered. Write to the customer from Gmail instead.',
    )
}

/** Whether an address is somebody's, and not our own. */
export function hasSender(email: string, mailbox: Mailbox): boolean {
  const base = emailKey(email).replace(/\+[^@]*@/, '@')
  return !base.endsWith('@invalid') && ![mailbox.address, mailbox.archiveAddress].map(emailKey).includes(base)
}

/**
 * The ticket's mailbox; a ticket that an agent made of a mail has none and is answered from the workspace's first one. An archive goes
 * before somebody's own inbox: what the desk sends is nobody's own.
 */
async function mailboxOf(tx: Tx, ticketId: string) {
  const [mailbox] = await tx.$queryRaw<{ id: string; address: string; archiveAddress: string; languages: string[] }[]>`
    select m.id::text, m.address, m.archive_address as "archiveAddress", w.languages from desk.ticket t
    join desk.workspace w on w.workspace_id = t.workspace_id
    left join desk.mailbox own on own.workspace_id = t.workspace_id and own.id = t.mailbox_id
    join desk.mailbox m on m.workspace_id = t.workspace_id and m.state <> 'ended' and (own.id is null or m.id = own.id or m.address = own.address)
    where t.workspace_id = ${tx.workspaceId}::uuid and t.id = ${ticketId}::uuid
    order by (m.id = own.id and m.kind = 'archive') is true desc, (m.kind = 'archive') desc, (m.id = own.id) is true desc, m.created_at, m.id limit 1`
  if (!mailbox)
    throw new DeskError(
      'invalid_request',
      'This workspace has no mailbox to answer from. An admin connects one: docs/guides/first-mailbox.md.',
    )
  return mailbox
}

/**
 * Mails that a customer has, or wrote: an answer to what a machine wrote to us alone would stand in no conversation of theirs, under a
 * subject that they never saw. Only where a machine's mail opened the ticket it is the one to be answered.
 */
const MAY_BE_ANSWERED = Prisma.sql`(not m.automatic or m.direction = 'out' or (m.author_id = t.customer_id and m.sent_at <= t.created_at))`

async function envelopesOf(ctx: Ctx, tx: Tx, ticketId: string): Promise<Envelope[]> {
  const box = await ctx.keyring.box(tx)
  const rows = await tx.$queryRaw<{ id: string; envelope: Uint8Array }[]>`
    select m.id::text, m.envelope from desk.message m
    join desk.ticket t on t.workspace_id = m.workspace_id and t.id = m.ticket_id
    where m.workspace_id = ${tx.workspaceId}::uuid and m.ticket_id = ${ticketId}::uuid and m.direction <> 'note' and ${MAY_BE_ANSWERED}
    order by m.sent_at desc, m.id desc limit ${REFERENCES}`
  return rows.map(({ id, envelope }) => JSON.parse(box.openText('message.envelope', id, envelope)))
}

/** Every account has its own thread ids, so only those of the account that sends will do. */
async function gmailThreadOf(tx: Tx, ticketId: string, mailboxId: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ threadId: string | null }[]>`
    select mm.thread_id as "threadId" from desk.message m
    join desk.ticket t on t.workspace_id = m.workspace_id and t.id = m.ticket_id
    join desk.mailbox_mail mm on mm.workspace_id = m.workspace_id and mm.message_id = m.id
    where m.workspace_id = ${tx.workspaceId}::uuid and m.ticket_id = ${ticketId}::uuid and mm.mailbox_id = ${mailboxId}::uuid
      and mm.thread_id is not null and ${MAY_BE_ANSWERED}
    order by m.sent_at desc, m.id desc limit 1`
  return row?.threadId ?? null
}

export const replySubject = (subject: string): string =>
  /^re:/i.test(subject.trim()) ? subject.trim() : `Re: ${subject.trim()}`
