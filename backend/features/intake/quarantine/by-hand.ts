import { objectKey, orGone } from '../../../clients/objects/index.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { hashOf } from '../../../platform/crypto.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { excerptOf, fileCustomerMail } from '../../tickets/index.ts'
import { personIn } from '../writer.ts'
import { quarantineByHand, rawMailRead } from './events.ts'
import { endStandIn } from './retrying.ts'

export type Typed = { from: string; subject: string; text: string }

/** Makes a ticket of what somebody read in the raw mail. @throws DeskError not_found, already_done, invalid_request */
export const fileByHand = (ctx: Ctx, id: string, { from, subject, text }: Typed, by: Actor): Promise<string> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const row = await lock(tx, id)
    if (row.state === 'filed' || row.state === 'by_hand')
      throw new DeskError('already_done', 'This mail is a ticket by now.')
    const sender = personIn(from)
    if (!sender) throw new DeskError('invalid_request', 'Say who wrote it: Ada Berg <ada@example.com>')
    if (text.trim() === '') throw new DeskError('invalid_request', 'Say what the mail is about.')
    const { mailboxId, gmailId, rawId, rawAt, at } = row
    const filed = await fileCustomerMail(
      tx,
      await ctx.keyring.box(tx),
      {
        mailboxId,
        mailKey: hashOf(`by-hand/${id}`),
        references: [],
        messageId: '',
        subject,
        from: sender,
        provenKey: null,
        to: [],
        cc: [],
        text,
        excerpt: excerptOf(text),
        sentAt: at,
        automatic: false,
        historical: false,
        raw: rawId && rawAt ? { id: rawId, at: rawAt } : null,
        attachments: [],
        why: 'by_hand',
      },
      null,
      { begin: ctx.begin, by },
    )
    const { workspaceId } = tx
    await tx.quarantinedMail.update({ where: { workspaceId_id: { workspaceId, id } }, data: { state: 'by_hand' } })
    await tx.$executeRaw`
      update desk.mailbox_mail set state = 'ended', outcome = 'ticket', reason = 'by_hand', message_id = ${filed.messageId}::uuid, ended_at = ${tx.now}, mail_key = null
      where workspace_id = ${workspaceId}::uuid and mailbox_id = ${mailboxId}::uuid and gmail_id = ${gmailId}`
    await endStandIn(tx, row.ticketId, by)
    await record(tx, [quarantineByHand({ mailboxId, quarantinedId: id, ticketId: filed.ticketId, by })])
    return filed.ticketId
  })

type Row = {
  state: string
  mailboxId: string
  gmailId: string
  ticketId: string
  rawId: string | null
  rawAt: Date | null
  at: Date
}

async function lock(tx: Tx, id: string): Promise<Row> {
  const [row] = await tx.$queryRaw<Row[]>`
    select q.state, q.mailbox_id::text as "mailboxId", q.gmail_id as "gmailId", q.ticket_id::text as "ticketId", m.raw_id::text as "rawId", m.raw_at as "rawAt",
      coalesce(m.accepted_at, q.at) as at
    from desk.quarantined_mail q
    join desk.mailbox_mail m on m.workspace_id = q.workspace_id and m.mailbox_id = q.mailbox_id and m.gmail_id = q.gmail_id
    where q.workspace_id = ${tx.workspaceId}::uuid and q.id = ${id}::uuid for update of q`
  if (!row) throw new DeskError('not_found', 'This mail is not in quarantine.')
  return row
}

/** The exact bytes of a mail in quarantine. That somebody was given them is on the record before they are. @throws DeskError not_found */
export async function rawOf(ctx: Ctx, id: string, by: Actor): Promise<Buffer> {
  const { workspaceId } = by
  const { raw, box } = await inWorkspace(ctx, workspaceId, async (tx) => {
    const { mailboxId, rawId, rawAt } = await lock(tx, id)
    await record(tx, [rawMailRead({ mailboxId, quarantinedId: id, by })])
    const where = { workspaceId, id: rawId ?? '', storedAt: rawAt ?? tx.now }
    const raw =
      rawId === null
        ? null
        : await tx.rawMail.findFirst({ where, select: { id: true, content: true, objectKey: true } })
    return { raw, box: await ctx.keyring.box(tx) }
  })
  const sealed =
    raw && (raw.content ?? (await orGone(ctx.objects.get(raw.objectKey ?? objectKey(workspaceId, raw.id)))))
  if (!sealed) throw new DeskError('not_found', 'The bytes of this mail are not kept any more. Find it in Gmail.')
  return box.open('raw_mail', raw.id, sealed)
}
