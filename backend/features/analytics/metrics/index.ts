import type { MetricView } from '../../../../shared/analytics.ts'
import { DeskError } from '../../../platform/errors.ts'
import { backlog } from './backlog.ts'
import { firstResponse } from './first-response.ts'
import { type Metric, viewOfMetric } from './metric.ts'
import { newTickets } from './new-tickets.ts'
import { volumeIn } from './volume-in.ts'
import { volumeOut } from './volume-out.ts'

/** Every figure that can be asked for, in the order of the page of definitions. */
export const METRICS: readonly Metric[] = [newTickets, volumeIn, volumeOut, backlog, firstResponse]

const byId = new Map(METRICS.map((one) => [one.id, one]))

/** @throws DeskError not_found that names those that there are */
export function metricOf(id: string): Metric {
  const found = byId.get(id)
  if (found) return found
  throw new DeskError('not_found', `There is no figure «${id}». There are: ${[...byId.keys()].join(', ')}.`)
}

export const metricViews = (): MetricView[] => METRICS.map(viewOfMetric)
