import type { Ctx } from './context.ts'
import {
  analyticsLiveParts,
  analyticsPages,
  analyticsRoutes,
  forgetNotes,
  insightJobs,
  logEnded,
  reportMailJobs,
  sheetsLogJobs,
} from './features/analytics/index.ts'
import {
  assignmentFollowers,
  assignmentJobs,
  assignmentPages,
  assignmentPart,
  assignmentRoutes,
} from './features/assignment/index.ts'
import { claimFollowers, claimPart, claimRoutes, endClaims } from './features/claims/index.ts'
import {
  actionJobs,
  actionPages,
  actionRoutes,
  actionRuleRoutes,
  approvalReactions,
  approvalRoutes,
  askForApproval,
  forgetForms,
  forgetPeopleJob,
  forgettingReactions,
} from './features/combined-actions/index.ts'
import { customerRecordRoutes } from './features/customer-records/index.ts'
import { deskPages, liveQueue, liveTeam, liveTicket, teamPart } from './features/desk/index.ts'
import {
  answerPart,
  draftFollowers,
  draftJobs,
  draftPages,
  draftReactions,
  draftRoutes,
  thanksPart,
} from './features/drafts/index.ts'
import { fieldFollowers } from './features/fields/index.ts'
import { fileJobs, filePages, fileRoutes } from './features/files/index.ts'
import { financeJobs, financePages, financeReactions, financeRoutes } from './features/finance/index.ts'
import { giftCardJobs, giftCardPages, giftCardReactions, giftCardRoutes } from './features/gift-cards/index.ts'
import {
  handoverFollowers,
  handoverPages,
  handoverReactions,
  handoverRoutes,
  settleLeft,
} from './features/handover/index.ts'
import {
  certificatePages,
  certificateRoutes,
  cutOverPages,
  cutOverPart,
  cutOverRoutes,
  gmailQueueFollower,
  gmailQueuePages,
  gmailQueueRoutes,
  ignoredPages,
  ignoringPart,
  ignoringRoutes,
  inboxesForm,
  inboxesPage,
  intakeJobs,
  intakeReactions,
  intakeRoutes,
  mailboxesPage,
  mailPart,
  mailRulePages,
  mailRuleRoutes,
  openMailRoutes,
  quarantinePages,
  quarantineRoutes,
  readingForm,
  readingPage,
  shadowHomePart,
  sharedLoginPart,
  spamPages,
  spamRoutes,
  unansweredFollower,
  undeliveredPart,
  undeliveredRoutes,
  unreadPart,
} from './features/intake/index.ts'

import {
  assignmentFollower,
  claimNotices,
  digestAtLogIn,
  leadNotices,
  mentionNotice,
  noticeJobs,
  noticeLeavers,
  noticePages,
  noticeReactions,
  noticeRoutes,
  returnedNotice,
  shiftNotices,
  slaNotices,
  webhookNotices,
} from './features/notices/index.ts'
import {
  loadJob,
  loadReactions,
  orderJobs,
  orderReactions,
  webhookJobs,
  webhookReactions,
} from './features/orders/index.ts'
import {
  type HomePart,
  laterPart,
  queueJobs,
  queuePages,
  queueRoutes,
  snoozeFollowers,
} from './features/queues/index.ts'
import { retentionJobs, retentionPages, retentionRoutes } from './features/retention/index.ts'
import { ruleFollower, ruleJobs, rulePages, ruleReactions, ruleRoutes } from './features/rules/index.ts'
import { checkSaid, sayingFollowers, sayingPart, sayingRoutes } from './features/saying/index.ts'
import { fillSearchJob, searchFollowers, searchReactions, searchRoutes } from './features/search/index.ts'
import {
  homePage,
  type LivePart,
  type Page,
  settingPages,
  settingsJobs,
  settingsPage,
  settingsReactions,
  settingsRoutes,
} from './features/settings/index.ts'
import { shopsJobs } from './features/shops/index.ts'
import { slaFollowers, slaJobs, slaPages, slaPart, slaRoutes } from './features/sla/index.ts'
import { taskFollowers, taskRoutes, tasksPart, tellJob } from './features/tasks/index.ts'
import { threadingFollowers, threadingPages, threadingPart, threadingRoutes } from './features/threading/index.ts'
import {
  type CardPart,
  contactRoutes,
  contactsPart,
  fieldPages,
  fieldRoutes,
  fieldsPart,
  mentionFollower,
  mentionsPart,
  mergingPart,
  mergingRoutes,
  ticketFieldRoutes,
  ticketJobs,
  ticketReactions,
  ticketRoutes,
} from './features/tickets/index.ts'
import { begin, triagePages, triagePart, triageRoutes } from './features/triage/index.ts'
import { wallboardLiveParts, wallboardPages, wallboardRoutes } from './features/wallboard/index.ts'
import { deliveryJobs, webhookFollowers, webhookPages, webhookRoutes } from './features/webhooks/index.ts'
import {
  closeForgotten,
  leavingFollower,
  planEndFollower,
  shiftJobs,
  shiftRoutes,
  startReaction,
  workforcePages,
  workforceRoutes,
  workLive,
} from './features/workforce/index.ts'
import type { Reaction } from './platform/events.ts'
import type { Follower } from './platform/followers.ts'
import type { Work } from './platform/jobs.ts'
import type { Route } from './platform/route.ts'

