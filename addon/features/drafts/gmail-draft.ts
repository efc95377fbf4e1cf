import type { ReplyDraft } from '../../../shared/drafts.ts'
import type { AddonEvent } from '../../event.ts'
import { hasOpenMail, openMail } from '../../open-mail.ts'

/**
 * Puts the prepared answer into Gmail as a draft: below the customer's newest mail when one is in the open thread, on its own otherwise.
 * An answer to a doubtful mail always stands on its own: of a reply Gmail says itself to whom it goes, by what that mail asks for. The
 * tokens in Reply-To and Bcc bring the sent mail back to its ticket.
 */
export function newGmailDraft(event: AddonEvent, draft: ReplyDraft): GoogleAppsScript.Gmail.GmailDraft {
  const tokens = { replyTo: draft.replyTo, bcc: draft.bcc }
  const answered = hasOpenMail(event) && !draft.doubt ? newestFrom(openMail(event), draft.to) : undefined
  return answered
    ? answered.createDraftReply(draft.text, tokens)
    : GmailApp.createDraft(draft.to, draft.subject, draft.text, tokens)
}

/** A reply goes to whom the mail came from, so our own mails in the thread are passed over. */
function newestFrom(open: GoogleAppsScript.Gmail.GmailMessage, address: string) {
  const isTheirs = (mail: GoogleAppsScript.Gmail.GmailMessage) =>
    addressOf(mail.getReplyTo() || mail.getFrom()) === addressOf(address)
  if (isTheirs(open)) return open
  return open.getThread().getMessages().filter(isTheirs).pop()
}

const addressOf = (mailbox: string) => (/<([^<>]+)>\s*$/.exec(mailbox)?.[1] ?? mailbox).trim().toLowerCase()
