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
    mails.map(({ mail, on }) => ({ mail, ticketId: on.ticketId })),
  )
  return stored
}

function messageOf(id: string, mail: MailToFile, on: On): NewMessage {
  const { mailKey, automatic, provenKey, sentAt, excerpt, text, raw, attachments } = mail
  return {
    id,
    ...on,
    mailKey,
    answersKey: mail.references[0] ?? null,
    automatic,
    provenKey: on.direction === 'in' ? provenKey : null,
    sentAt,
    envelope: envelopeOf(mail),
    excerpt,
    text,
    raw,
    attachments,
  }
}

export const envelopeOf = ({ subject, messageId, from, to, cc }: MailToFile): Envelope => ({
  subject,
  messageId,
  from,
  to,
  cc,
})

/** Ids that a mail names, held by us or not, so that siblings of an unseen first mail find each other. */
export async function keepReferences(
  tx: Tx,
  mails: readonly { mail: Pick<MailToFile, 'references'>; ticketId: string }[],
): Promise<void> {
  const named = mails.flatMap(({ mail: { references }, ticketId }) =>
    [...new Set(references)].slice(0, 100).map((key) => ({ key, ticketId })),
  )
  if (named.length === 0) return
  await tx.$executeRaw`
    insert into desk.message_reference (workspace_id, mail_key, ticket_id)
    select ${tx.workspaceId}::uuid, key, ticket_id
    from unnest(${named.map(({ key }) => key)}::text[], ${named.map(({ ticketId }) => ticketId)}::uuid[]) as named (key, ticket_id)
    on conflict do nothing`
}

export const later = (a: Date, b: Date): Date => (a > b ? a : b)
