import type { MetricView } from '../../../../shared/analytics.ts'
import { DeskError } from '../../../platform/errors.ts'
import { agentReplies } from './agent-replies.ts'
import { agentSolved } from './agent-solved.ts'
import { backlog } from './backlog.ts'
import { escalationRate } from './escalation-rate.ts'
import { firstResponse } from './first-response.ts'
import { firstResponseOpen } from './first-response-open.ts'
import { handleTime } from './handle-time.ts'
import { type Metric, viewOfMetric } from './metric.ts'
import { newTickets } from './new-tickets.ts'
import { nextResponse } from './next-response.ts'
import { oneTouchRate } from './one-touch-rate.ts'
import { reopenRate } from './reopen-rate.ts'
import { repeatContactRate } from './repeat-contact-rate.ts'
import { resolution } from './resolution.ts'
import { resolutionOpen } from './resolution-open.ts'
import { slaAttainment } from './sla-attainment.ts'
import { slaBreaches } from './sla-breaches.ts'
import { spamShare } from './spam-share.ts'
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
  handleTime,
  agentReplies,
  agentSolved,
]

const byId = new Map(METRICS.map((one) => [one.id, one]))

/** @throws DeskError not_found that names those that there are */
export function metricOf(id: string): Metric {
  const found = byId.get(id)
  if (found) return found
  throw new DeskError('not_found', `There is no figure «${id}». There are: ${[...byId.keys()].join(', ')}.`)
}

export const metricViews = (): MetricView[] => METRICS.map(viewOfMetric)
