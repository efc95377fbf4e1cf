import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { REPORTS } from '../../backend/features/analytics/reports/list.ts'
import { valueWords } from '../../backend/features/analytics/reports/picturing.ts'
import { tablesOf } from '../../backend/features/analytics/reports/report.ts'
import { OF } from '../../backend/features/analytics/reports/table.ts'
import { readCsv } from '../../backend/platform/csv/reading.ts'
import {
  askFigure,
  type Cell,
  type CellKind,
  listMetrics,
  listReports,
  type Report,
  type ReportTable,
  readReport,
  USUAL_ROWS,
} from '../../shared/analytics.ts'
import { placesOf } from '../../shared/money.ts'
import { type Book, cellAt, type Sheet } from '../../workbench/apps-script/spreadsheet/state/book.ts'
import { handLake } from '../support/hand-lake.ts'
import { pageReader, wordsIn } from '../support/page-reader.ts'
import { randomWork, randomWorld } from '../support/random-weeks.ts'
import { type PanelDesk, startPanelDesk } from './support/panel-desk.ts'

/**
 * The same question at every door, and one answer: page, file as CSV and as JSON, API, and a sheet, written by the real bundle into a real
 * grid. The desk has ten weeks behind it, in two currencies, and its clocks go half an hour beside most others.
 */
const ZONE = 'Australia/Darwin'
let desk: PanelDesk
let vera: ReturnType<typeof pageReader>
beforeAll(async () => {
  desk = await startPanelDesk()
  vera = pageReader(desk, 'vera')
  const ada = pageReader(desk, 'ada')
  await ada.open('/settings/workspace')
  await ada.press('Save', { timeZone: ZONE })
  expect(ada.page().path).toBe('/settings/workspace?saved=1')
  const rows = {
    ...randomWorld({ seed: 31, from: daysAgo(70), days: 69, tickets: 320 }),
    ...randomWork({ seed: 32, from: daysAgo(27) }),
  }
  await handLake(desk.ctx.config.lake.dir).write(desk.workspaceId, rows, desk.clock.now().toISOString())
})
afterAll(async () => {
  desk.expectSound()
  await desk.stop()
})

const daysAgo = (days: number) => new Date(desk.clock.now().getTime() - days * 86_400_000).toISOString().slice(0, 10)

type Question = { interval: 'day' | 'week'; filters: Record<string, string> }
const PLAIN: Question = { interval: 'week', filters: {} }
const FILTERED: Question = { interval: 'day', filters: { category: 'order' } }

const period = () => ({ from: daysAgo(24), to: daysAgo(1) })
/** More rows than a table of this world has, but as many as its forecast. */
const ROWS = 5_000

/** As the API is asked. */
const queryOf = ({ interval, filters }: Question) => ({ ...period(), interval, ...filters })
const addressOf = (path: string, question: Question, more: Record<string, string> = {}) =>
  `${path}?${new URLSearchParams({ ...queryOf(question), ...more })}`

const ask = (report: string, question: Question): Promise<Report> =>
  desk.as('vera').call(readReport, { params: { report }, query: { ...queryOf(question), rows: ROWS } as never })

/** What the panel's form holds for the same question. */
const formOf = ({ interval, filters }: Question) => ({
  period: 'own',
  from: { day: period().from },
  to: { day: period().to },
  interval,
  rows: String(ROWS),
  ...Object.fromEntries(Object.entries(filters).map(([name, value]) => [`by-${name}`, value])),
})

let books = 0
async function beside(): Promise<{ book: Book; panel: Awaited<ReturnType<typeof desk.openHomepage>> }> {
  books++
  const book = desk.spreadsheets.add({ id: `book-${books}`, name: 'Figures' })
  return { book, panel: await desk.openHomepage('vera', { hostApp: 'SHEETS', spreadsheet: book.id }) }
}

const sheetOf = ({ sheets }: Book, name: string): Sheet => {
  const found = sheets.find((sheet) => sheet.name === name)
  if (!found) throw new Error(`No sheet ${name} among ${sheets.map((sheet) => sheet.name)}`)
  return found
}

/** A day or an instant as the API has it, of the number that a spreadsheet counts by. */
const momentOf = (days: number, kind: CellKind): string =>
  new Date(Math.round((days - 25_569) * 1_440) * 60_000)
    .toISOString()
    .slice(0, kind === 'date' ? 10 : 16)
    .replace('T', ' ')

