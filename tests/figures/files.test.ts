import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { csvPieces } from '../../backend/features/analytics/export/report-file.ts'
import { exportRows, PIECE } from '../../backend/features/analytics/export/rows.ts'
import { ticketRows } from '../../backend/features/analytics/export/ticket-rows.ts'
import { REPORTS } from '../../backend/features/analytics/reports/list.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { readCsv } from '../../backend/platform/csv/reading.ts'
import { MOST_ROWS, type Report, readReport } from '../../shared/analytics.ts'
import type { StaffName } from '../support/desk.ts'
import { idOf, startFigureDesk, ticketRow } from '../support/figure-desk.ts'
import { pageReader } from '../support/page-reader.ts'
import { randomWork, randomWorld } from '../support/random-weeks.ts'
import { until } from '../support/until.ts'

type Desk = Awaited<ReturnType<typeof startFigureDesk>>
let desk: Desk
beforeAll(async () => {
  desk = await startFigureDesk()
})
afterAll(() => desk.stop())

const WEEK = { from: '2026-11-02', to: '2026-11-08', zone: 'UTC' }

function headersOf(as: StaffName) {
  const { email } = desk.staff[as]
  return { authorization: `Bearer ${desk.tokenOf(email, desk.google.users.get(email).sub, 'fern.example')}` }
}
const fetched = (path: string, query: Record<string, string>, as: StaffName = 'vera') =>
  fetch(`${desk.url}${path}?${new URLSearchParams(query)}`, { headers: headersOf(as) })
const textOf = async (path: string, query: Record<string, string>) => {
  const response = await fetched(path, query)
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer())
  if (!response.ok) throw new Error(text)
  return text
}
/** Records by the names of their columns. */
function recordsOf(text: string): Record<string, string>[] {
  const [head, ...rows] = readCsv(text).map(({ cells }) => cells)
  return rows.map((cells) => Object.fromEntries((head ?? []).map((name, n) => [name, cells[n] ?? ''])))
}

test('while there is no lake a file of rows is refused in words, and nothing is sent', async () => {
  const response = await fetched('/v1/figures/tickets-file', WEEK)
  expect(response.status).toBe(503)
  expect(await response.json()).toMatchObject({
    error: { code: 'unavailable', message: expect.stringMatching(/figures/i) },
  })
})

const write = () =>
  desk.write({
    ticket: [
      ticketRow(1, '2026-11-02 09:00', {
        category: 'order',
        tags: ['=cmd()', 'gift, red'],
        assignee_id: desk.staff.nora.id,
        mailbox_id: desk.mailbox.mailboxId,
        first_seconds: 3_600,
        first_out_at: '2026-11-02 10:00',
        first_by_id: desk.staff.nora.id,
        language: 'de',
        tier: 'vip',
      }),
      ticketRow(2, '2026-11-03 10:00', { category: 'billing', tags: ['-2+3'] }),
      ticketRow(3, '2026-11-08 23:59:59'),
      ticketRow(4, '2026-11-09 00:00'),
      ticketRow(5, '2026-11-04 10:00', { void_reason: 'spam', spam: true }),
    ],
    action: [
      {
        id: idOf(801),
        ticket_id: idOf(1),
        by_id: desk.staff.nora.id,
        state: 'done',
        reason: 'damaged',
        currency: 'GBP',
        value_minor: 1_250,
        created_at: '2026-11-02 11:00',
        ended_at: '2026-11-02 11:01',
      },
      {
        id: idOf(802),
        ticket_id: idOf(2),
        by_id: desk.staff.vera.id,
        state: 'parked',
        problem: 'refused',
        reason: 'late',
        currency: 'JPY',
        value_minor: 900,
        created_at: '2026-11-03 11:00',
      },
      { id: idOf(803), ticket_id: idOf(2), by_id: desk.staff.vera.id, state: 'undone', created_at: '2026-11-03 12:00' },
    ],
  })

test('a row for each ticket has names for people and is safe in a spreadsheet', async () => {
  await write()
  const response = await fetched('/v1/figures/tickets-file', WEEK)
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(response.headers.get('content-disposition')).toContain('tickets-2026-11-02-to-2026-11-08.csv')
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  const rows = recordsOf(bytes.toString('utf8'))
  expect(rows.map(({ ticket }) => ticket)).toEqual(['TKT-000001', 'TKT-000002', 'TKT-000003'])
  expect(rows[0]).toMatchObject({
    began_utc: '2026-11-02T09:00:00.000Z',
    category: 'Order',
    assigned_to: desk.staff.nora.name,
    first_answer_by: desk.staff.nora.name,
    mailbox: expect.stringContaining('@'),
    language: 'German',
    tier: 'VIP',
    first_answer_seconds: '3600',
    tags: "'=cmd(); gift, red",
  })
  expect(rows[1]).toMatchObject({ tags: "'-2+3", first_answer_seconds: '', assigned_to: '' })
})

