import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { cellWords } from '../../backend/features/analytics/reports/writing.ts'
import {
  askFigure,
  listReports,
  listShares,
  type Report,
  type ReportTable,
  readReport,
} from '../../shared/analytics.ts'
import { refusalOf } from '../support/caller.ts'
import { idOf, startFigureDesk, ticketRow } from '../support/figure-desk.ts'
import { pageReader, wordsIn } from '../support/page-reader.ts'
import { partAt, watching } from '../support/watching.ts'

type Desk = Awaited<ReturnType<typeof startFigureDesk>>
let desk: Desk
let vera: ReturnType<typeof pageReader>
beforeAll(async () => {
  desk = await startFigureDesk()
  vera = pageReader(desk, 'vera')
})
afterAll(() => desk.stop())

const DAY_MS = 86_400_000
/** A moment so many days ago, at noon, as rows of a lake have it. */
const ago = (days: number, hours = 0): string =>
  new Date(desk.clock.now().getTime() - days * DAY_MS - hours * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
const day = (days: number): string => ago(days).slice(0, 10)

const answered = (seconds: number) => ({
  first_seconds: seconds,
  first_open_seconds: seconds / 2,
  first_by_id: desk.staff.nora.id,
})

/** Of the last 90 days five tickets, two of them about an order, and one from the 90 days before. */
const write = () =>
  desk.write({
    ticket: [
      ticketRow(1, ago(1), {
        category: 'order',
        mailbox_id: desk.mailbox.mailboxId,
        first_out_at: ago(1, -1),
        ...answered(3_600),
      }),
      ticketRow(2, ago(10), { category: 'order', tags: ['gift'], first_out_at: ago(10, -1), ...answered(7_200) }),
      ticketRow(3, ago(30), { category: 'billing', priority: 'urgent' }),
      ticketRow(4, ago(50), {}),
      ticketRow(5, ago(80), { category: 'product' }),
      ticketRow(6, ago(100), { category: 'order' }),
      ticketRow(7, ago(5), { void_reason: 'spam', spam: true }),
      ticketRow(20, ago(400), { void_reason: 'spam', spam: true }), // the desk was there before all that is compared
    ],
  })

/** The piece of a page with one figure. */
function sectionOf(id: string): string {
  const [, section = ''] = vera.page().text.split(`id="figure-${id}"`)
  return section.split('</section>')[0] ?? ''
}
const headlineOf = (id: string): string => wordsIn(/<p class="headline">([\s\S]*?)<\/p>/.exec(sectionOf(id))?.[1] ?? '')
const rowsOf = (id: string): string[][] =>
  [...(/<tbody>([\s\S]*)<\/tbody>/.exec(sectionOf(id))?.[1] ?? '').matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(
    ([, row = '']) => [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell = '']) => wordsIn(cell)),
  )

const ask = (report: string, query: Record<string, string | string[]>): Promise<Report> =>
  desk.as('vera').call(readReport, { params: { report }, query: query as never })

const inWordsOf = ({ columns, rows }: ReportTable): string[][] =>
  rows.map((row) => row.map((cell, at) => cellWords(cell, columns[at]?.kind ?? 'text', null)))

test('the menu says that reports belong to the dashboard', async () => {
  for (const [path, current] of [
    ['/dashboard', 'page'],
    ['/reports', 'true'],
    ['/reports/sla', 'true'],
    ['/reports/definitions', 'true'],
  ])
    expect((await vera.open(path ?? '')).text).toContain(`<a href="/dashboard" aria-current="${current}">Dashboard</a>`)
})

test('while there is no lake the page says so, and shows no figure', async () => {
  const shown = await vera.open('/dashboard')
  expect(shown.status).toBe(200)
  expect(vera.words()).toContain('No figures yet. The figures are made for the first time.')
  expect(headlineOf('new')).toBe('')
  expect(rowsOf('new')).toEqual([])
})

test('twelve figures at most tell of the last ninety days, compared with the ninety before', async () => {
  await write()
  await vera.open('/dashboard')
  expect(vera.words()).toContain(`Figures as of`)
  expect(headlineOf('new')).toBe('5 400 % more than before (1)')
  expect(headlineOf('backlog')).toBe('6 500 % more than before (1)')
  expect(headlineOf('first')).toBe('45 min nothing before')
  expect(rowsOf('categories')).toEqual([
    ['Order', '2'],
    ['Billing', '1'],
    ['No category', '1'],
    ['Product', '1'],
  ])
  expect(vera.page().text.match(/class="figure-card"/g)?.length).toBeLessThanOrEqual(12)
  expect(vera.page().text).toContain('role="img"')
})

