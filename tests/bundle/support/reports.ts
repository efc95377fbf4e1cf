import type { z } from 'zod'
import type { listReports, Report, ReportReading, ReportTable, readReports } from '../../../shared/analytics.ts'

const FRESH = {
  state: 'fresh',
  asOf: '2026-11-20T10:04:00.000Z',
  words: 'Fresh: all that was written until a minute ago.',
} as const

const NAMES: Record<string, string> = {
  overview: 'Overview',
  sla: 'SLA',
  agents: 'Agents',
  reasons: 'Reason codes',
  compensation: 'Compensation',
  forecast: 'Forecast',
}

export const PACK = Object.keys(NAMES)

export const listed = (): z.output<(typeof listReports)['reply']> => ({
  items: PACK.map((id) => ({ id, name: NAMES[id] ?? id, sentence: `${NAMES[id]} in a sentence.`, tables: [] })),
  freshness: FRESH,
  pack: PACK,
  filters: [
    {
      dimension: 'category',
      label: 'Category',
      choices: [
        { value: 'refund', label: 'Refund' },
        { value: 'delivery', label: 'Delivery' },
      ],
    },
  ],
})

/** A table over time, as the backend lays one out. */
export const volumeTable = (other: Partial<ReportTable> = {}): ReportTable => {
  const rows = other.rows ?? [
    ['2026-11-18', 12],
    ['2026-11-19', 0],
    ['2026-11-20', 7],
  ]
  return {
    id: 'new',
    title: 'New tickets',
    sentence: 'Tickets that began in the period. (New tickets, version 1)',
    chart: 'line',
    columns: [
      { name: 'When', kind: 'date' },
      { name: 'New tickets', kind: 'number' },
    ],
    totals: [{ value: 19, kind: 'number', currency: null, words: '19' }],
    note: null,
    link: '/dashboard/shares?metric=new-tickets&from=2026-11-18&to=2026-11-20',
    ...other,
    rows,
    allRows: rows.length,
  }
}

/** A table of lengths by agent, one of whom has a name that a spreadsheet would take for a formula. */
export const agentTable = (): ReportTable =>
  volumeTable({
    id: 'first',
    title: 'First response',
    chart: 'bar',
    columns: [
      { name: 'Agent', kind: 'text' },
      { name: 'First response', kind: 'length' },
      { name: 'Of', kind: 'number' },
    ],
    rows: [
      ['Nora Lind', 0.25, 40],
      ['=HYPERLINK("https://evil.example","Omar")', 1.5, 7],
      ['-2+3', null, 0],
    ],
    totals: [],
    link: 'https://desk.honeyhill.example/dashboard/shares?metric="first"',
  })

export const reportOf = (id: string, tables: ReportTable[], from = '2026-11-18', to = '2026-11-20'): Report => ({
  report: { id, name: NAMES[id] ?? id, sentence: '', tables: [] },
  period: { from, to, zone: 'Europe/Berlin', fromAt: `${from}T00:00:00.000Z`, toAt: `${to}T00:00:00.000Z` },
  filters: '',
  freshness: FRESH,
  tables,
})

type Readings = z.output<(typeof readReports)['reply']>

/** Answers each reading with a report of these tables. */
export const readingsOf = (
  readings: readonly ReportReading[],
  tablesOf: (id: string) => ReportTable[] | string,
): Readings => ({
  items: readings.map(({ report, from, to }) => {
    const tables = tablesOf(report)
    return typeof tables === 'string'
      ? { report: null, problem: tables }
      : { report: reportOf(report, tables, from, to), problem: null }
  }),
  freshness: FRESH,
})
