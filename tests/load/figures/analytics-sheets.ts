import { join } from 'node:path'
import pg from 'pg'
import { figureReaders } from '../../../backend/features/analytics/index.ts'
import { overview } from '../../../backend/features/analytics/reports/overview.ts'
import { fillReport } from '../../../backend/features/analytics/reports/reading.ts'
import type { ReportTable } from '../../../shared/analytics.ts'
import { startAddon } from '../../bundle/support/addon.ts'
import { volumeTable } from '../../bundle/support/reports.ts'
import { besideSheet } from '../../bundle/support/sheet-panel.ts'
import { type Figure, figure, quantiles } from '../figure.ts'
import { makeLake } from '../lake/made-lake.ts'
import type { Ground } from '../world/ground.ts'
import { WORLDS } from '../world/world.ts'

const ROWS = 10_000
/** The choice of the form that takes them all. */
const MOST = '20000'
const COLUMNS = 8
const WARM_UP = 2
const COUNT = 10
const TICKETS = 100_000
const HOUR_MS = 3_600_000

/** A report of ten thousand rows: what the backend takes for it, and what the add-on takes to write it into a spreadsheet. */
export async function measureSheets(ground: Ground): Promise<Figure[]> {
  return [...(await inTheBackend(ground)), await inTheRuntime()]
}

/** Each hour of ten thousand is a row of the first table of the overview. */
async function inTheBackend({ ctx: own, folder, database, workspaces }: Ground): Promise<Figure[]> {
  const { id: workspaceId = '' } = workspaces.at(-1) ?? {}
  const dir = join(folder, 'sheets-lake')
  const config = { ...own.config, lake: { ...own.config.lake, dir } }
  const ctx = { ...own, config, figures: figureReaders(config, { log: own.log }) }
  const owner = new pg.Client({ connectionString: database.urls.owner })
  await owner.connect()
  try {
    const { rows } = await owner.query<{ id: string }>('select id::text from desk.staff where workspace_id = $1', [
      workspaceId,
    ])
    const staff = rows.map(({ id }) => id)
    const { openShare, years } = WORLDS.standard
    const lake = await makeLake({ dir, workspaceId, staff, tickets: TICKETS, openShare, years })
    const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
    const [from, to] = [dayOf(lake.spread.nowMs - ROWS * HOUR_MS), dayOf(lake.spread.nowMs)]
    const report = { ...overview, tables: overview.tables.slice(0, 1) }
    const times: number[] = []
    let tables: readonly ReportTable[] = []
    const atRest = process.memoryUsage.rss()
    let [memory, began] = [atRest, process.cpuUsage()]
    for (let number = 0; number < WARM_UP + COUNT; number++) {
      if (number === WARM_UP) began = process.cpuUsage()
      const started = performance.now()
      const filled = await fillReport(ctx, workspaceId, report, { from, to, interval: 'hour', rows: ROWS })
      tables = filled.tables.map(({ table }) => table)
      if (number >= WARM_UP) times.push(performance.now() - started)
      memory = Math.max(memory, process.memoryUsage.rss())
    }
    const { user, system } = process.cpuUsage(began)
    const most = Math.max(...tables.map((table) => table.rows.length))
    if (most !== ROWS) throw new Error(`The longest table of the measured report has ${most} rows`)
    const [p50, p90] = quantiles(times, [0.5, 0.9])
    return [
      figure('report of 10,000 rows in the backend, p50', p50, 'ms', {
        note: `p90 ${p90.toFixed(0)} ms, CPU ${((user + system) / 1_000 / COUNT).toFixed(0)} ms; new tickets by the hour, of ${TICKETS.toLocaleString('en')}`,
      }),
      figure('memory of the process that answers it, most', memory / 1e6, 'MB', {
        note: `${(atRest / 1e6).toFixed(0)} MB before it was asked; a reader's engine may have 384 MB`,
      }),
    ]
  } finally {
    await ctx.figures.close()
    await owner.end()
  }
}

/** The real bundle in the Apps Script runtime, a stand-in backend, and the emulated spreadsheet. */
async function inTheRuntime(): Promise<Figure> {
  const addon = await startAddon()
  try {
    const table = largeTable()
    const times: number[] = []
    for (let number = 0; number < WARM_UP + COUNT; number++) {
      const sheets = await besideSheet(addon, { tablesOf: () => [table] })
      const started = performance.now()
      await sheets.press('Insert', { report: 'overview', rows: MOST })
      await sheets.press('Write it') // so much is written only when somebody says so
      if (number >= WARM_UP) times.push(performance.now() - started)
      const written = sheets.sheetCalled('Overview').rows.filter((row) => row?.[1]?.value !== undefined).length
      if (written < ROWS) throw new Error(`The measured report has ${written} rows: ${sheets.text()}`)
    }
    const [p50, p90] = quantiles(times, [0.5, 0.9])
    return figure(`report of 10,000 rows and ${COLUMNS} columns into a sheet, p50`, p50, 'ms', {
      aim: '< 30,000',
      note: `p90 ${p90.toFixed(0)} ms; bundle in the Apps Script runtime, emulated spreadsheet, two presses; Google ends a call of a card after 30 s`,
    })
  } finally {
    await addon.close()
  }
}

function largeTable(): ReportTable {
  const names = Array.from({ length: COLUMNS - 1 }, (_, column) => ({
    name: `Agent ${column + 1}`,
    kind: 'number' as const,
  }))
  const begin = Date.UTC(2026, 0, 1)
  const rows = Array.from({ length: ROWS }, (_, row) => [
    new Date(begin + row * HOUR_MS).toISOString().slice(0, 16).replace('T', ' '),
    ...names.map((_name, column) => (row * 7 + column) % 100),
  ])
  return volumeTable({ columns: [{ name: 'When', kind: 'instant' }, ...names], rows })
}
