import type { MailWhy } from '../../../shared/mail-why.ts'

/** Why a mail is on its ticket, in the words of people: what follows «here because». */
export const WHY_WORDS: Record<MailWhy, string> = {
  token: 'it was sent to the answer address of this ticket',
  in_reply_to: 'it answers a mail of this ticket',
  references: 'it names a mail of this ticket',
  sibling: 'it belongs to the same conversation as a mail of this ticket',
  thread_index: 'Outlook numbers it as one conversation with a mail of this ticket',
  gmail_thread: 'Gmail holds it in one conversation with a mail of this ticket and the same person',
  subject_number: 'its subject names this ticket, and its sender is proved',
  own_answer: 'it was written on this ticket',
  returned_mail: 'it reports on a mail of this ticket',
  new: 'nothing in it names an earlier mail',
  old_ticket: 'it answers a ticket that was finished long ago',
  forwarded: 'a colleague forwarded it',
  by_hand: 'somebody made a ticket of it',
  written_first: 'the team wrote first',
  unverified: 'nothing proves its sender',
  unreadable: 'it could not be read',
  suspected_spam: 'somebody said that it is no spam',
}

export type Moved = 'merge' | 'split' | 'bridge'

const MOVED_WORDS: Record<Moved, string> = {
  merge: 'its ticket was merged into this one',
  split: 'it was split out of another ticket',
  bridge: 'a later mail showed that both tickets are one conversation',
}

/** @param why null for what came before it was told @returns null where nothing is known */
export const whyWords = (why: MailWhy | null, moved: Moved | null): string | null =>
  moved ? `Here because ${MOVED_WORDS[moved]}` : why ? `Here because ${WHY_WORDS[why]}` : null