/** Every route of every feature: the whole API. */
export const routes: readonly Route<Ctx>[] = [
  ...ticketRoutes,
  ...mergingRoutes,
  ...threadingRoutes,
  ...contactRoutes,
  ...ticketFieldRoutes,
  ...fieldRoutes,
  ...taskRoutes,
  ...customerRecordRoutes,
  ...queueRoutes,
  ...draftRoutes,
  ...sayingRoutes,
  ...settingsRoutes,
  ...intakeRoutes,
  ...ignoringRoutes,
  ...cutOverRoutes,
  ...mailRuleRoutes,
  ...undeliveredRoutes,
  ...spamRoutes,
  ...openMailRoutes,
  ...certificateRoutes,
  ...quarantineRoutes,
  ...giftCardRoutes,
  ...financeRoutes,
  ...actionRoutes,
  ...actionRuleRoutes,
  ...approvalRoutes,
  ...webhookRoutes,
  ...claimRoutes,
  ...slaRoutes,
  ...assignmentRoutes,
  ...searchRoutes,
  ...ruleRoutes,
  ...triageRoutes,
  ...workforceRoutes,
  ...shiftRoutes,
  ...handoverRoutes,
  ...wallboardRoutes,
  ...noticeRoutes,
  ...retentionRoutes,
  ...fileRoutes,
  ...gmailQueueRoutes,
  ...analyticsRoutes,
]

/** Every page that people sign in to, in the order of the menu: what is needed all day stands first. */
export const pages: readonly Page[] = [
  homePage,
  ...deskPages(() => routes),
  ...workforcePages,
  ...handoverPages,
  ...wallboardPages,
  ...analyticsPages,
  ...noticePages,
  ...actionPages,
  ...financePages,
  ...giftCardPages,
  settingsPage(() => pages),
  ...assignmentPages,
  ...slaPages,
  ...rulePages,
  ...triagePages,
  ...queuePages,
  ...threadingPages,
  ...draftPages,
  ...settingPages,
  inboxesPage,
  inboxesForm,
  readingPage,
  readingForm,
  mailboxesPage,
  ...cutOverPages,
  ...filePages,
  ...gmailQueuePages,
  ...fieldPages,
  ...webhookPages,
  ...retentionPages,
  ...ignoredPages, // its addresses stand below those of the rules
  ...mailRulePages,
  ...spamPages,
  ...certificatePages,
  ...quarantinePages,
]

/** Parts of pages that change while somebody looks. */
export const liveParts: readonly LivePart[] = [
  ...wallboardLiveParts,
  ...analyticsLiveParts,
  liveTicket,
  liveQueue,
  liveTeam,
  workLive,
]

/** Who reacts to what. */
export const reactions: readonly Reaction<Ctx>[] = [
  ...settingsReactions,
  ...ticketReactions,
  ...draftReactions,
  ...intakeReactions,
  ...orderReactions,
  ...loadReactions,
  ...webhookReactions,
  ...giftCardReactions,
  ...forgettingReactions,
  ...financeReactions,
  logEnded,
  ...approvalReactions,
  ...noticeReactions,
  ...slaNotices,
  ...webhookNotices,
  ...claimNotices,
  ...searchReactions,
  mentionNotice,
  startReaction,
  ...leadNotices,
  returnedNotice,
  ...shiftNotices,
  ...handoverReactions,
  digestAtLogIn,
  ...ruleReactions,
]

/** What is written in one transaction with what happened elsewhere. */
export const followers: readonly Follower<Ctx>[] = [
  ...slaFollowers,
  leavingFollower, // before their claims end: what they are on is left behind
  ...handoverFollowers,
  ...claimFollowers,
  planEndFollower,
  ...draftFollowers,
  ...sayingFollowers,
  ...webhookFollowers,
  unansweredFollower,
  ...assignmentFollowers,
  ...snoozeFollowers,
  ...fieldFollowers,
  ...taskFollowers,
  ...searchFollowers,
  ...threadingFollowers,
  mentionFollower,
  assignmentFollower,
  noticeLeavers,
  gmailQueueFollower,
  ruleFollower,
]

/** What features add to the card of a ticket, from top to bottom. */
export const cardParts: readonly CardPart[] = [
  cutOverPart,
  mentionsPart,
  mergingPart,
  threadingPart,
  contactsPart,
  fieldsPart,
  undeliveredPart,
  thanksPart,
  sayingPart,
  triagePart,
  slaPart,
  claimPart,
  assignmentPart,
  answerPart,
  tasksPart,
  laterPart,
  ignoringPart,
  mailPart,
]

/** What features add to the homepage. */
export const homeParts: readonly HomePart[] = [shadowHomePart, sharedLoginPart, unreadPart, teamPart]

/** How a ticket of a customer's mail begins. */
export { begin }

/** Everything the worker can do. */
export const jobs: readonly Work<Ctx>[] = [
  ...reactions.map(({ job }) => job),
  ...settingsJobs,
  ...ticketJobs,
  ...queueJobs,
  endClaims,
  ...slaJobs,
  ...assignmentJobs,
  ...shopsJobs,
  ...orderJobs,
  loadJob,
  ...webhookJobs,
  ...giftCardJobs,
  forgetPeopleJob,
  fillSearchJob,
  ...actionJobs,
  ...intakeJobs,
  ...fileJobs,
  ...draftJobs,
  checkSaid,
  ...financeJobs,
  forgetNotes,
  ...insightJobs,
  ...reportMailJobs,
  ...sheetsLogJobs,
  askForApproval,
  forgetForms,
  tellJob,
  ...noticeJobs,
  ...deliveryJobs,
  ...ruleJobs,
  ...retentionJobs,
  closeForgotten,
  ...shiftJobs,
  settleLeft,
]
