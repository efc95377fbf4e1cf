import type { Ctx } from '../../context.ts'
import { enqueueAll } from '../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { namingOrders, noteMentions } from '../orders/index.ts'
import type { MailToFile } from './mail.ts'
import type { Envelope } from './messages.ts'

export const NOTE_ORDERS = { name: 'tickets:note-orders', maxAttempts: 25 }

type Stored = { messageId: string; mail: Pick<MailToFile, 'subject' | 'text'> }

/** Has the orders that a new mail names here before anybody opens the card; most mails name none and cost no job. */
export const askForOrdersIn = (tx: Tx, messageId: string, mail: Stored['mail']): Promise<void> =>
  askForOrdersInAll(tx, [{ messageId, mail }])

export async function askForOrdersInAll(tx: Tx, mails: readonly Stored[]): Promise<void> {
  const namesOrder = await namingOrders(tx)
  const naming = mails.filter(({ mail }) => namesOrder(`${mail.subject}\n${mail.text}`))
  const { name: job, maxAttempts } = NOTE_ORDERS
  await enqueueAll(
    tx,
    naming.map(({ messageId }) => ({ job, payload: { messageId }, maxAttempts })),
  )
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
