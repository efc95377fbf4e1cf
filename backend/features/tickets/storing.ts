import { newId } from '../../platform/ids.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import type { MailToFile } from './mail.ts'
import { type Envelope, insertMessage, type NewMessage } from './messages.ts'

type On = Pick<NewMessage, 'ticketId' | 'direction' | 'author'>

/** Puts a mail on a ticket: the message, its attachments, and the ids that it names. @returns the message's id */
export async function storeMail(tx: Tx, box: Box, mail: MailToFile, on: On): Promise<string> {
  const id = newId(tx.now)
  const { mailKey, automatic, provenKey, sentAt, excerpt, text, raw, attachments } = mail
  const stored = await insertMessage(tx, box, {
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
  })
  if (!stored) throw new Error('A mail was stored twice at the same moment; the next attempt finds it')
  await keepReferences(tx, mail, on.ticketId)
  return id
}

export const envelopeOf = ({ subject, messageId, from, to, cc }: MailToFile): Envelope => ({
  subject,
  messageId,
  from,
  to,
  cc,
})

/** Ids that the mail names, held by us or not, so that siblings of an unseen first mail find each other. */
export async function keepReferences(tx: Tx, { references }: MailToFile, ticketId: string): Promise<void> {
  if (references.length === 0) return
  await tx.$executeRaw`
    insert into desk.message_reference (workspace_id, mail_key, ticket_id)
    select ${tx.workspaceId}::uuid, named, ${ticketId}::uuid from unnest(${[...new Set(references)].slice(0, 100)}::text[]) as named
    on conflict do nothing`
}

export const later = (a: Date, b: Date): Date => (a > b ? a : b)
