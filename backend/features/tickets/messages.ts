import type { MailWhy } from '../../../shared/mail-why.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { nameFiles } from '../files/index.ts'
import { maskCodes } from '../gift-cards/index.ts'
import { lexemesOf } from './lexemes.ts'
import type { IncomingAttachment, MailTrust } from './mail.ts'
import { noteWords } from './sorting-words.ts'

/** What a mail's headers said, kept sealed. */
export type Envelope = {
  subject: string
  messageId: string
  from: { name: string; address: string }
  to: string[]
  cc: string[]
  /** Whom the sender may be taken for, and where else answers are asked to go. */
  looksLike?: string
  replyTo?: string
  /** What is new in the text, when that is not all of it, and what there is to say of how the mail came. */
  reply?: string
  notes?: readonly string[]
}

export type NewMessage = {
  id: string
  ticketId: string
  direction: 'in' | 'out' | 'note'
  author: { kind: 'customer' | 'staff' | 'key' | 'system' | 'unknown'; id: string | null }
  mailKey: string | null
  /** Key of the mail that it answers first of all. */
  answersKey?: string | null
  /** How it came to its ticket. */
  why?: MailWhy | null
  automatic: boolean
  /** Look-up key of the address that the mail is proved to come from. */
  provenKey: string | null
  trust?: MailTrust | null
  sentAt: Date
  envelope: Envelope
  excerpt: string
  text: string
  raw: { id: string; at: Date } | null
  attachments?: readonly IncomingAttachment[]
}

const EXCERPT = 400

/** The first lines of a text, for lists and cards. Codes are masked before it is cut, so that no half of one is left. */
export const excerptOf = (text: string): string => {
  const tidy = maskCodes(text).replace(/\s+/g, ' ').trim()
  return tidy.length <= EXCERPT ? tidy : `${tidy.slice(0, EXCERPT - 1)}…`
}

/** @returns false when a message with this mail key is stored already */
export const insertMessage = async (tx: Tx, box: Box, message: NewMessage): Promise<boolean> =>
  (await insertMessages(tx, box, [message])) === 1

/** Writes messages with their words and attachments, in one statement or two. @returns how many; one whose mail key is stored already is left out */
export async function insertMessages(tx: Tx, box: Box, messages: readonly NewMessage[]): Promise<number> {
  if (messages.length === 0) return 0
  const lexemes = await lexemesOf(tx, messages)
  const words = messages.map(({ id, ticketId, sentAt }, n) => {
    return Prisma.sql`(${id}::uuid, ${ticketId}::uuid, ${sentAt}::timestamptz, ${lexemes[n] ?? Prisma.empty})`
  })
  const inserted = await tx.send(Prisma.sql`
    with stored as (insert into desk.message (workspace_id, id, ticket_id, direction, author_kind, author_id, mail_key, answers_key, why, automatic, proven_key, trust, dmarc, dkim, spf, signs, sent_at, envelope, excerpt, body, raw_id, raw_at, created_at)
    values ${Prisma.join(messages.map((message) => rowSql(tx, box, message)))}
    on conflict (workspace_id, mail_key) do nothing returning id)
    insert into desk.search_document (workspace_id, id, ticket_id, at, lexemes)
    select ${tx.workspaceId}::uuid, d.id, d.ticket_id, d.at, d.lexemes
    from (values ${Prisma.join(words)}) as d (id, ticket_id, at, lexemes) join stored on stored.id = d.id`)
  await noteWords(tx, messages)
  if (inserted === messages.length)
    await insertAttachments(
      tx,
      box,
      messages.map(({ id, attachments = [] }) => ({ id, attachments })),
    )
  return inserted
}

function rowSql({ workspaceId, now }: Tx, box: Box, message: NewMessage): Prisma.Sql {
  const { id, author, raw } = message
  return Prisma.sql`(${workspaceId}::uuid, ${id}::uuid, ${message.ticketId}::uuid, ${message.direction}, ${author.kind}, ${author.id}::uuid, ${message.mailKey}, ${message.answersKey ?? null}, ${message.why ?? null},
    ${message.automatic}::boolean, ${message.provenKey}, ${trustSql(message.trust)}, ${message.sentAt}::timestamptz, ${box.seal('message.envelope', id, JSON.stringify(message.envelope))}::bytea,
    ${box.seal('message.excerpt', id, message.excerpt)}::bytea, ${box.seal('message.body', id, message.text)}::bytea, ${raw?.id ?? null}::uuid, ${raw?.at ?? null}::timestamptz, ${now}::timestamptz)`
}

const trustSql = (trust: MailTrust | null | undefined): Prisma.Sql =>
  Prisma.sql`${trust?.level ?? null}, ${trust?.dmarc ?? null}, ${trust?.dkim ?? null}, ${trust?.spf ?? null}, ${trust?.signs ?? []}::text[]`

/** Gives a message that was known before its mail was read what only the mail has. @returns false when it has that already */
export async function completeMessage(
  tx: Tx,
  box: Box,
  message: Pick<NewMessage, 'id' | 'envelope' | 'excerpt' | 'text' | 'raw' | 'attachments' | 'provenKey' | 'trust'>,
): Promise<boolean> {
  const { id, envelope, excerpt, text, raw, provenKey, trust, attachments = [] } = message
  const [lexemes = Prisma.empty] = await lexemesOf(tx, [message])
  const updated = await tx.$executeRaw`
    with completed as (update desk.message set envelope = ${box.seal('message.envelope', id, JSON.stringify(envelope))},
      excerpt = ${box.seal('message.excerpt', id, excerpt)}, body = ${box.seal('message.body', id, text)},
      raw_id = ${raw?.id ?? null}::uuid, raw_at = ${raw?.at ?? null}, proven_key = ${provenKey},
      (trust, dmarc, dkim, spf, signs) = row(${trustSql(trust)})
    where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid and raw_id is null returning id, ticket_id, sent_at)
    insert into desk.search_document (workspace_id, id, ticket_id, at, lexemes)
    select ${tx.workspaceId}::uuid, id, ticket_id, sent_at, ${lexemes} from completed
    on conflict (workspace_id, id) do update set lexemes = excluded.lexemes`
  if (updated === 0) return false
  await insertAttachments(tx, box, [{ id, attachments }])
  return true
}

async function insertAttachments(
  tx: Tx,
  box: Box,
  messages: readonly { id: string; attachments: readonly IncomingAttachment[] }[],
): Promise<void> {
  const ids = await nameFiles(
    tx,
    messages.flatMap(({ attachments }) => attachments.map(({ file }) => file)),
  )
  const rows = messages.flatMap(({ id: messageId, attachments }) =>
    attachments.map(
      ({ id, name, contentId, inline, file }, position) => Prisma.sql`
        (${tx.workspaceId}::uuid, ${id}::uuid, ${messageId}::uuid, ${position}::int2, ${box.seal('attachment.name', id, name)}::bytea,
          ${file.contentType}, ${file.size}::int, ${contentId}, ${inline}::boolean, ${ids.get(file.hash) ?? null}::uuid)`,
    ),
  )
  if (rows.length === 0) return
  await tx.send(Prisma.sql`
    insert into desk.attachment (workspace_id, id, message_id, position, name, content_type, size, content_id, inline, file_id)
    values ${Prisma.join(rows)}`)
}
