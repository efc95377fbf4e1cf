import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { csvPieces } from '../../backend/features/analytics/export/report-file.ts'
import { reportMail } from '../../backend/features/analytics/mails/composing.ts'
import { readCsv } from '../../backend/platform/csv/reading.ts'
import { type Report, readReport } from '../../shared/analytics.ts'
import { startFigureDesk, ticketRow } from '../support/figure-desk.ts'
import { pageReader } from '../support/page-reader.ts'

/** A month and a half from a Wednesday to a Friday: its first and its last week are cut. */
const PERIOD = { from: '2026-09-30', to: '2026-11-06' }
const WORDS =
  'Not whole: the week with 30 Sept 2026, because the period begins in it; the week with 2 Nov 2026, because the period ends in it.'

let desk: Awaited<ReturnType<typeof startFigureDesk>>
let report: Report
beforeAll(async () => {
  desk = await startFigureDesk()
  await desk.write({
    ticket: [ticketRow(1, '2026-09-30 09:00'), ticketRow(2, '2026-10-14 09:00'), ticketRow(3, '2026-11-03 09:00')],
  })
  report = await desk.as('vera').call(readReport, { params: { report: 'volume' }, query: PERIOD as never })
})
afterAll(() => desk.stop())

const over = () => report.tables.filter(({ partial }) => partial)

test('weeks that are not whole are told in the same words over the API, on the page, in a file and in a mail', async () => {
  expect(over().length).toBeGreaterThan(0)
  expect(over().map(({ partialWords }) => partialWords)).toEqual(over().map(() => WORDS))
  const vera = pageReader(desk, 'vera')
  for (const path of ['/reports/volume', '/dashboard']) {
    await vera.open(`${path}?${new URLSearchParams(PERIOD)}`)
    expect(vera.words()).toContain(`${WORDS} Drawn faint.`)
  }
  expect([...csvPieces(report, false)].join('')).toContain(`"${WORDS}"`)
  const { text, html = '' } = await reportMail(desk.ctx, desk.workspaceId, 'volume', PERIOD)
  expect(text.split(WORDS)).toHaveLength(over().length + 1)
  expect(html.split(`${WORDS} Drawn faint.`).length).toBeGreaterThan(1)
})

test('a file says of each week whether it is whole, and nothing of what does not add up', () => {
  const own = report.tables.find(({ partial, columns }) => partial && columns.length === 2)
  if (!own) throw new Error('There is no table of one figure over time')
  const [head, ...rows] = readCsv([...csvPieces({ ...report, tables: [own] }, true)].join('')).map(({ cells }) => cells)
  expect(head?.at(-1)).toBe('Whole')
  expect(rows.map(([week, , whole]) => [week, whole])).toEqual([
    ['2026-09-30', 'no'],
    ['2026-10-05', 'yes'],
    ['2026-10-12', 'yes'],
    ['2026-10-19', 'yes'],
    ['2026-10-26', 'yes'],
    ['2026-11-02', 'no'],
  ])
  for (const table of report.tables.filter(({ partial }) => !partial))
    expect([...csvPieces({ ...report, tables: [table] }, true)].join('')).not.toContain('Whole')
})
