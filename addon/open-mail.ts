import type { LIMITS } from '../shared/limits.ts'
import { AddonError } from './errors.ts'
import type { AddonEvent } from './event.ts'
import { logged } from './log.ts'

/** The API refuses more; the types hold these numbers equal to the contract's. */
const MOST: Pick<typeof LIMITS, 'messageId' | 'references' | 'subject' | 'reply'> = {
  messageId: 2_000,
  references: 100,
  subject: 998,
  reply: 100_000,
}

export const hasOpenMail = (event: AddonEvent): boolean => Boolean(event.gmail?.messageId && event.gmail.accessToken)

/** The mail beside the panel. @throws AddonError mail_out_of_reach, when the panel was left open until Gmail's token ended */
export function openMail(event: AddonEvent): GoogleAppsScript.Gmail.GmailMessage {
  const { messageId, accessToken } = event.gmail || {}
  if (!messageId || !accessToken) throw new AddonError('mail_out_of_reach', 'No mail is open. Open one and try again.')
  try {
    GmailApp.setCurrentMessageAccessToken(accessToken)
    return GmailApp.getMessageById(messageId)
  } catch (error) {
    logged(`Gmail refused the open mail: ${error}`)
    throw new AddonError(
      'mail_out_of_reach',
      'Gmail does not hand out this mail any more. Open the mail again. In a mailbox that somebody delegated to you Sidedesk cannot work: open the mail in your own inbox.',
    )
  }
}

/** RFC 822 ids, which all agents' copies of a mail share; Gmail's own ids differ from mailbox to mailbox. */
export function mailIds(mail: GoogleAppsScript.Gmail.GmailMessage): { messageId: string; references: string[] } {
  const ids = (header: string) =>
    (mail.getHeader(header).match(/<[^<>\s]+>/g) || []).filter((id) => id.length <= MOST.messageId)
  const answered = ids('In-Reply-To')
  const earlier = ids('References').filter((id) => answered.indexOf(id) < 0)
  return {
    messageId: ids('Message-ID')[0] ?? mail.getHeader('Message-ID').trim().slice(0, MOST.messageId),
    references: [...earlier, ...answered].slice(-MOST.references),
  }
}

/** What a ticket is made of when the shared mailbox has not delivered the mail. */
export function mailToFile(mail: GoogleAppsScript.Gmail.GmailMessage) {
  return {
    ...mailIds(mail),
    subject: mail.getSubject().slice(0, MOST.subject),
    from: mail.getFrom().slice(0, 1_000),
    sentAt: new Date(mail.getDate().getTime()).toISOString(),
    text: mail.getPlainBody().slice(0, MOST.reply),
  }
}
