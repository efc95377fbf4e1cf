import {
  DIMENSIONS,
  type Dimension,
  type Figure,
  type FigureQuestion,
  type FigureScope,
  type Freshness,
} from '../../../../shared/analytics.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'
import { metricOf } from '../metrics/index.ts'
import { type Metric, viewOfMetric } from '../metrics/metric.ts'
import { freshnessIn } from '../reading/freshness.ts'
import type { Ask } from '../reading/readers.ts'
import { eachInTurn } from './in-turn.ts'
import { keysAmong, type Labels, labelsOf } from './labels.ts'
import { figureRows, type Made, NOT_BEGUN_WORDS, NOTHING_MADE } from './making.ts'
import { stretchOf } from './periods.ts'
import { type Asked, statementOf } from './statements.ts'

/** One figure, as every place shows it. @throws DeskError not_found, invalid_request, unavailable */
export async function figureOf(ctx: Ctx, workspaceId: string, question: FigureQuestion): Promise<Figure> {
  const [figure] = await figuresOf(ctx, workspaceId, [question])
  if (!figure) throw new Error('A question has an answer')
  return figure
}

/**
 * Many figures of one state of the lake, for one place in the line of those who ask.
 * @param only live: without history from before the go-live
 * @throws DeskError not_found, invalid_request, unavailable: for one question as for all
 */
export async function figuresOf(
  ctx: Ctx,
  workspaceId: string,
  questions: readonly FigureQuestion[],
  only?: 'live',
): Promise<Figure[]> {
  const asked = (await askedOf(ctx, workspaceId, questions)).map((one) => ({ ...one, isLive: only === 'live' }))
  const all = (ask: Ask) =>
    Promise.all(
      asked.map(async (one): Promise<Made> => {
        const { sql, values, within } = statementOf(one)
        const made = figureRows(one, await ask(sql, values, within))
        return (await isAwaited(one, made, ask)) ? { ...made, isAwaited: true } : made
      }),
    )
  const made = await ctx.figures.read(workspaceId, all, asked.length === 1)
  const freshness = await freshnessIn(ctx, made !== null)
  const labels = await labelsOf(ctx, workspaceId, keysAmong(asked, made ?? []))
  return eachInTurn(asked, (one, n) => present(one, made?.[n] ?? NOTHING_MADE, freshness, labels))
}

/** Whether there is nothing in a figure because what it is made of was never there. */
async function isAwaited({ metric }: Asked, made: Made, ask: Ask): Promise<boolean> {
  if (!metric.awaits || hasShares(made)) return false
  return (await ask(`select 1 as there from ${metric.awaits.table} limit 1`)).length === 0
}

const hasShares = ({ totals }: Made): boolean => totals.some(({ shares }) => shares > 0)

/** What is asked, when everything about it is known. @throws DeskError for what cannot be asked */
export async function askedOf(
  ctx: Ctx,
  workspaceId: string,
  questions: readonly FigureQuestion[],
  called: (id: string) => Metric = metricOf,
): Promise<Asked[]> {
  const metrics = questions.map((one) => called(one.metric))
  const needsZone = questions.some(({ zone }) => zone === undefined)
  const zone = needsZone ? await inWorkspace(ctx, workspaceId, zoneOf, { reads: true }) : 'UTC'
  return questions.map((question, n) => {
    const metric = metrics[n] as Metric
    const by = [...new Set(question.by)]
    refuseUnknown(metric, by)
    refuseUnknown(
      metric,
      DIMENSIONS.filter((one) => question[one] !== undefined),
    )
    return {
      metric,
      measure: measureOf(metric, question.measure),
      interval: question.interval,
      by,
      filters: question as Partial<FigureScope>,
      stretch: stretchOf({ ...question, zone: question.zone ?? zone }),
      nowAt: ctx.clock.now().getTime(),
    }
  })
}

function refuseUnknown({ name, dimensions }: Metric, wanted: readonly Dimension[]): void {
  const unknown = wanted.find((one) => !dimensions.includes(one))
  if (!unknown) return
  const known = dimensions.length > 0 ? `It knows: ${dimensions.join(', ')}.` : 'It cannot be split.'
  throw new DeskError('invalid_request', `«${name}» has no ${unknown}. ${known}`, {
    fields: [{ path: unknown, message: known }],
  })
}

function measureOf({ name, measures }: Metric, wanted: FigureQuestion['measure']) {
  const measure = wanted ?? measures[0]
  if (measure && measures.includes(measure)) return measure
  throw new DeskError('invalid_request', `«${name}» has no ${wanted}. It has: ${measures.join(', ')}.`, {
    fields: [{ path: 'measure', message: `Choose one of ${measures.join(', ')}.` }],
  })
}

function present(asked: Asked, made: Made, freshness: Freshness, labels: Labels): Figure {
  const { metric, measure, interval, by, stretch } = asked
  const { from, to, zone, fromAt, toAt } = stretch
  const knownUntil = freshness.asOf === null ? Number.POSITIVE_INFINITY : Date.parse(freshness.asOf)
  return {
    metric: viewOfMetric(metric),
    measure,
    period: { from, to, zone, fromAt: iso(fromAt), toAt: iso(toAt) },
    freshness,
    interval,
    by: [...by],
    rows: made.rows.map(({ at, keys, value, ...row }) => ({
      ...row,
      value: row.shares === 0 && at !== null && at > knownUntil ? null : value, // what is still to come is not nothing
      at: interval === 'none' || at === null ? null : iso(at),
      keys: [...keys],
      labels: keys.map((key, n) => labels(by[n] as Dimension, key)),
    })),
    totals: made.totals.map((row) => ({ ...row, at: null, keys: [], labels: [] })),
    note: noteOf(asked, made, freshness),
  }
}

function noteOf({ metric, stretch, nowAt }: Asked, made: Made, { state, words }: Freshness): string | null {
  if (state === 'missing') return words
  if (made.note) return made.note
  if (hasShares(made)) return null
  if (stretch.toAt <= stretch.fromAt) return `The clocks of ${stretch.zone} left this day out.`
  if (nowAt <= stretch.fromAt) return NOT_BEGUN_WORDS
  if (made.isAwaited && metric.awaits) return metric.awaits.words
  return metric.nothing ?? 'There is nothing in this period that fits.'
}

const iso = (at: number) => new Date(at).toISOString()

/** Which state of the lake figures would be made of now; null while there is none. It changes whenever a figure may. */
export const lakeVersion = (ctx: Ctx, workspaceId: string): Promise<string | null> => ctx.figures.version(workspaceId)
