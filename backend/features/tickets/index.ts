export { type AfterSending, CHOICE_HOURS } from './after-sending.ts'
export { fileStaffMail, type Writer } from './answering.ts'
export { assignIn, handBackTicketsOf } from './assigning.ts'
export { type AttachmentRow, presentAttachments } from './attachments.ts'
export type { Beginner, Triage } from './beginning.ts'
export { beginAnew } from './beginning-anew.ts'
export { PRIORITY_WORDS, STATUS_WORDS, VOID_WORDS } from './card/words.ts'
export { type CardTicket, changeOf, whyNot, whyNoWork } from './card/writing.ts'
export { type CardPart, type CardScene, cardPart } from './card-part.ts'
export {
  type CategoryLabels,
  categoriesIn,
  categoriesSql,
  DEFAULT_CATEGORIES,
  knownCategories,
  labelOf,
  labelsFrom,
  labelsIn,
} from './categories/categories.ts'
export { nextTriageVersion, readCategories, writeCategories } from './categories/writing.ts'
export { contactsPart } from './contacts/cards.ts'
export { addHandleTime, workOn } from './contacts/handle-time.ts'
export { contactRoutes } from './contacts/routes.ts'
export { readConversation } from './conversation.ts'
export { doubtOf, trickIn } from './doubt.ts'
export {
  mailReceived,
  mailReturned,
  replySent,
  ticketAssigned,
  ticketBegun,
  ticketCategorised,
  ticketCreated,
  ticketMentioned,
  ticketMoved,
  ticketNoted,
  ticketPrioritised,
  ticketTagged,
  ticketUnvoided,
  ticketVoided,
} from './events.ts'
export { fieldsPart } from './fields/card-part.ts'
export { fieldRoutes } from './fields/defining-routes.ts'
export { fieldPages } from './fields/pages/index.ts'
export { ticketFieldRoutes } from './fields/routes.ts'
export {
  type Clues,
  findTicketOf,
  type Known,
  knownOfAll,
  namedAmong,
  ticketAmong,
  ticketOfCustomer,
  ticketWithNumber,
} from './finding.ts'
export { forgottenAmong, rememberForgotten } from './forgotten-mail.ts'
export { handTicketsOn } from './handing-on.ts'
export { type Likeness, sharePeopleWith } from './hits.ts'
export { ticketJobs } from './jobs.ts'
export { peopleOf } from './kinship.ts'
export { categoriseIn, prioritiseIn, tagIn, tidyTag } from './labelling.ts'
export { takeFromLeavers, worksOnTickets } from './leavers.ts'
export { type FoundBy, foundBy, lexemesOf, lexemesSql } from './lexemes.ts'
export {
  changeTicket,
  goingOnOf,
  type LockedTicket,
  lockTicket,
  lockTickets,
  NOBODY_WAITS,
} from './locking.ts'
export { ticketBeside } from './looking-up.ts'
export type { Filed, IncomingAttachment, MailToFile, MailTrust } from './mail.ts'
export { baseSubject, changesSubject, looksLikeAnswer, mailKeyOf, mailKeysIn, numberIn } from './mail-key.ts'
export { mentionFollower, mentionsOf, mentionsPart } from './mentioning/seeing.ts'
export { mergingPart } from './merging/card-part.ts'
export {
  regroupingEvents,
  ticketMerged,
  ticketRejoined,
  ticketReleased,
  ticketUnmerged,
} from './merging/events.ts'
export { mergeIn } from './merging/merging.ts'
export { mergingRoutes } from './merging/routes.ts'
export { splitIn } from './merging/splitting.ts'
export { unmergeIn } from './merging/unmerging-one.ts'
export { type Envelope, excerptOf } from './messages.ts'
export { closeIn, moveIn } from './moving.ts'
export { noticeReference } from './notice-reference.ts'
export { noteEachIn, noteIn } from './noting.ts'
export { formatNumber, parseNumber } from './numbers.ts'
export { fileUnreadableMail, fileUnverifiedMail } from './quarantining.ts'
export { ticketReactions } from './reactions.ts'
export { fileCustomerMail } from './receiving.ts'
export { fileAnswers } from './receiving-answers.ts'
export { fileNewMails } from './receiving-new.ts'
export { fileReturned, type Reported, returnedMessage } from './returning.ts'
export { ticketRoutes } from './routes.ts'
export { stemsOf } from './stems.ts'
export { REPLY_HEADER, readReplyHeader, readTicketToken, replyHeader, staffRefOf, tokenAddress } from './token.ts'
export { cardAhead, cardView, viewTicket, waitingSince } from './viewing.ts'
export { bringBackIn, makeVoidIn } from './voiding.ts'
