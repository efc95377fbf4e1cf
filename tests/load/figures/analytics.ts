import { join } from 'node:path'
import pg from 'pg'
import type { Ctx } from '../../../backend/context.ts'
import { figureReaders, figuresOf } from '../../../backend/features/analytics/index.ts'
import type { Within } from '../../../backend/features/analytics/reading/views.ts'
import { overview } from '../../../backend/features/analytics/reports/overview.ts'
import { tablesOf } from '../../../backend/features/analytics/reports/report.ts'
import type { FigureQuestion } from '../../../shared/analytics.ts'
import { type Figure, figure, quantiles } from '../figure.ts'
import { type ComparedDesk, fillDesk } from '../lake/desk-in-postgres.ts'
import { ASKED_OF_DESK } from '../lake/desk-rows.ts'
import { type MadeLake, makeLake } from '../lake/made-lake.ts'
import { COMPARED, copyToPostgres, dropSame, SCHEMA } from '../lake/same-in-postgres.ts'
import { startDeskApi } from '../measuring/desk-api.ts'
import { pageHeaders } from '../measuring/page-headers.ts'
import { cpuOf, mostMemoryOf } from '../measuring/processes.ts'
import { ask } from '../measuring/requests.ts'
import type { Ground } from '../world/ground.ts'
import { engage } from '../world/staffing.ts'
import { type Size, WORLDS } from '../world/world.ts'

const COUNT = 30
const COUNT_WHOLE = 12
const COUNT_COMPARED = 7
const WARM_UP = 3
const DAY_MS = 86_400_000
const DAYS = 90
/** The same rows in PostgreSQL take a gigabyte for each million tickets. */
const MOST_COMPARED = 1_000_000

type Measured = { ground: Ground; ctx: Ctx; lake: MadeLake; workspaceId: string; owner: pg.Client }

