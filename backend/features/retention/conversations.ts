import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { releaseFiles } from '../files/index.ts'
import { forgetMails, forgetRaw, mailsOfMessages, removeObjectsLater } from '../intake/index.ts'
import { type Envelope, rememberForgotten } from '../tickets/index.ts'
import { type Counts, FORGOTTEN } from './forgotten-words.ts'

type Said = { id: string; mailKey: string | null; rawId: string | null; rawAt: Date | null }

/** Messages of these tickets, notes and calls among them. */
export const messagesOf = (tx: Tx, ticketIds: readonly string[]): Promise<Said[]> =>
  tx.$queryRaw<Said[]>`
    select id::text, mail_key as "mailKey", raw_id::text as "rawId", raw_at as "rawAt" from desk.message
    where workspace_id = ${tx.workspaceId}::uuid and ticket_id = any(${[...ticketIds]}::uuid[])`

/**
 * Forgets what was said: bytes, files and words. The rows stay, because they count: ids, times, who of the team.
 * @returns what there was
 */
export async function emptyMessages(tx: Tx, box: Box, said: readonly Said[]): Promise<Counts> {
  const ids = said.map(({ id }) => id)
  await rememberForgotten(
    tx,
    box,
    said.flatMap(({ mailKey }) => mailKey ?? []),
  )
  const raws = await forgetBytes(tx, said)
  const attachments = await forgetFiles(tx, ids)
  const rows = ids.map((id) => ({
    id,
    envelope: box.seal('message.envelope', id, JSON.stringify(NOTHING)).toString('base64'),
    excerpt: box.seal('message.excerpt', id, FORGOTTEN).toString('base64'),
    body: box.seal('message.body', id, FORGOTTEN).toString('base64'),
  }))
  await tx.$executeRaw`
    update desk.message m set envelope = decode(e.envelope, 'base64'), excerpt = decode(e.excerpt, 'base64'), body = decode(e.body, 'base64'),
      mail_key = null, answers_key = null, proven_key = null, raw_id = null, raw_at = null
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e (id uuid, envelope text, excerpt text, body text)
    where m.workspace_id = ${tx.workspaceId}::uuid and m.id = e.id`
  return { messages: ids.length, raw_mails: raws, attachments }
}

const NOTHING: Envelope = {
  subject: FORGOTTEN,
  messageId: '',
  from: { name: FORGOTTEN, address: '' },
  to: [],
  cc: [],
}

/** The mails as they came, in every mailbox that had them, and those of answers that we sent. */
async function forgetBytes(tx: Tx, said: readonly Said[]): Promise<number> {
  const mails = await mailsOfMessages(
    tx,
    said.map(({ id }) => id),
  )
  const ofMailboxes = await forgetMails(tx, mails, true)
  const left = said.flatMap(({ rawId, rawAt }) => (rawId && rawAt ? [{ id: rawId, at: rawAt }] : []))
  return ofMailboxes + (await forgetRaw(tx, left))
}

/** Files that several mails brought stay until the last of these is gone. */
export async function forgetFiles(tx: Tx, messageIds: readonly string[]): Promise<number> {
  const gone = await tx.$queryRaw<{ objectKey: string | null; fileId: string | null }[]>`
    delete from desk.attachment where workspace_id = ${tx.workspaceId}::uuid and message_id = any(${[...messageIds]}::uuid[])
    returning object_key as "objectKey", file_id::text as "fileId"`
  await removeObjectsLater(
    tx,
    gone.flatMap(({ objectKey }) => objectKey ?? []),
  )
  const fileIds = [...new Set(gone.flatMap(({ fileId }) => fileId ?? []))]
  if (fileIds.length > 0) await releaseFiles(tx, fileIds)
  return gone.length
}
