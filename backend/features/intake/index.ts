export { askForSync } from './asking.ts'
export { certificateWords, type LastCertificate, lastCertificatesSql } from './certifying/last.ts'
export { checkMailboxes, type MailboxCheck } from './checking.ts'
export { connectMailbox } from './connecting.ts'
export { cutOverPages, cutOverPart, cutOverRoutes, shadowHomePart, unansweredFollower } from './cut-over/index.ts'
export { mailboxAccessLost, mailboxCertified } from './events.ts'
export {
  forgetMails,
  forgetRaw,
  forgetRawSql,
  type MailPlace,
  mailsOfMessages,
  removeObjectsLater,
} from './forgetting-raw.ts'
export { ignoringPart } from './ignoring/cards.ts'
export { ignoredPages } from './ignoring/pages.ts'
export { forgetIgnored } from './ignoring/remembering.ts'
export { ignoringRoutes } from './ignoring/routes.ts'
export { certifyMailboxes, intakeJobs, intakeSchedule, pollMailboxes } from './jobs.ts'
export { mailRulePages } from './mail-rules/pages/index.ts'
export { rejudge } from './mail-rules/rejudging.ts'
export { mailRuleRoutes } from './mail-rules/routes.ts'
export { openMailbox } from './mailboxes.ts'
export { mailboxesPage } from './pages/mailboxes-page.ts'
export { createMailParser } from './parsing/pool.ts'
export { freshText } from './parsing/reply/reply.ts'
export { pauseMailbox } from './pausing.ts'
export { intakeReactions } from './reactions.ts'
export { undeliveredPart } from './returned/card-part.ts'
export { undeliveredRoutes } from './returned/routes.ts'
export { intakeRoutes } from './routes.ts'
export { type Seen, seenBy } from './seeing.ts'
export { mailPart } from './showing/card-part.ts'
export { unreadPart } from './showing/home-part.ts'
export { forgetSpam } from './spam/forgetting-spam.ts'
export { SPAM_PATH, spamPages } from './spam/pages.ts'
export { spamRoutes } from './spam/routes.ts'
