import type { Freshness, Report, ReportReading } from '../../../../shared/analytics.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { freshnessIn } from '../reading/freshness.ts'
import { reportOf } from './reading.ts'

type Read = { report: Report | null; problem: string | null }

/**
 * Several reports in one call, one after another, so that they never take more than one place among those who ask. One that cannot be read
 * says why; what stops them all, such as a desk that is asked too much, stops the call.
 * @throws DeskError
 */
export async function reportsOf(
  ctx: Ctx,
  workspaceId: string,
  readings: readonly ReportReading[],
): Promise<{ items: Read[]; freshness: Freshness }> {
  const items: Read[] = []
  for (const { report, ...scope } of readings) items.push(await readOr(() => reportOf(ctx, workspaceId, report, scope)))
  return { items, freshness: items.find((one) => one.report)?.report?.freshness ?? (await freshnessIn(ctx, true)) }
}

/** These are about one reading: it names a report that is gone, or asks for what makes no sense any more. */
const OF_ONE: readonly string[] = ['not_found', 'invalid_request']

async function readOr(read: () => Promise<Report>): Promise<Read> {
  try {
    return { report: await read(), problem: null }
  } catch (error) {
    if (!(error instanceof DeskError) || !OF_ONE.includes(error.code)) throw error
    return { report: null, problem: error.message }
  }
}
