import type { FigureScope, Interval } from '../../../../shared/analytics.ts'
import type { Ctx } from '../../../context.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'
import { type Stretch, stretchOf } from '../figures/periods.ts'
import { dayAfter } from '../figures/zones.ts'

type Days = Pick<Stretch, 'from' | 'to'>

/** The period of a question, by the workspace's clocks unless it names others. @throws DeskError invalid_request */
export async function spanOf(ctx: Ctx, workspaceId: string, { from, to, zone }: FigureScope): Promise<Stretch> {
  const known = zone ?? (await inWorkspace(ctx, workspaceId, zoneOf, { reads: true }))
  return stretchOf({ from, to, zone: known })
}

const DAY_MS = 86_400_000

/** How many days it has, by the calendar. */
export const daysIn = ({ from, to }: Days): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1

/** As many days, right before. */
export const spanBefore = (days: Days): Days => ({
  from: dayAfter(days.from, -daysIn(days)),
  to: dayAfter(days.from, -1),
})

/** So long that a picture has room for its points. */
export function usualInterval(span: Days): Interval {
  const days = daysIn(span)
  if (days <= 2) return 'hour'
  if (days <= 31) return 'day'
  return days <= 190 ? 'week' : 'month'
}