/** What a sheet holds of a table: its total in words, names of columns, rows. */
function tableIn(sheet: Sheet, { title, columns, rows }: ReportTable) {
  const at = sheet.rows.findIndex((cells) => cells?.[0]?.value === title && cells[1]?.link) + 1
  if (at === 0) throw new Error(`${sheet.name} has no table ${title}`)
  const row = (offset: number) => columns.map((_, column) => cellAt(sheet, at + offset, column + 1)?.value ?? '')
  const read = (value: unknown, kind: CellKind): Cell => {
    if (value === '') return null
    return (kind === 'date' || kind === 'instant') && typeof value === 'number'
      ? momentOf(value, kind)
      : (value as Cell)
  }
  return {
    total: String(cellAt(sheet, at + 2, 1)?.value ?? ''),
    names: row(3),
    rows: rows.map((_, n) => row(4 + n).map((value, column) => read(value, columns[column]?.kind ?? 'text'))),
    after: rows.length > 0 ? String(cellAt(sheet, at + 4 + rows.length, 1)?.value ?? '') : '',
  }
}

/** The piece of the page that is shown with one figure. */
function shownOf(table: string) {
  const [, section = ''] = vera.page().text.split(`id="figure-${table}"`)
  const own = section.split('</section>')[0] ?? ''
  const rows = [...(/<tbody>([\s\S]*)<\/tbody>/.exec(own)?.[1] ?? '').matchAll(/<tr>([\s\S]*?)<\/tr>/g)]
  return {
    words: wordsIn(own),
    rows: rows.map(([, row = '']) =>
      [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell = '']) => wordsIn(cell)),
    ),
  }
}

const inWords = ({ columns, rows }: ReportTable) =>
  rows.slice(0, USUAL_ROWS).map((row) => columns.map((_, at) => valueWords({ columns }, row, at)))

const fileOf = async (path: string): Promise<string> => {
  const shown = await vera.open(path)
  expect([path, shown.status]).toEqual([path, 200])
  return shown.text.replace(/^\ufeff/, '')
}

