import { z } from 'zod'

/** How a mail came to its ticket, in the order in which the signs are looked at; what no sign tells stands last. */
export const MAIL_WHYS = [
  'token',
  'in_reply_to',
  'references',
  'sibling',
  'thread_index',
  'gmail_thread',
  'subject_number',
  'own_answer',
  'returned_mail',
  'new',
  'old_ticket',
  'forwarded',
  'by_hand',
  'written_first',
  'unverified',
  'unreadable',
  'suspected_spam',
] as const
export const MailWhy = z.enum(MAIL_WHYS)
export type MailWhy = z.infer<typeof MailWhy>
