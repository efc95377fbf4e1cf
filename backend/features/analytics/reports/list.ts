import { DeskError } from '../../../platform/errors.ts'
import { agents } from './agents.ts'
import { backlog } from './backlog.ts'
import { compensation } from './compensation.ts'
import { forecast } from './forecast.ts'
import { overview } from './overview.ts'
import { quality } from './quality.ts'
import { reasons } from './reasons.ts'
import type { ReportDefinition } from './report.ts'
import { sla } from './sla.ts'
import { volume } from './volume.ts'

/** Every report, in the order of its page. */
export const REPORTS: readonly ReportDefinition[] = [
  overview,
  volume,
  backlog,
  sla,
  agents,
  quality,
  reasons,
  compensation,
  forecast,
]

/** @throws DeskError not_found that names those that there are */
export function reportCalled(id: string): ReportDefinition {
  const found = REPORTS.find((one) => one.id === id)
  if (found) return found
  throw new DeskError('not_found', `There is no report «${id}». There are: ${REPORTS.map((one) => one.id).join(', ')}.`)
}
