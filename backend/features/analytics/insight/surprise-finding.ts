import { type Figure, FigureQuestion } from '../../../../shared/analytics.ts'
import type { Ctx } from '../../../context.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'
import { specialDaysIn } from '../../sla/index.ts'
import { figuresOf } from '../figures/asking.ts'
import { dayAfter, dayOf } from '../figures/zones.ts'
import { type Series, surprises } from './surprises.ts'
import { STRETCH_DAYS, STRETCHES_BEFORE, WATCHED, type Watched } from './watched.ts'

/** A surprise of the seven days that end on a day: more than usual, or less. */
export type FoundSurprise = { watched: Watched; key: string; label: string | null; now: number; usual: number }

/**
 * What came much more often in the last seven whole days than in the weeks before, or all in all much less often where no day of them is
 * special by the business hours; without history from before the go-live: neither a
 * backfill nor the first weeks of a desk are news.
 * @returns null while nothing is known
 */
export async function findSurprises(
  ctx: Ctx,
  workspaceId: string,
): Promise<{ day: string; found: FoundSurprise[] } | null> {
  const { asOf } = await ctx.figures.freshness(ctx.clock.now())
  if (asOf === null) return null
  const { zone, specialOn } = await inWorkspace(
    ctx,
    workspaceId,
    async (tx) => ({ zone: await zoneOf(tx), specialOn: await specialDaysIn(tx) }),
    { reads: true },
  )
  const day = dayAfter(dayOf(zone, Date.parse(asOf)), -1)
  const isUsual = Array.from({ length: STRETCH_DAYS }, (_, n) => dayAfter(day, -n)).every((one) => !specialOn(one))
  const weeks = await wholeWeeks(ctx, workspaceId, zone, day)
  const questions = weeks.flatMap(({ from, to }) =>
    WATCHED.map(({ metric, dimension }) =>
      FigureQuestion.parse({
        metric,
        measure: 'count',
        from,
        to,
        zone,
        ...(dimension !== 'none' && { by: [dimension] }),
      }),
    ),
  )
  if (questions.length === 0) return { day, found: [] }
  const figures = await figuresOf(ctx, workspaceId, questions, 'live')
  const labels = new Map<string, string>()
  const series = WATCHED.flatMap((watched, at) =>
    seriesOf(
      watched,
      weeks.map((_, week) => figures[week * WATCHED.length + at]),
      labels,
    ).map((one) => ({ ...one, fewer: watched.fewer === true && isUsual })),
  )
  const found = surprises(series).flatMap(({ key: name, now, usual }): FoundSurprise[] => {
    const [at, key = ''] = JSON.parse(name) as [number, string]
    const watched = WATCHED[at]
    return watched ? [{ watched, key, label: labels.get(name) ?? null, now, usual }] : []
  })
  return { day, found }
}

/** Stretches of seven days, the newest first: only those in which the desk was at work from the first day on. */
async function wholeWeeks(
  ctx: Ctx,
  workspaceId: string,
  zone: string,
  day: string,
): Promise<{ from: string; to: string }[]> {
  const all = Array.from({ length: STRETCHES_BEFORE + 1 }, (_, n) => ({
    from: dayAfter(day, 1 - STRETCH_DAYS * (n + 1)),
    to: dayAfter(day, -STRETCH_DAYS * n),
  }))
  const from = all.at(-1)?.from ?? day
  const asked = FigureQuestion.parse({ metric: 'new-tickets', interval: 'day', from, to: day, zone })
  const [live] = await figuresOf(ctx, workspaceId, [asked], 'live')
  const first = live?.rows.find(({ value }) => (value ?? 0) > 0)?.at
  if (!first) return []
  const began = dayOf(zone, Date.parse(first))
  return all.filter((week) => week.from >= began)
}

function seriesOf(watched: Watched, weeks: readonly (Figure | undefined)[], labels: Map<string, string>): Series[] {
  const at = WATCHED.indexOf(watched)
  const counts = weeks.map((figure) => {
    const rows = watched.dimension === 'none' ? figure?.totals : figure?.rows
    return new Map(
      (rows ?? []).flatMap(({ keys, labels: [label], value }): [string, number][] => {
        const key = keys[0] ?? 'none'
        const name = JSON.stringify([at, key])
        if (watched.dimension !== 'none' && key === 'none') return [] // what has no value is no reason to look
        if (label !== undefined) labels.set(name, label)
        return [[name, value ?? 0]]
      }),
    )
  })
  const [now, ...before] = counts
  const newestLast = before.toReversed()
  const keys = new Set([...(now?.keys() ?? []), ...(watched.fewer ? before.flatMap((week) => [...week.keys()]) : [])])
  return [...keys].map((key) => ({
    key,
    now: now?.get(key) ?? 0,
    before: newestLast.map((week) => week.get(key) ?? 0),
  }))
}
