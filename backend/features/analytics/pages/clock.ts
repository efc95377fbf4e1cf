import type { Ctx } from '../../../context.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'

/** The clocks of a workspace, and its today (YYYY-MM-DD). */
export const clockOf = (ctx: Ctx, workspaceId: string): Promise<{ zone: string; today: string }> =>
  inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const zone = await zoneOf(tx)
      return { zone, today: dayIn(zone, tx.now) }
    },
    { reads: true },
  )
