import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { mailReceived, mailReturned } from './events.ts'
import { changeTicket, lockGoingOn } from './locking.ts'
import type { Filed, MailToFile } from './mail.ts'
import type { Envelope } from './messages.ts'
import { recognise } from './recognising.ts'
import { later, storeMail } from './storing.ts'

/** What a report says of one recipient; `key` is null when it does not say which one, `code` is RFC 3463's. */
export type Reported = { key: string | null; kind: 'failed' | 'delayed'; code: string | null }

export type ReturnedMessage = { messageId: string; ticketId: string; recipients: string[] }

/** The newest of our mails among these keys, and whom it was written to. */
export async function returnedMessage(tx: Tx, box: Box, mailKeys: readonly string[]): Promise<ReturnedMessage | null> {
  if (mailKeys.length === 0) return null
  const row = await tx.message.findFirst({
    where: { workspaceId: tx.workspaceId, mailKey: { in: [...new Set(mailKeys)] }, direction: 'out' },
    orderBy: [{ sentAt: 'desc' }, { id: 'desc' }],
    select: { id: true, ticketId: true, envelope: true },
  })
  if (!row) return null
  const { to, cc }: Envelope = JSON.parse(box.openText('message.envelope', row.id, row.envelope))
  return { messageId: row.id, ticketId: row.ticketId, recipients: [...to, ...cc] }
}

/** Files the report on the ticket of the mail, however that stands: it is nobody's answer, so it opens and moves nothing. */
export async function fileReturned(
  tx: Tx,
  box: Box,
  given: MailToFile,
  { messageId, ticketId }: ReturnedMessage,
  recipients: readonly Reported[],
): Promise<Filed> {
  const { known, mail } = await recognise(tx, box, given, 'in')
  if (known) return { ...known, outcome: 'duplicate' }
  const ticket = await lockGoingOn(tx, ticketId)
  const author = { kind: 'unknown', id: null } as const
  const reportId = await storeMail(tx, box, mail, { ticketId: ticket.id, direction: 'in', author })
  await tx.deliveryFailure.createMany({
    data: recipients.map(({ key, kind, code }) => ({
      workspaceId: tx.workspaceId,
      id: newId(tx.now),
      messageId,
      reportId,
      emailKey: key,
      kind,
      code,
      at: mail.sentAt,
    })),
  })
  await changeTicket(tx, ticket.id, {
    messageCount: { increment: 1 },
    lastMessageAt: later(ticket.lastMessageAt, mail.sentAt),
  })
  const kind = recipients.some((one) => one.kind === 'failed') ? 'failed' : 'delayed'
  const { historical, sentAt: occurredAt } = mail
  const about = { ticketId: ticket.id, by: author, occurredAt, historical }
  await record(tx, [
    mailReceived({ ...about, messageId: reportId, automatic: true }),
    mailReturned({ ...about, messageId, reportId, kind, recipients: recipients.length }),
  ])
  return { ticketId: ticket.id, messageId: reportId, outcome: 'joined' }
}