test('filters leave the same rows as the figure counts, and JSON says the same as CSV', async () => {
  for (const filter of [
    {},
    { category: 'order' },
    { tag: 'gift, red' },
    { category: 'none' },
    { hour: '10' },
  ] as Record<string, string>[]) {
    const figure = await desk.ask({
      ...WEEK,
      metric: 'new-tickets',
      ...Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, [value]])),
    })
    const csv = recordsOf(await textOf('/v1/figures/tickets-file', { ...WEEK, ...filter }))
    const json = JSON.parse(await textOf('/v1/figures/tickets-file', { ...WEEK, ...filter, format: 'json' }))
    expect(csv).toHaveLength(figure.totals[0]?.value ?? 0)
    expect(json.map(({ ticket }: { ticket: string }) => ticket)).toEqual(csv.map(({ ticket }) => ticket))
  }
  expect(await textOf('/v1/figures/tickets-file', { ...WEEK, category: 'product', format: 'json' })).toBe('[\n]\n')
})

test('a row for each action has its amount in whole units of its currency, as many as the figure counts', async () => {
  const rows = recordsOf(await textOf('/v1/figures/actions-file', WEEK))
  expect(rows).toHaveLength((await desk.ask({ ...WEEK, metric: 'actions' })).totals[0]?.value ?? 0)
  expect(rows).toMatchObject([
    { ticket: 'TKT-000001', state: 'done', value: '12.5', currency: 'GBP', agent: desk.staff.nora.name },
    { ticket: 'TKT-000002', state: 'parked', problem: 'refused', value: '900', currency: 'JPY', ended_utc: '' },
  ])
  expect(recordsOf(await textOf('/v1/figures/actions-file', { ...WEEK, agent: desk.staff.vera.id }))).toHaveLength(1)
})

describe('on a desk on which all of it happened', () => {
  beforeAll(() =>
    desk.write({
      ...randomWorld({ seed: 51, from: '2026-10-10' }),
      ...randomWork({ seed: 52, from: '2026-10-12' }),
    }),
  )
  afterAll(write)

  test.each(REPORTS.map(({ id }) => id))(
    'every table of «%s» has the same numbers as CSV, as JSON and over the API',
    async (id) => {
      const query = { ...WEEK, rows: MOST_ROWS } as never // a file is not cut, and a forecast has more rows than are usually shown
      const report: Report = await desk.as('vera').call(readReport, { params: { report: id }, query })
      const json = JSON.parse(await textOf(`/v1/reports/${id}/file`, { ...WEEK, format: 'json' }))
      expect(json.tables).toEqual(report.tables)
      expect(json.period).toEqual(report.period)
      if (id !== 'forecast')
        expect(report.tables.filter(({ rows }) => rows.length === 0).map(({ note }) => note)).toEqual([])
      for (const table of report.tables) {
        const text = await textOf(`/v1/reports/${id}/file`, { ...WEEK, table: table.id })
        const [head, ...lines] = readCsv(text).map(({ cells }) => cells)
        if (table.columns.length === 0) continue
        const names = table.columns.map(({ name, kind, inHours }) =>
          kind === 'length' ? `${name} ${inHours ? '(days of 24 h)' : '(days)'}` : name,
        )
        expect(head).toEqual([...names, ...(table.partial ? ['Whole'] : [])])
        expect(lines.map((cells) => table.columns.map(({ kind }, at) => read(cells[at] ?? '', kind)))).toEqual(
          table.rows,
        )
      }
      // how old the figures are is told by the moment of the asking
      const undated = (csv: string) => csv.replace(/^Freshness,.*$/m, 'Freshness')
      expect(undated(await textOf(`/v1/reports/${id}/file`, WEEK))).toBe(
        undated([...csvPieces(report, false)].join('')),
      )
    },
  )
})

/** A cell as it was meant: an apostrophe before a formula's sign keeps a spreadsheet from counting it. */
const read = (cell: string, kind: string) => {
  if (cell === '') return null
  return ['text', 'date', 'instant', 'link'].includes(kind) ? cell.replace(/^'(?=[=+@-])/, '') : Number(cell)
}

test('the page leads to the files of what it shows', async () => {
  const vera = pageReader(desk, 'vera')
  await vera.open(`/reports/volume?${new URLSearchParams(WEEK)}`)
  const links = [...vera.page().text.matchAll(/href="([^"]*format=csv)"/g)].map(([, link = '']) =>
    link.replaceAll('&amp;', '&'),
  )
  expect(links.map((link) => link.split('?')[0])).toEqual([
    '/reports/volume/file',
    '/reports/rows/tickets',
    '/reports/rows/actions',
  ])
  const shown = await vera.open(links[1] ?? '')
  expect(recordsOf(shown.text)).toHaveLength(3)
  const refused = await vera.open('/reports/rows/tickets?format=xls')
  expect(refused.status).toBe(400)
})

