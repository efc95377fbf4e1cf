import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { enqueue, job } from '../../platform/jobs.ts'
import type { Tx } from '../../platform/tenancy.ts'

/** Where the bytes of a mail are kept. */
export type RawPlace = { id: string; at: Date }

/** Objects go after the rows that named them are gone; the queue remembers them if the process dies in between. */
export const removeObjects = job(
  'intake:remove-objects',
  z.object({ keys: z.array(z.string()) }),
  (ctx: Ctx, _id, { keys }) => removeAll(ctx, keys),
)

async function removeAll(ctx: Ctx, keys: readonly string[]): Promise<void> {
  for (const key of keys) await ctx.objects.remove(key)
}

/** Has objects removed when the transaction is committed. */
export async function removeObjectsLater(tx: Tx, keys: readonly string[]): Promise<void> {
  for (let at = 0; at < keys.length; at += 500) await enqueue(tx, removeObjects, { keys: keys.slice(at, at + 500) })
}

/** Forgets the bytes of mails, in the table and beside it. @returns how many there were */
export async function forgetRaw(tx: Tx, places: readonly RawPlace[]): Promise<number> {
  if (places.length === 0) return 0
  const days = [...new Set(places.map(({ at }) => at.toISOString()))]
  const gone = await tx.$queryRaw<{ objectKey: string | null }[]>(
    forgetRawSql(
      tx.workspaceId,
      days,
      places.map(({ id }) => id),
    ),
  )
  await removeObjectsLater(
    tx,
    gone.flatMap(({ objectKey }) => objectKey ?? []),
  )
  return gone.length
}

/** By the time first: it is what the table is parted by. Exported so that a test can look at its plan. */
export const forgetRawSql = (
  workspaceId: string,
  times: readonly string[],
  ids: readonly string[],
): Prisma.Sql => Prisma.sql`
  delete from desk.raw_mail where workspace_id = ${workspaceId}::uuid and stored_at = any(${[...times]}::timestamptz[]) and id = any(${[...ids]}::uuid[])
  returning object_key as "objectKey"`

/** What else is kept of a mail by its Gmail id: who sent it, and what it begins with. */
const BESIDE = ['ignored_mail', 'suspected_mail', 'quarantined_mail'].map((table) => Prisma.raw(`desk.${table}`))

export type MailPlace = { mailboxId: string; gmailId: string }

/**
 * Forgets the bytes of mails by their Gmail ids. The row stays: it is how the id ended, it names nobody, and it keeps the mail from being
 * read again.
 * @param keepsMessage whether the message that it became is still there
 * @returns how many bytes there were
 */
export async function forgetMails(tx: Tx, mails: readonly MailPlace[], keepsMessage: boolean): Promise<number> {
  if (mails.length === 0) return 0
  const { workspaceId } = tx
  const rows = JSON.stringify(mails)
  const places = await tx.$queryRaw<RawPlace[]>`
    select m.raw_id::text as id, m.raw_at as at from desk.mailbox_mail m
    join jsonb_to_recordset(${rows}::jsonb) as w ("mailboxId" uuid, "gmailId" text) on m.mailbox_id = w."mailboxId" and m.gmail_id = w."gmailId"
    where m.workspace_id = ${workspaceId}::uuid and m.raw_id is not null`
  await tx.$executeRaw`
    update desk.mailbox_mail m set raw_id = null, raw_at = null, labels = '{}', thread_id = null, mail_key = null, message_id = ${keepsMessage ? Prisma.sql`m.message_id` : Prisma.sql`null`}
    from jsonb_to_recordset(${rows}::jsonb) as w ("mailboxId" uuid, "gmailId" text)
    where m.workspace_id = ${workspaceId}::uuid and m.mailbox_id = w."mailboxId" and m.gmail_id = w."gmailId"`
  for (const table of BESIDE) // three statements, whatever the number of mails
    await tx.$executeRaw`
      delete from ${table} i using jsonb_to_recordset(${rows}::jsonb) as w ("mailboxId" uuid, "gmailId" text)
      where i.workspace_id = ${workspaceId}::uuid and i.mailbox_id = w."mailboxId" and i.gmail_id = w."gmailId"`
  return forgetRaw(tx, places)
}

/** The mails that became these messages, in whatever mailboxes. */
export const mailsOfMessages = (tx: Tx, messageIds: readonly string[]): Promise<MailPlace[]> =>
  tx.$queryRaw<MailPlace[]>`
    select mailbox_id::text as "mailboxId", gmail_id as "gmailId" from desk.mailbox_mail
    where workspace_id = ${tx.workspaceId}::uuid and message_id = any(${[...messageIds]}::uuid[])`