test('a page shows the same numbers as the API, figure by figure, in every report', async () => {
  await write()
  const { items } = await desk.as('vera').call(listReports, {})
  const query = { from: day(60), to: day(0), interval: 'week', category: ['order', 'billing'] }
  const address = new URLSearchParams([
    ['from', query.from],
    ['to', query.to],
    ['interval', 'week'],
    ['category', 'order'],
    ['category', 'billing'],
  ])
  expect(items.length).toBeGreaterThan(5)
  for (const { id } of items) {
    const report = await ask(id, query)
    for (const path of id === 'overview' ? ['/dashboard', `/reports/${id}`] : [`/reports/${id}`]) {
      const shown = await vera.open(`${path}?${address}`)
      expect([path, shown.status]).toEqual([path, 200])
      for (const table of report.tables) {
        expect([path, table.id, rowsOf(table.id)]).toEqual([path, table.id, inWordsOf(table)])
        for (const { words } of table.totals) expect(headlineOf(table.id)).toContain(words)
      }
    }
  }
})

test('filters stand in the address, in the form, in words, and in every link', async () => {
  await write()
  const address = `/dashboard?${new URLSearchParams({ from: day(60), to: day(0), category: 'order' })}`
  await vera.open(address)
  expect(headlineOf('new')).toMatch(/^2 /)
  expect(vera.words()).toContain('Category: Order')
  expect(vera.words()).toContain('Period and filters (1 set)')
  expect(vera.page().text).toMatch(/<input type="checkbox" name="category" value="order" checked/)
  expect(vera.field('from')).toBe(day(60))
  await vera.follow('28 days')
  expect(vera.page().path).toContain('category=order')
  expect(vera.page().path).toContain('period=28d')
  expect(headlineOf('new')).toMatch(/^2 /)
})

test('hours and days that are still to come are told nowhere as nothing', async () => {
  await desk.write({ ticket: [ticketRow(1, ago(0, 2))] }) // it is noon
  const today = { from: day(0), to: day(0) }
  const { rows } = await desk
    .as('vera')
    .call(askFigure, { query: { metric: 'new-tickets', interval: 'hour', ...today } })
  expect(rows.map(({ value }) => value)).toEqual(
    Array.from({ length: 24 }, (_, hour) => (hour > 12 ? null : Number(hour === 10))),
  )
  const [hours] = (await ask('overview', today)).tables
  expect(hours?.rows.map(([, value]) => value)).toEqual(rows.map(({ value }) => value))
  await vera.open(`/dashboard?${new URLSearchParams(today)}`)
  expect(rowsOf('new').map(([, value]) => value)).toEqual(
    rows.map(({ value }) => (value === null ? '–' : String(value))),
  )
  const [days] = (await ask('overview', { from: day(1), to: day(-2), interval: 'day' })).tables
  expect(days?.rows.map(([, value]) => value)).toEqual([0, 1, null, null])
})

test('a figure that cannot be told by a filter says so, and is not shown without it', async () => {
  await write()
  await vera.open(`/reports/sla?${new URLSearchParams({ policy: 'none' })}`)
  expect(wordsIn(sectionOf('first'))).toContain('This figure is not told by policy.')
  expect(headlineOf('first')).toBe('')
  expect(vera.page().status).toBe(200)
})

test('a figure leads to its tickets, page by page, each once, and each leads on to the ticket', async () => {
  await desk.write({ ticket: Array.from({ length: 120 }, (_, n) => ticketRow(n + 1, ago(n % 20, n % 7))) })
  await vera.open('/dashboard?period=28d')
  await vera.follow('New tickets')
  expect(vera.words()).toContain('120 made of 120 below')
  const seen: string[] = []
  for (let n = 0; n < 5; n++) {
    seen.push(
      ...[...vera.page().text.matchAll(/<th scope="row"><a href="\/desk\/tickets\/([^"]+)"/g)].map(([, id = '']) => id),
    )
    if (!vera.words().includes('Older')) break
    await vera.follow('Older')
  }
  expect(seen).toHaveLength(120)
  expect(new Set(seen)).toEqual(new Set(Array.from({ length: 120 }, (_, n) => idOf(n + 1))))
  const { items } = await desk
    .as('vera')
    .call(listShares, { query: { metric: 'new-tickets', from: day(27), to: day(0), limit: 200 } })
  expect(items.map(({ ticketId }) => ticketId)).toEqual(seen)
})

