import type { MetricView } from '../../../../shared/analytics.ts'
import { DeskError } from '../../../platform/errors.ts'
import { actionLines } from './action-lines.ts'
import { actionSteps } from './action-steps.ts'
import { actionTime } from './action-time.ts'
import { actionValue } from './action-value.ts'
import { actions } from './actions.ts'
import { actionsOpen } from './actions-open.ts'
import { actionsParked } from './actions-parked.ts'
import { adherence } from './adherence.ts'
import { agentReplies } from './agent-replies.ts'
import { agentSolved } from './agent-solved.ts'
import { approvalTime } from './approval-time.ts'
import { approvals } from './approvals.ts'
import { backlog } from './backlog.ts'
import { breaks } from './breaks.ts'
import { breaksOver } from './breaks-over.ts'
import { compensation } from './compensation.ts'
import { compensationLines } from './compensation-lines.ts'
import { csat } from './csat.ts'
import { csatAnswerRate } from './csat-answer-rate.ts'
import { escalationRate } from './escalation-rate.ts'
import { firstResponse } from './first-response.ts'
import { firstResponseOpen } from './first-response-open.ts'
import { giftCardsIssued } from './gift-cards-issued.ts'
import { giftCardsOutstanding } from './gift-cards-outstanding.ts'
import { giftCardsRedeemed } from './gift-cards-redeemed.ts'
import { handleTime } from './handle-time.ts'
import { type Metric, viewOfMetric } from './metric.ts'
import { newTickets } from './new-tickets.ts'
import { nextResponse } from './next-response.ts'
import { oneTouchRate } from './one-touch-rate.ts'
import { painPoints } from './pain-points.ts'
import { reopenRate } from './reopen-rate.ts'
import { repeatContactRate } from './repeat-contact-rate.ts'
import { resolution } from './resolution.ts'
import { resolutionOpen } from './resolution-open.ts'
import { slaAttainment } from './sla-attainment.ts'
import { slaBreaches } from './sla-breaches.ts'
import { solvedPerHour } from './solved-per-hour.ts'
import { spamShare } from './spam-share.ts'
import { timeAtWork } from './time-at-work.ts'
import { volumeIn } from './volume-in.ts'
import { volumeOut } from './volume-out.ts'

/** Every figure that can be asked for, in the order of the page of definitions. */
export const METRICS: readonly Metric[] = [
  newTickets,
  volumeIn,
  volumeOut,
  backlog,
  spamShare,
  firstResponse,
  firstResponseOpen,
  nextResponse,
  resolution,
  resolutionOpen,
  slaAttainment,
  slaBreaches,
  reopenRate,
  oneTouchRate,
  escalationRate,
  repeatContactRate,
  csat,
  csatAnswerRate,
  painPoints,
  handleTime,
  agentReplies,
  agentSolved,
  solvedPerHour,
  timeAtWork,
  adherence,
  breaks,
  breaksOver,
  actions,
  actionValue,
  actionTime,
  actionSteps,
  actionLines,
  actionsOpen,
  actionsParked,
  approvals,
  approvalTime,
  compensation,
  compensationLines,
  giftCardsIssued,
  giftCardsRedeemed,
  giftCardsOutstanding,
]

const byId = new Map(METRICS.map((one) => [one.id, one]))

/** @throws DeskError not_found that names those that there are */
export function metricOf(id: string): Metric {
  const found = byId.get(id)
  if (found) return found
  throw new DeskError('not_found', `There is no figure «${id}». There are: ${[...byId.keys()].join(', ')}.`)
}

export const metricViews = (): MetricView[] => METRICS.map(viewOfMetric)
