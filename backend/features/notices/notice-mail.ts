import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import { z } from 'zod'

/** Header of a mail to our own people: names its journal entry, so that it is found again and nobody takes it for a customer's. */
export const NOTICE_HEADER = 'X-Sidedesk-Notice'

/** The exact notice as it was planned; sealed in the journal, sent as it is. */
export const NoticeRequest = z.object({
  mailboxId: z.uuid(),
  staffId: z.uuid(),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  references: z.string().optional(),
  /** Of one that waits while its person is off shift. */
  path: z.string().optional(),
})
export type NoticeRequest = z.infer<typeof NoticeRequest>

/** What a mail may have beside its text: the same as HTML, pictures in it, and files. */
export type MailParts = {
  html?: string
  attachments?: readonly { filename: string; content: Buffer; contentType: string; cid?: string }[]
}

/** The mail as bytes; it says of itself that a machine wrote it, so that no machine answers and no ticket is made of it. */
export const composeNotice = (
  notice: Pick<NoticeRequest, 'from' | 'to' | 'subject' | 'text' | 'references'>,
  mark: string,
  date: Date,
  { html, attachments }: MailParts = {},
): Promise<Buffer> =>
  new MailComposer({
    from: { name: 'Sidedesk', address: notice.from },
    to: notice.to,
    subject: notice.subject,
    ...(notice.references && { references: notice.references }),
    date,
    headers: {
      [NOTICE_HEADER]: mark,
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
    text: notice.text,
    ...(html !== undefined && { html }),
    ...(attachments && { attachments: [...attachments] }),
    disableUrlAccess: true,
    disableFileAccess: true,
  })
    .compile()
    .build()