const BAD: [string, string, RegExp][] = [
  [
    'a period that ends before it begins',
    '/dashboard?from=2026-11-20&to=2026-11-01&zone=UTC&category=order',
    /ends on 2026-11-01, before it begins on 2026-11-20/,
  ],
  ['a day that is in no calendar', '/dashboard?from=2026-02-31', /«2026-02-31» is no day/],
  ['a period that nobody knows', '/dashboard?period=eternity', /There is no period «eternity»/],
  ['a zone that nobody knows', '/dashboard?zone=Mars/Olympus', /«Mars\/Olympus» is no time zone/],
  ['a place that is no zone', '/dashboard?zone=Berlin', /«Berlin» is no time zone. Is it Europe\/Berlin\?/],
  ['a category that there is not', '/dashboard?category=ufo', /Category «ufo» is not known here/],
  ['an agent who is nobody', '/reports/agents?agent=nobody', /Agent «nobody» is not known here/],
  ['an interval that there is not', '/dashboard?interval=blink', /cannot be told by «blink»/],
  [
    'ten years by the hour',
    '/reports/volume?from=2016-01-01&to=2026-01-01&interval=hour',
    /more than 20000 stretches of time/,
  ],
  ['a year that is far away', '/dashboard?from=1066-10-14', /years 2000 to 2200/],
  ['a figure by what it does not know', '/dashboard/shares?metric=first-response&policy=none', /has no policy/],
  ['a list that was turned by hand', '/dashboard/shares?metric=new-tickets&cursor=mine', /cursor/i],
]

test('the field of a time zone offers those that there are', async () => {
  const { text } = await vera.open('/dashboard')
  expect(text).toMatch(/<input name="zone"[^>]* list="zones"/)
  expect(text).toMatch(/<datalist id="zones">.*<option value="Europe\/Berlin"/s)
  expect((await vera.open('/reports/forecast')).text).not.toContain('datalist') // its days are for nobody to choose
})

test.each(BAD)('%s is answered in words, and the form stays as it was typed', async (_, path, words) => {
  await write()
  const shown = await vera.open(path)
  expect(shown.status).toBe(400)
  expect(vera.words()).toMatch(words)
  expect(shown.text).toContain('role="alert"')
  const typed = new URLSearchParams(path.split('?')[1])
  for (const name of ['from', 'to', 'zone'])
    if (typed.has(name)) expect([name, vera.field(name)]).toEqual([name, typed.get(name)])
  for (const value of typed.getAll('category'))
    expect(shown.text).toMatch(new RegExp(`name="category" value="${value}" checked`))
})

test('what nothing fits is said, and a report or figure that there is not is not found', async () => {
  await write()
  await vera.open(`/dashboard?${new URLSearchParams({ from: day(60), to: day(55) })}`)
  expect(headlineOf('new')).toMatch(/^0 /)
  expect(wordsIn(sectionOf('new'))).toContain('There is nothing in this period that fits.')
  expect((await vera.open('/reports/astrology')).status).toBe(404)
  expect(vera.words()).toContain('There is no report «astrology»')
  expect((await vera.open('/dashboard/shares?metric=astrology')).status).toBe(404)
  expect(await refusalOf(ask('astrology', { from: day(1), to: day(0) }))).toMatchObject({ status: 404 })
  expect(await refusalOf(ask('sla', { from: day(0), to: day(1) }))).toMatchObject({ status: 400 })
})

test('a tag that no open ticket has can be asked for all the same', async () => {
  await write()
  const shown = await vera.open('/dashboard?tag=gift')
  expect(shown.status).toBe(200)
  expect(headlineOf('new')).toMatch(/^1 /)
  expect(vera.words()).toContain('Tag: gift')
})

test('supervisors, finance, admins and who only reads see figures; agents do not', async () => {
  for (const name of ['vera', 'frank', 'ada', 'rhea'] as const) {
    const person = pageReader(desk, name)
    expect([name, (await person.open('/dashboard')).status]).toEqual([name, 200])
    expect(person.page().text).toContain('href="/dashboard"')
  }
  const nora = pageReader(desk, 'nora')
  for (const path of ['/dashboard', '/dashboard/shares?metric=backlog', '/reports', '/reports/sla'])
    expect([path, (await nora.open(path)).status]).toEqual([path, 403])
  await nora.open('/desk')
  expect(nora.page().text).not.toContain('href="/dashboard"')
})

test('new facts in the lake reach whoever looks, by themselves', async () => {
  await write()
  await vera.open('/dashboard?period=28d')
  expect(headlineOf('new')).toMatch(/^2 /)
  const stream = watching(await vera.browser.ask(partAt('/desk/live/dashboard?period=28d')))
  await stream.hears('part')
  await desk.lake.change(desk.workspaceId, { ticket: [ticketRow(8, ago(2))] }, desk.clock.now().toISOString())
  desk.ctx.live.ring(desk.workspaceId, { kinds: new Set(['lake.moved']), tickets: new Set() })
  await stream.shows('<strong>3</strong>')
  await stream.close()
})

test('what is asked of one workspace is never answered with what was made for another', async () => {
  await write()
  await vera.open('/dashboard')
  await desk.lake.write(
    '0190b0a0-0000-7000-8000-00000000ffff',
    { ticket: [ticketRow(9, ago(1))] },
    desk.clock.now().toISOString(),
  )
  await vera.open('/dashboard')
  expect(headlineOf('new')).toMatch(/^5 /)
})