/** The dashboard of twelve figures, on a lake that is made of as many tickets as the size says, whatever world the ground has; beside PostgreSQL. */
export async function measureAnalytics(ground: Ground, size: Size): Promise<Figure[]> {
  const { id: workspaceId = '' } = ground.workspaces.at(-1) ?? {}
  const tickets = WORLDS[size].measured.at(-1) ?? 0
  const dir = join(ground.folder, 'made-lake')
  const owner = new pg.Client({ connectionString: ground.database.urls.owner })
  await owner.connect()
  const config = { ...ground.ctx.config, lake: { ...ground.ctx.config.lake, dir } }
  const figures = figureReaders(config, { log: ground.ctx.log })
  try {
    const staff = await owner.query<{ id: string }>('select id::text from desk.staff where workspace_id = $1', [
      workspaceId,
    ])
    const people = staff.rows.map(({ id }) => id)
    const { openShare, years } = WORLDS[size]
    const lake = await makeLake({ dir, workspaceId, staff: people, tickets, openShare, years })
    const measured: Measured = { ground, ctx: { ...ground.ctx, config, figures }, lake, workspaceId, owner }
    const aim = tickets > 1_000_000 ? '< 1,000' : '< 300'
    const own = [await dashboard(measured, tickets, aim), await wholeRange(measured, tickets)]
    const page = await dashboardPage(measured, tickets)
    if (tickets > MOST_COMPARED) return [...own, ...page]
    await copyToPostgres(owner, ground.folder, lake.spread, people)
    const made = { workspaceId, spread: lake.spread, staff: people, folder: ground.folder }
    const desk = await fillDesk(ground.database.urls, made)
    try {
      return [...own, ...page, ...(await besidePostgres(measured, desk))]
    } finally {
      await desk.close()
    }
  } finally {
    await figures.close()
    await dropSame(owner)
    await owner.end()
  }
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** What the dashboard asks, without the period before. */
const questions = (from: string, to: string, interval: 'week' | 'month'): FigureQuestion[] =>
  tablesOf(overview).map(({ metric, measure, overTime, by }) => ({
    from,
    to,
    zone: 'Europe/Berlin',
    metric,
    interval: overTime ? interval : 'none',
    by: [...(by ?? [])],
    ...(measure && { measure }),
  }))

async function dashboard(measured: Measured, tickets: number, aim: string): Promise<Figure> {
  const to = measured.lake.spread.nowMs
  const asked = questions(dayOf(to - (DAYS - 1) * DAY_MS), dayOf(to), 'week')
  const { times, cpuMs } = await timesOf(measured, asked, COUNT)
  const [p50, p95] = quantiles(times, [0.5, 0.95])
  const { rows, bytes, parts, seconds } = measured.lake
  return figure(
    `dashboard of ${asked.length} figures, 90 days of ${tickets.toLocaleString('en')} tickets, p50`,
    p50,
    'ms',
    {
      aim,
      note: `p95 ${p95.toFixed(0)} ms, CPU ${cpuMs.toFixed(0)} ms, in process; ${(rows / 1e6).toFixed(1)} million rows in ${parts} parts of ${(bytes / 1e6).toFixed(0)} MB, made in ${seconds.toFixed(0)} s`,
    },
  )
}

async function wholeRange(measured: Measured, tickets: number): Promise<Figure> {
  const { nowMs, years } = measured.lake.spread
  const asked = questions(dayOf(nowMs - years * 365 * DAY_MS), dayOf(nowMs), 'month')
  if (tickets > MOST_COMPARED) return wholeRangeAlone(measured, asked, tickets)
  const { times, cpuMs } = await timesOf(measured, asked, COUNT_WHOLE)
  const [p50, p95] = quantiles(times, [0.5, 0.95])
  return figure(`the same of ${years} years of ${tickets.toLocaleString('en')} tickets, p50`, p50, 'ms', {
    note: `p95 ${p95.toFixed(0)} ms, CPU ${cpuMs.toFixed(0)} ms; slowest: ${slowest(await aloneOf(measured, asked))}`,
  })
}

/** Each by itself and once: all together may take longer than a reading is let. */
async function wholeRangeAlone(measured: Measured, asked: FigureQuestion[], tickets: number): Promise<Figure> {
  const before = process.cpuUsage()
  const alone = await aloneOf(measured, asked)
  const { user, system } = process.cpuUsage(before)
  const sum = alone.reduce((ms, one) => ms + one.ms, 0)
  return figure(
    `${asked.length} figures of ${measured.lake.spread.years} years of ${tickets.toLocaleString('en')} tickets, one after another`,
    sum,
    'ms',
    { note: `CPU ${((user + system) / 1_000).toFixed(0)} ms; slowest: ${slowest(alone)}` },
  )
}

async function timesOf({ ctx, workspaceId }: Measured, asked: FigureQuestion[], count: number) {
  const times: number[] = []
  let began = process.cpuUsage()
  for (let number = 0; number < WARM_UP + count; number++) {
    if (number === WARM_UP) began = process.cpuUsage()
    const started = performance.now()
    const figures = await figuresOf(ctx, workspaceId, asked)
    if (number >= WARM_UP) times.push(performance.now() - started)
    const empty = figures.find(({ totals }) => totals.every(({ shares }) => shares === 0))
    if (empty) throw new Error(`The measured dashboard has nothing in ${empty.metric.name}`)
  }
  const { user, system } = process.cpuUsage(began)
  return { times, cpuMs: (user + system) / 1_000 / count }
}

type Alone = { metric: string; ms: number }

async function aloneOf(measured: Measured, asked: readonly FigureQuestion[]): Promise<Alone[]> {
  const alone: Alone[] = []
  for (const one of asked) {
    const started = performance.now()
    await figuresOf(measured.ctx, measured.workspaceId, [one])
    alone.push({ metric: one.metric, ms: performance.now() - started })
  }
  return alone
}

const slowest = (alone: readonly Alone[]): string =>
  alone
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, 3)
    .map(({ metric, ms }) => `${metric} ${ms.toFixed(0)} ms`)
    .join(', ')

/** Over HTTP, with the period before, charts and the frame. A page that somebody saw is kept, so each asks for other days. */
async function dashboardPage({ ground, lake, workspaceId, owner }: Measured, tickets: number): Promise<Figure[]> {
  const environmentFor: Ground['environmentFor'] = (more) => ({ ...ground.environmentFor(more), LAKE_DIR: lake.dir })
  const supervisor = await engage(owner, workspaceId, 'supervisor')
  const api = await startDeskApi({ ...ground, environmentFor })
  try {
    const headers = await pageHeaders(ground, supervisor)
    const of = (back: number) => {
      const [from, to] = [back + DAYS - 1, back].map((days) => dayOf(lake.spread.nowMs - days * DAY_MS))
      return `${api.url}/dashboard?from=${from}&to=${to}`
    }
    await refuseEmpty(of(0), headers)
    const atRest = mostMemoryOf(api.pid)
    await ask({ mode: 'closed', urls: Array.from({ length: WARM_UP }, (_, n) => of(100 + n)), headers, count: WARM_UP })
    const urls = Array.from({ length: COUNT }, (_, n) => of(n + 1))
    const before = cpuOf(api.pid)
    const [p50, p95] = quantiles(await ask({ mode: 'closed', urls, headers, count: COUNT }), [0.5, 0.95])
    const cpuMs = (cpuOf(api.pid) - before) / COUNT
    const [again] = quantiles(await ask({ mode: 'closed', urls: [of(COUNT)], headers, count: 100 }), [0.5])
    return [
      figure(
        `dashboard page over HTTP, ${tickets.toLocaleString('en')} tickets, 90 days and those before, p50`,
        p50,
        'ms',
        {
          note: `p95 ${p95.toFixed(0)} ms, CPU ${cpuMs.toFixed(0)} ms; 24 figures and 12 charts; ${again.toFixed(1)} ms when it was seen since the last pull`,
        },
      ),
      figure('memory of the API, most', mostMemoryOf(api.pid) / 1e6, 'MB', {
        note: `${(atRest / 1e6).toFixed(0)} MB after the first dashboard; a reader's engine may have 384 MB`,
      }),
    ]
  } finally {
    await api.stop()
    await supervisor.leave()
  }
}

