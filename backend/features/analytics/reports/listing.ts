import type { z } from 'zod'
import type { listReports } from '../../../../shared/analytics.ts'
import type { Ctx } from '../../../context.ts'
import { freshnessIn } from '../reading/freshness.ts'
import { filterChoices } from './choices.ts'
import { REPORTS } from './list.ts'
import { viewOfReport } from './report.ts'

/** What a supervisor takes to a meeting, in this order. */
const PACK = ['overview', 'sla', 'agents', 'reasons', 'compensation', 'forecast']

/** Every report with what it can be filtered by. */
export async function listedReports(ctx: Ctx, workspaceId: string): Promise<z.input<typeof listReports.reply>> {
  const items = REPORTS.map(viewOfReport)
  return {
    items,
    freshness: await freshnessIn(ctx, true),
    pack: PACK.filter((id) => items.some((one) => one.id === id)),
    filters: (await filterChoices(ctx, workspaceId)).map((filter) => ({ ...filter, choices: [...filter.choices] })),
  }
}
