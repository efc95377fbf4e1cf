export { draftReactions } from './reactions.ts'
export { resumeRepliesJob, sendPlannedReply } from './replying.ts'
export { draftRoutes } from './routes.ts'
export { afterSending, findSentMail } from './sent-mail.ts'
