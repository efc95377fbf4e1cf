import { randomBytes } from 'node:crypto'
import { mailDate } from './received-headers.ts'

export interface Undeliverable {
  /** Who gets the notice: the envelope sender. */
  sender: string
  refused: string[]
  original: Buffer
  messageId: string
  at: Date
}

/** Google's delivery status notice (multipart/report), with the returned Message-ID in three places. */
export function bounceMail({ sender, refused, original, messageId, at }: Undeliverable): Buffer {
  const boundary = `000000000000${randomBytes(8).toString('hex')}`
  const headers = original.toString('latin1').split(/\r?\n\r?\n/)[0] ?? ''
  const text = refused.map(
    (to) =>
      `Your message wasn't delivered to ${to} because the address couldn't be found, or is unable to receive mail.`,
  )
  const fields = refused.map((to) =>
    [
      `Final-Recipient: rfc822; ${to}`,
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.',
      `Last-Attempt-Date: ${mailDate(at)}`,
    ].join('\r\n'),
  )
  const lines = [
    'From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
    `To: ${sender}`,
    'Auto-Submitted: auto-replied',
    'Subject: Delivery Status Notification (Failure)',
    `References: ${messageId}`,
    `In-Reply-To: ${messageId}`,
    `X-Failed-Recipients: ${refused.join(', ')}`,
    `Message-ID: <${randomBytes(12).toString('hex')}.GMR@mx.google.com>`,
    `Date: ${mailDate(at)}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; boundary="${boundary}"; report-type=delivery-status`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset="UTF-8"',
    '',
    '** Address not found **',
    '',
    ...text,
    '',
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; googlemail.com',
    `Arrival-Date: ${mailDate(at)}`,
    `X-Original-Message-ID: ${messageId}`,
    '',
    ...fields.flatMap((field) => [field, '']),
    `--${boundary}`,
    'Content-Type: message/rfc822',
    '',
    headers.replace(/\r?\n/g, '\r\n'),
    '',
    `--${boundary}--`,
    '',
  ]
  return Buffer.from(lines.join('\r\n'), 'latin1')
}