async function refuseEmpty(url: string, headers: Record<string, string>): Promise<void> {
  const response = await fetch(url, { headers })
  const text = await response.text()
  const charts = text.match(/<svg/g)?.length ?? 0
  if (response.status !== 200 || charts < 12)
    throw new Error(`The measured dashboard is not whole: ${response.status} with ${charts} charts`)
}

/**
 * The same statements on the same rows, which all have read before: in tables and with indexes that were made for these statements, and in
 * those that a desk without a lake would have.
 */
async function besidePostgres({ ctx, workspaceId, owner, lake }: Measured, desk: ComparedDesk): Promise<Figure[]> {
  const { nowMs, years } = lake.spread
  await owner.query(`set search_path to ${SCHEMA}`)
  const figures: Figure[] = []
  for (const [name, { sqlOf, reads }] of Object.entries(COMPARED))
    for (const days of [DAYS, years * 365]) {
      const since = dayOf(nowMs - days * DAY_MS)
      const sql = sqlOf(`timestamp '${since}'`)
      const within = { reads, fromAt: Date.parse(since), toAt: Number.MAX_SAFE_INTEGER }
      const duck = await medianOf(() => inLake(ctx, workspaceId, sql, within))
      const other = await medianOf(async () => answerOf((await owner.query(sql)).rows))
      const asked = ASKED_OF_DESK[name]?.(`timestamptz '${since}T00:00Z'`) ?? ''
      const own = await medianOf(async () => answerOf((await desk.client.query(asked)).rows), ONCE)
      for (const [where, { answer }] of Object.entries({ 'tables made for it': other, 'the desk': own }))
        if (answer !== duck.answer) throw new Error(`${name}: ${duck.answer} in the lake, ${answer} in ${where}`)
      const inMs = (ms: number) => `${ms.toFixed(1)} ms`
      figures.push(
        figure(`${name}, ${days} days: PostgreSQL to the lake`, other.ms / duck.ms, 'times', {
          aim: '>= 10',
          note: `${inMs(duck.ms)} in the lake, ${inMs(other.ms)} in PostgreSQL in narrow tables with indexes for it alone`,
        }),
        figure(`${name}, ${days} days: the desk's own tables to the lake`, own.ms / duck.ms, 'times', {
          note: `${inMs(own.ms)} in PostgreSQL with the tables, indexes and row-level security of a desk, ${(desk.bytes / 1e9).toFixed(1)} GB`,
        }),
      )
    }
  await owner.query('reset search_path')
  return figures
}

/** As a question of one figure is asked. */
const inLake = (ctx: Ctx, workspaceId: string, sql: string, within: Within) =>
  ctx.figures.read(workspaceId, async (query) => answerOf(await query(sql, {}, within)), true)

/** How many rows there are, and what their figures sum up to. */
function answerOf(rows: readonly Record<string, unknown>[]): string {
  const sum = rows.reduce((all, { n }) => all + Number(n), 0)
  return `${rows.length} rows of ${sum.toFixed(3)}`
}

/** A statement that takes a second need not be asked ten times. */
const ONCE = { warmUp: 1, count: 3 }

async function medianOf(
  run: () => Promise<string | null>,
  { warmUp, count } = { warmUp: WARM_UP, count: COUNT_COMPARED },
) {
  const times: number[] = []
  let answer: string | null = null
  for (let number = 0; number < warmUp + count; number++) {
    const started = performance.now()
    answer = await run()
    if (number >= warmUp) times.push(performance.now() - started)
  }
  return { answer, ms: quantiles(times, [0.5])[0] }
}
