import { newId } from '../../platform/ids.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import type { MailToFile } from './mail.ts'
import { type Envelope, insertMessages, type NewMessage } from './messages.ts'

type On = Pick<NewMessage, 'ticketId' | 'direction' | 'author'>

/** Puts a mail on a ticket: the message, its attachments, and the ids that it names. @returns the message's id */
export async function storeMail(tx: Tx, box: Box, mail: MailToFile, on: On): Promise<string> {
  const [stored] = await storeMails(tx, box, [{ mail, on }])
  if (!stored) throw new Error('A stored mail has an id')
  return stored.messageId
}

type ToStore = { mail: MailToFile; on: On }

/** The same for many, in their order and with what else is given of each. */
export async function storeMails<T extends ToStore>(
  tx: Tx,
  box: Box,
  mails: readonly T[],
): Promise<(T & { messageId: string })[]> {
  const stored = mails.map((given) => ({ ...given, messageId: newId(tx.now) }))
  const count = await insertMessages(
    tx,
    box,
    stored.map(({ messageId, mail, on }) => messageOf(messageId, mail, on)),
  )
  if (count < stored.length) throw new Error('A mail was stored twice at the same moment; the next attempt finds it')
  await keepReferences(
    tx,
    stored.map(({ mail, on, messageId }) => ({ mail, ticketId: on.ticketId, messageId })),
  )
  return stored
}

function messageOf(id: string, mail: MailToFile, on: On): NewMessage {
  const { mailKey, automatic, provenKey, trust, sentAt, excerpt, text, raw, attachments } = mail
  return {
    id,
    ...on,
    mailKey,
    answersKey: mail.references[0] ?? null,
    why: mail.why ?? null,
    automatic,
    provenKey: on.direction === 'in' ? provenKey : null,
    trust: trust ?? null,
    sentAt,
    envelope: envelopeOf(mail),
    excerpt,
    text,
    raw,
    attachments,
  }
}

export const envelopeOf = ({ subject, messageId, from, to, cc, trust, reply, notes }: MailToFile): Envelope => ({
  subject,
  messageId,
  from,
  to,
  cc,
  ...(trust?.looksLike && { looksLike: trust.looksLike }),
  ...(trust?.replyTo && { replyTo: trust.replyTo }),
  ...(reply && { reply }),
  ...(notes?.length && { notes }),
})

type Naming = { mail: Pick<MailToFile, 'references' | 'direct' | 'threadKey'>; ticketId: string; messageId: string }

/** Of one mail's ids, and of the mails of one ticket that name one id, so many are kept: long conversations name their first mail in each. */
const NAMED = 100
const NAMERS = 8

/** Ids that a mail names, held by us or not, so that siblings of an unseen first mail find each other. */
export async function keepReferences(tx: Tx, mails: readonly Naming[]): Promise<void> {
  const named = mails.flatMap(({ mail: { references, direct = 0, threadKey }, ticketId, messageId }) => {
    const keys = [...new Set(references)].slice(0, NAMED)
    const rows = keys.map((key) => ({ key, direct: references.indexOf(key) < direct, ticketId, messageId }))
    return threadKey ? [...rows, { key: threadKey, direct: false, ticketId, messageId }] : rows
  })
  if (named.length === 0) return
  await tx.$executeRaw`
    insert into desk.message_reference (workspace_id, mail_key, ticket_id, message_id, direct)
    select ${tx.workspaceId}::uuid, key, ticket_id, message_id, direct
    from unnest(${named.map(({ key }) => key)}::text[], ${named.map(({ ticketId }) => ticketId)}::uuid[],
      ${named.map(({ messageId }) => messageId)}::uuid[], ${named.map(({ direct }) => direct)}::boolean[]) as named (key, ticket_id, message_id, direct)
    where (select count(*) from (select from desk.message_reference r where r.workspace_id = ${tx.workspaceId}::uuid and r.mail_key = named.key
      and r.ticket_id = named.ticket_id limit ${NAMERS}) r) < ${NAMERS}
    on conflict do nothing`
}

export const later = (a: Date, b: Date): Date => (a > b ? a : b)
