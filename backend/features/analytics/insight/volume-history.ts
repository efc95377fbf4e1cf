import { FigureQuestion, type FigureScope, type Freshness } from '../../../../shared/analytics.ts'
import type { Ctx } from '../../../context.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'
import { specialDaysIn } from '../../sla/index.ts'
import { figuresOf } from '../figures/asking.ts'
import { dayAfter, dayOf } from '../figures/zones.ts'
import type { Day } from './forecasting.ts'

/** A forecast is of the figure that people know as new tickets: one of them is one piece of work, however many mails it has. */
export const FORECAST_METRIC = 'new-tickets'

/** Three years: two for the season of the year, and one in which it may have changed. */
const MOST_DAYS = 3 * 365
/** The hours of a weekday are those of the last eight weeks. */
export const PROFILE_DAYS = 8 * 7

/** How often tickets began on each clock hour of each weekday: `1 9` is Monday, nine o'clock. */
export type HourProfile = ReadonlyMap<string, number>

/** What is known of a desk's volume. `days` begin with the first ticket and end with the last whole day. */
export type VolumeHistory = {
  freshness: Freshness
  zone: string
  days: (Day & { day: string; name: string | null })[]
  profile: HourProfile
  specialOn(day: string): string | null
  /** The first day of which not everything is known: with it the forecast begins. */
  next: string
}

export type VolumeFilters = Omit<FigureScope, 'from' | 'to' | 'zone'>

/** @param filters of the figure: a forecast of one category is made of its own past */
export async function volumeHistory(
  ctx: Ctx,
  workspaceId: string,
  filters: VolumeFilters = {},
): Promise<VolumeHistory> {
  const { zone, specialOn } = await inWorkspace(
    ctx,
    workspaceId,
    async (tx) => ({ zone: await zoneOf(tx), specialOn: await specialDaysIn(tx) }),
    { reads: true },
  )
  const { asOf } = await ctx.figures.freshness(ctx.clock.now())
  const next = dayOf(zone, asOf === null ? ctx.clock.now().getTime() : Date.parse(asOf))
  const last = dayAfter(next, -1)
  const asked = (more: object) => FigureQuestion.parse({ ...filters, metric: FORECAST_METRIC, zone, to: last, ...more })
  const [byDay, byHour] = await figuresOf(ctx, workspaceId, [
    asked({ from: dayAfter(last, 1 - MOST_DAYS), interval: 'day' }),
    asked({ from: dayAfter(last, 1 - PROFILE_DAYS), by: ['weekday', 'hour'] }),
  ])
  if (!byDay || !byHour) throw new Error('Two questions have two answers')
  const counts = byDay.rows.map(({ at, value }) => ({ day: dayOf(zone, Date.parse(at ?? '')), count: value ?? 0 }))
  const began = counts.findIndex(({ count }) => count > 0)
  return {
    freshness: byDay.freshness,
    zone,
    days: (began < 0 ? [] : counts.slice(began)).map(({ day, count }) => {
      const name = specialOn(day)
      return { day, count, name, special: name !== null }
    }),
    profile: new Map(byHour.rows.map(({ keys, value }) => [keys.join(' '), value ?? 0])),
    specialOn,
    next,
  }
}
