import { systemOf } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import { fileUnreadableMail, type MailToFile } from '../tickets/index.ts'
import type { Desk, Ending } from './desk.ts'
import { mailQuarantined } from './events.ts'
import { failAgain, hold } from './quarantine/holding.ts'
import type { WaitingMail } from './reading.ts'
import type { RoughHeader } from './rough-header.ts'
import { UNKNOWN_SENDER } from './writer.ts'

export type Unreadable = Pick<WaitingMail, 'gmailId' | 'acceptedAt' | 'historical'> & {
  mailKey: string
  raw: MailToFile['raw']
  reason: string
  /** What was thrown. */
  error: string
  rough: RoughHeader | null
}

/** A mail that cannot be read becomes a ticket that says so: someone looks at it in Gmail, and its bytes are kept here. */
export async function quarantine({ tx, box, mailboxId, historyCounted }: Desk, mail: Unreadable): Promise<Ending> {
  const { gmailId, reason, error, rough } = mail
  const failure = { mailboxId, gmailId, reason, error }
  const held = await failAgain(tx, box, failure)
  if (held !== null) return { outcome: 'quarantined', reason, messageId: held }
  const filed = await fileUnreadableMail(tx, box, {
    mailboxId,
    mailKey: mail.mailKey,
    references: [],
    messageId: '',
    subject: mail.rough?.subject ? `${SUBJECT}: ${mail.rough.subject}` : SUBJECT,
    from: mail.rough?.from ?? UNKNOWN_SENDER,
    to: [],
    cc: [],
    text: TEXT,
    excerpt: TEXT,
    sentAt: mail.acceptedAt,
    automatic: true,
    provenKey: null,
    historical: mail.historical,
    ...(mail.historical && historyCounted && { counted: true as const }),
    raw: mail.raw,
    attachments: [],
  })
  await hold(tx, box, failure, { rough, ...filed })
  await record(tx, [
    mailQuarantined({
      mailboxId,
      ticketId: filed.ticketId,
      reason,
      by: systemOf(tx.workspaceId),
      historical: mail.historical,
    }),
  ])
  return { outcome: 'quarantined', reason, messageId: filed.messageId }
}

const SUBJECT = 'A mail that could not be read'
const TEXT =
  'This mail could not be read by Sidedesk. It is safe in the archive mailbox: open it there and answer from Gmail.'