/** A cell of a file as it was meant: an apostrophe before a formula's sign keeps a spreadsheet from counting it. */
const meant = (cell: string, kind: CellKind): Cell => {
  if (cell === '') return null
  return ['text', 'date', 'instant', 'link'].includes(kind) ? cell.replace(/^'(?=[=+@-])/, '') : Number(cell)
}

const isTold = ({ rows }: ReportTable) => rows.some((row) => row.some((cell) => typeof cell === 'number' && cell > 0))

/** All doors but the sheet, held against what the API gives. */
async function compareDoors(report: Report, question: Question): Promise<void> {
  const { id } = report.report
  const json = JSON.parse(await fileOf(addressOf(`/reports/${id}/file`, question, { format: 'json' }))) as Report
  expect([id, json.tables]).toEqual([id, report.tables])
  expect([id, json.period, json.filters]).toEqual([id, report.period, report.filters])
  const csv = readCsv(await fileOf(addressOf(`/reports/${id}/file`, question))).map(({ cells }) => cells)
  for (const path of id === 'overview' ? ['/dashboard', '/reports/overview'] : [`/reports/${id}`]) {
    await vera.open(addressOf(path, question))
    for (const table of report.tables) {
      const shown = shownOf(table.id)
      expect([path, table.id, shown.rows]).toEqual([path, table.id, inWords(table)])
      for (const { words } of table.totals) expect(shown.words).toContain(words)
    }
  }
  for (const { id: own, title, columns, rows } of report.tables) {
    if (columns.length === 0) continue
    const at = csv.findIndex(([first, ...others]) => first === title && others.every((cell) => cell === ''))
    const head = csv.findIndex((cells, n) => n > at && cells[0] === named(columns[0]) && cells.length >= columns.length)
    expect([id, own, csv[head]?.slice(0, columns.length)]).toEqual([id, own, columns.map(named)])
    const told = csv.slice(head + 1, head + 1 + rows.length)
    expect([id, own, told.map((cells) => columns.map(({ kind }, n) => meant(cells[n] ?? '', kind)))]).toEqual([
      ...[id, own],
      rows,
    ])
  }
}
const named = (column: ReportTable['columns'][number] | undefined) =>
  column?.kind === 'length' ? `${column.name} ${column.inHours ? '(days of 24 h)' : '(days)'}` : column?.name

function compareSheet(sheet: Sheet, report: Report): void {
  const { from, to, zone } = report.period
  expect(sheet.rows[1]?.[0]?.value).toContain(`${from} to ${to} · ${zone}`)
  if (report.filters !== '') expect(sheet.rows[1]?.[0]?.value).toContain(report.filters)
  for (const table of report.tables) {
    const told = tableIn(sheet, table)
    expect([table.id, told.names]).toEqual([table.id, table.columns.map(({ name }) => name)])
    expect([table.id, told.rows]).toEqual([table.id, table.rows])
    expect([table.id, told.after]).toEqual([table.id, ''])
    for (const { words } of table.totals)
      expect([table.id, told.total]).toEqual([table.id, expect.stringContaining(words)])
  }
}

test.each(REPORTS.map(({ id, name }) => [name, id]))(
  '«%s» is the same on its page, as CSV, as JSON, over the API and in a sheet, filtered and by the day',
  async (name, id) => {
    const report = await ask(id, FILTERED)
    await compareDoors(report, FILTERED)
    const { book, panel } = await beside()
    await panel.press('Insert', { ...formOf(FILTERED), report: id })
    compareSheet(sheetOf(book, name), report)
  },
)

test('every sheet of the pack, each with something in every table, has what every other door has', async () => {
  const { book, panel } = await beside()
  await panel.press('Insert the pack', formOf(PLAIN))
  const { pack } = await desk.as('vera').call(listReports, {})
  expect(book.sheets.map(({ name }) => name).slice(-pack.length)).toEqual(
    pack.map((id) => REPORTS.find((one) => one.id === id)?.name),
  )
  for (const id of pack) {
    const report = await ask(id, PLAIN)
    expect([id, report.period.zone]).toEqual([id, ZONE])
    expect([id, report.tables.filter((table) => !isTold(table)).map((table) => table.id)]).toEqual([id, []])
    await compareDoors(report, PLAIN)
    compareSheet(sheetOf(book, report.report.name), report)
  }
})

/** A cell in the unit of the figure: seconds instead of days, the smallest unit of a currency instead of whole ones. */
function unscaled(value: Cell, kind: CellKind, currency: string | null): unknown {
  if (typeof value !== 'number') return value
  if (kind === 'length') return value * 86_400
  return kind === 'money' && currency ? value * 10 ** placesOf(currency) : value
}
const close = (value: string | number | null) => (typeof value === 'number' ? expect.closeTo(value, 5) : value)

test('every metric is in a report', async () => {
  const { items } = await desk.as('vera').call(listMetrics, {})
  const shown = new Set(REPORTS.flatMap((report) => tablesOf(report).map(({ metric }) => metric)))
  expect(items.filter(({ id }) => !shown.has(id)).map(({ id }) => id)).toEqual([])
})

test('the figure above each table is what the API says of its metric, and what the list of its tickets says', async () => {
  const seen = new Set<string>()
  for (const definition of REPORTS.filter(({ tell }) => !tell)) {
    const { tables } = await ask(definition.id, PLAIN)
    for (const [n, { metric, measure }] of tablesOf(definition).entries()) {
      const totals = tables[n]?.totals ?? []
      const asked = { metric, ...(measure && { measure }), ...period() }
      const figure = await desk.as('vera').call(askFigure, { query: asked })
      const told = new Map(totals.map(({ value, kind, currency }) => [currency, unscaled(value, kind, currency)]))
      expect([metric, told]).toEqual([
        metric,
        new Map(figure.totals.map(({ value, currency }) => [currency, close(value)])),
      ])
      if (seen.has(JSON.stringify(asked))) continue
      seen.add(JSON.stringify(asked))
      await vera.open(`/dashboard/shares?${new URLSearchParams(asked)}`)
      for (const { words } of totals) expect([metric, vera.words()]).toEqual([metric, expect.stringContaining(words)])
    }
  }
  expect(seen.size).toBeGreaterThan(40)
})

test('each row of a table leads to what it is made of, which adds up to it', async () => {
  const led: string[] = []
  for (const { id, tell } of REPORTS) {
    if (tell) continue
    const report = await ask(id, PLAIN)
    for (const table of report.tables) {
      const links = table.rowLinks ?? []
      expect([table.id, links.length]).toEqual([table.id, table.rows.length])
      const values = table.columns.flatMap(({ kind, name }, at) =>
        at > 0 && kind !== 'text' && name !== OF ? [at] : [],
      )
      const linked = links.flatMap((link, n) => (link === null ? [] : [[link, n] as const]))
      for (const [link, n] of new Set([linked[0], linked.at(-1)].filter((one) => one !== undefined))) {
        const shown = await vera.open(link)
        expect([link, shown.status]).toEqual([link, 200])
        expect([link, vera.words()]).toEqual([link, expect.not.stringContaining('There is nothing in this period')])
        const row = table.rows[n] ?? []
        const [at = 1] = values
        if (values.length === 1)
          expect([link, vera.words()]).toEqual([link, expect.stringContaining(valueWords(table, row, at))])
        led.push(link)
      }
    }
  }
  expect(led.length).toBeGreaterThan(60)
})
