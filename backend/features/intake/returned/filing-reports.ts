import { markUndeliverable } from '../../customers/index.ts'
import { emailKey } from '../../settings/index.ts'
import { fileReturned, type MailToFile, mailKeyOf, returnedMessage } from '../../tickets/index.ts'
import type { Desk, Ending } from '../desk.ts'
import type { PreparedMail } from '../preparing.ts'
import { recipientsReported } from './recipients.ts'

type Parsed = Extract<PreparedMail, { kind: 'parsed' }>

/**
 * Files a report that a mail of ours did not arrive, or not yet, with that mail: found by its Message-ID alone, because anybody can
 * write a report. Nobody becomes a customer by it, nothing is reopened, and an address is only marked when we wrote to it.
 * @returns null for a mail that reports none of ours
 */
export async function fileReport(desk: Desk, { mail, waiting }: Parsed, toFile: MailToFile): Promise<Ending | null> {
  const { returned } = mail
  if (!returned || returned.kind === 'delivered') return null
  const { tx, box } = desk
  const keys = [...returned.ids.map(mailKeyOf), ...toFile.references.slice(0, 20)]
  const ours = await returnedMessage(tx, box, keys)
  if (!ours) return null
  const recipients = recipientsReported(returned, ours.recipients.map(emailKey))
  const filed = await fileReturned(tx, box, { ...toFile, automatic: true, why: 'returned_mail' }, ours, recipients)
  const failed = recipients.filter(({ kind, key }) => kind === 'failed' && key !== null)
  if (filed.outcome === 'joined' && !waiting.historical) await markUndeliverable(tx, failed, toFile.sentAt)
  return { outcome: filed.outcome, reason: 'returned_mail', messageId: filed.messageId }
}