test('who takes a file is on record, without what it was filtered by', async () => {
  await fetched('/v1/figures/tickets-file', { ...WEEK, customer: 'somebody', format: 'json' }).then((one) => one.text())
  await textOf('/v1/figures/tickets-file', { ...WEEK, category: 'order' })
  expect((await desk.events('figures.exported')).at(-1)).toMatchObject({
    actorId: desk.staff.vera.id,
    payload: { what: 'tickets', format: 'csv', from: WEEK.from, to: WEEK.to, filtered: true },
  })
  expect(JSON.stringify((await desk.events('figures.exported')).at(-1))).not.toContain('order')
})

test('what makes no sense is refused before anything is sent, and agents get nothing', async () => {
  const statusOf = async (path: string, query: Record<string, string>, as?: StaffName) => {
    const response = await fetched(path, query, as)
    await response.arrayBuffer()
    return response.status
  }
  expect(await statusOf('/v1/figures/tickets-file', { ...WEEK, to: '2026-11-01' })).toBe(400)
  expect(await statusOf('/v1/figures/tickets-file', { ...WEEK, reason: 'damaged' })).toBe(400)
  expect(await statusOf('/v1/figures/actions-file', { ...WEEK, zone: 'Mars/Crater' })).toBe(400)
  expect(await statusOf('/v1/reports/none/file', WEEK)).toBe(404)
  expect(await statusOf('/v1/reports/volume/file', { ...WEEK, table: 'none' })).toBe(404)
  for (const path of ['/v1/figures/tickets-file', '/v1/figures/actions-file', '/v1/reports/volume/file'])
    expect(await statusOf(path, WEEK, 'nora')).toBe(403)
})

const MANY = 200_000
/** Minutes apart, from all of 2025 on, and a thousand in the same instant. */
const fill = async () => {
  await desk.write({})
  await desk.lake.fill(
    desk.workspaceId,
    'ticket',
    `select 'ticket-' || lpad(n::varchar, 6, '0') as id, n::integer as number, began as created_at, began as opened_at, 'open' as status,
      'normal' as priority, []::varchar[] as tags, 'mail' as channel, 'somebody' as customer_id, 0 as reopens, false as historical, false as spam
    from (select n, timestamp '2025-01-01' + to_minutes(3 * greatest(n - 5000, 0)::bigint) as began from range(${MANY}) as r(n))`,
    desk.clock.now().toISOString(),
  )
}
const YEARS = { from: '2025-01-01', to: '2026-12-31', zone: 'UTC', format: 'csv' } as const

test('a file of two hundred thousand rows is whole, and no more than one piece of it is held at a time', async () => {
  await fill()
  const { pieces } = await exportRows(desk.ctx, systemOf(desk.workspaceId), ticketRows, YEARS)
  const seen = new Set<string>()
  let largest = 0
  for await (const piece of pieces) {
    const lines = String(piece).trim().split('\r\n')
    largest = Math.max(largest, lines.length)
    for (const line of lines) if (line.startsWith('TKT-')) seen.add(line.slice(0, 10))
  }
  expect(seen.size).toBe(MANY)
  expect(largest).toBe(PIECE)
})

test('a file is read no faster than its reader takes it, and whoever goes away ends the asking', async () => {
  const { read } = desk.ctx.figures
  let [asked, going] = [0, 0]
  desk.ctx.figures.read = async (...args) => {
    asked++
    going++
    return read(...args).finally(() => going--)
  }
  try {
    const asking = request(`${desk.url}/v1/figures/tickets-file?${new URLSearchParams(YEARS)}`, {
      headers: headersOf('vera'),
    }).end()
    const response = await new Promise<import('node:http').IncomingMessage>((resolve) => asking.on('response', resolve))
    response.pause()
    let before = -1
    await until('nothing more to be asked', async () => {
      const same = before === asked && going === 0 // a slow machine is no reader that waits
      before = asked
      await new Promise((resolve) => setTimeout(resolve, 400))
      return same
    })
    expect(asked).toBeGreaterThan(0)
    expect(asked).toBeLessThan(MANY / PIECE / 2)
    response.destroy()
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(asked).toBeLessThanOrEqual(before + 1)
  } finally {
    desk.ctx.figures.read = read
  }
})
