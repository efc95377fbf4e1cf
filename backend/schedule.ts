import { forgetNotes, insightSchedule, reportMailSchedule, sheetsLogSchedule } from './features/analytics/index.ts'
import { giveWaiting, giving } from './features/assignment/index.ts'
import { endClaims, withClaims } from './features/claims/index.ts'
import { actionSchedule, forgetForms } from './features/combined-actions/index.ts'
import { forgetBrakes, resumeRepliesJob, tidied, tidyTickets } from './features/drafts/index.ts'
import { fileSchedule } from './features/files/index.ts'
import { financeSchedule } from './features/finance/index.ts'
import { giftCardSchedule } from './features/gift-cards/index.ts'
import { settleLeft, withLeft } from './features/handover/index.ts'
import { intakeSchedule } from './features/intake/index.ts'
import { noticeSchedule } from './features/notices/index.ts'
import { orderSchedule, webhookSchedule } from './features/orders/index.ts'
import { retentionSchedule } from './features/retention/index.ts'
import { ruleSchedule } from './features/rules/index.ts'
import { searchSchedule } from './features/search/index.ts'
import {
  forgetJobQueues,
  forgetKeys,
  forgetSessions,
  forgetSupersededJobs,
  forgetWithheldActs,
  makePartitions,
} from './features/settings/index.ts'
import { shopsSchedule } from './features/shops/index.ts'
import { slaSchedule } from './features/sla/index.ts'
import { forgetDeliveries, resumeDeliveries, withWebhooks } from './features/webhooks/index.ts'
import { atWork, closeForgotten, endOffers, planAhead, withOffers } from './features/workforce/index.ts'
import { withUndecided } from './platform/journal.ts'
import { daily, every, type Recurring } from './platform/schedule.ts'

/** All recurring work on one page. Times are UTC. */
export const schedule: readonly Recurring[] = [
  ...intakeSchedule,
  ...fileSchedule,
  ...shopsSchedule,
  ...orderSchedule,
  ...webhookSchedule,
  ...giftCardSchedule,
  ...actionSchedule,
  ...slaSchedule,
  ...searchSchedule,
  every('5 minutes', resumeRepliesJob, withUndecided),
  every('1 hour', tidyTickets, tidied),
  ...noticeSchedule,
  every('5 minutes', resumeDeliveries, withWebhooks),
  every('5 minutes', endClaims, withClaims),
  every('1 minute', giveWaiting, giving),
  every('1 minute', closeForgotten, atWork),
  every('5 minutes', endOffers, withOffers),
  every('1 hour', settleLeft, withLeft),
  ...financeSchedule,
  ...insightSchedule,
  ...reportMailSchedule,
  ...sheetsLogSchedule,
  ...ruleSchedule,
  ...retentionSchedule,
  daily('02:40', planAhead),
  daily('03:10', forgetKeys),
  daily('03:15', forgetSessions),
  daily('03:18', forgetWithheldActs),
  daily('03:20', makePartitions),
  daily('03:25', forgetForms),
  daily('03:30', forgetSupersededJobs),
  every('5 minutes', forgetJobQueues),
  daily('03:35', forgetDeliveries),
  daily('03:40', forgetNotes),
  daily('03:45', forgetBrakes),
]
