import type { Ctx } from '../../context.ts'
import { enqueue } from '../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { namesOrders, noteMentions } from '../orders/index.ts'
import type { MailToFile } from './mail.ts'
import type { Envelope } from './messages.ts'

export const NOTE_ORDERS = { name: 'tickets:note-orders', maxAttempts: 25 }

/** Has the orders that a new mail names here before anybody opens the card; most mails name none and cost no job. */
export async function askForOrdersIn(tx: Tx, messageId: string, { subject, text }: MailToFile): Promise<void> {
  if (await namesOrders(tx, [subject, text])) await enqueue(tx, NOTE_ORDERS, { messageId })
}

export const noteOrdersIn = (ctx: Ctx, workspaceId: string, messageId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const message = await tx.message.findUnique({
      where: { workspaceId_id: { workspaceId, id: messageId } },
      select: { ticketId: true, envelope: true, body: true },
    })
    if (!message) return
    const box = await ctx.keyring.box(tx)
    const { subject }: Envelope = JSON.parse(box.openText('message.envelope', messageId, message.envelope))
    await noteMentions(tx, message.ticketId, [subject, box.openText('message.body', messageId, message.body)])
  })
