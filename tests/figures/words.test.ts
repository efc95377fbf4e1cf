import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { listShares, readReport, readReports } from '../../shared/analytics.ts'
import { readCorrelations } from '../../shared/insight.ts'
import { refusalOf } from '../support/caller.ts'
import { startFigureDesk, ticketRow } from '../support/figure-desk.ts'
import { pageReader } from '../support/page-reader.ts'

let desk: Awaited<ReturnType<typeof startFigureDesk>>
let vera: ReturnType<typeof pageReader>
beforeAll(async () => {
  desk = await startFigureDesk()
  vera = pageReader(desk, 'vera')
})
afterAll(() => desk.stop())
beforeEach(() => desk.write({ ticket: [ticketRow(1, '2026-11-02 09:00', { category: 'order' })] }))

type Asked = { from: string; to: string; zone: string }
const WEEK: Asked = { from: '2026-11-01', to: '2026-11-08', zone: 'UTC' }
const NO_RATINGS = 'No data yet: Sidedesk does not ask customers for ratings, so there is nothing to count.'

async function csvOf(report: string, asked: Asked): Promise<string> {
  const { email } = desk.staff.vera
  const authorization = `Bearer ${desk.tokenOf(email, desk.google.users.get(email).sub, 'fern.example')}`
  const path = `${desk.url}/v1/reports/${report}/file?${new URLSearchParams(asked)}`
  return (await fetch(path, { headers: { authorization } })).text()
}

/** What is said of one table of a report at every door: page, API, file, and what a sheet is filled with. */
async function saidOf(report: string, table: string, asked: Asked): Promise<Record<string, string | null | undefined>> {
  const read = await desk.as('vera').call(readReport, { params: { report }, query: asked as never })
  const title = read.tables.find(({ id }) => id === table)?.title ?? ''
  const { items } = await desk.as('vera').call(readReports, { body: { readings: [{ report, ...asked }] } })
  const lines = (await csvOf(report, asked)).split('\r\n')
  const page = await vera.open(`/reports/${report}?${new URLSearchParams(asked)}`)
  const section = new RegExp(`id="figure-${table}"[\\s\\S]*?class="soft note">([^<]*)`).exec(page.text)
  return {
    api: read.tables.find(({ id }) => id === table)?.note,
    sheet: items[0]?.report?.tables.find(({ id }) => id === table)?.note,
    file: lines[lines.indexOf(title) + 2]?.replaceAll('"', ''),
    page: section?.[1],
  }
}
const everywhere = (words: string) => ({ api: words, sheet: words, file: words, page: words })

test('a figure that nothing is asked for yet says so in the same words on the page, over the API, in a file and in a sheet', async () => {
  expect(await saidOf('quality', 'score', WEEK)).toEqual(everywhere(NO_RATINGS))
  await vera.open(`/dashboard?${new URLSearchParams(WEEK)}`)
  expect(vera.words()).toContain(NO_RATINGS)
  await vera.open(`/dashboard/shares?${new URLSearchParams({ metric: 'csat', ...WEEK })}`)
  expect(vera.words()).toContain(NO_RATINGS)
  const { outcomes } = await desk.as('vera').call(readCorrelations, {})
  const words = 'Not enough data: 0 ratings, and 30 are needed. Sidedesk does not ask customers for ratings.'
  expect(new Set(outcomes[0]?.findings.map(({ sentence }) => sentence))).toEqual(new Set([words]))
  await vera.open('/reports/why')
  expect(vera.words().split(words)).toHaveLength(2) // once, not once for each thing that ratings might go with
})

test('a period that has not begun, and a day that the clocks left out, are told from one in which nothing happened', async () => {
  const ahead = { from: '2190-11-01', to: '2190-11-08', zone: 'UTC' }
  expect(await saidOf('volume', 'mails-in', ahead)).toEqual(everywhere('This period has not begun.'))
  const left = { from: '2011-12-30', to: '2011-12-30', zone: 'Pacific/Apia' }
  expect(await saidOf('volume', 'mails-in', left)).toEqual(everywhere('The clocks of Pacific/Apia left this day out.'))
  expect(await saidOf('volume', 'mails-in', WEEK)).toEqual(everywhere('There is nothing in this period that fits.'))
})

test('a day that is in no calendar is refused with what one looks like', async () => {
  const query = { metric: 'new-tickets', from: '2026-02-31', to: '2026-03-01' }
  const refused = await refusalOf(desk.as('vera').call(listShares, { query: query as never }))
  expect(refused).toMatchObject({ status: 400, message: expect.stringContaining('like 2026-11-30') })
})

test('a file says how old its figures are', async () => {
  const now = desk.clock.now().toISOString().slice(0, 13).replace('T', ' ')
  expect(await csvOf('volume', WEEK)).toMatch(new RegExp(`Freshness,"?Figures as of ${now}:\\d\\d UTC\\. Everything`))
})

test('while the lake is broken no page claims to know anything', async () => {
  const folder = join(desk.ctx.config.lake.dir, desk.workspaceId)
  for (const file of readdirSync(folder).filter((name) => name.startsWith('ticket-')))
    writeFileSync(join(folder, file), 'PAR1 nonsense')
  const broken = 'they broke and are made anew'
  for (const [path, known, never] of [
    ['/reports/churn', 'Whether any of this happened is not known.', 'happened to anybody'],
    ['/reports/why', 'Not known: there are no figures to look at.', '0 ratings'],
    ['/reports/volume', broken, 'Everything that happened until then is in'],
    ['/reports/data', 'not known', 'Everything that happened until then is in'],
    ['/dashboard', broken, 'Everything that happened until then is in'],
  ] as const) {
    expect([path, (await vera.open(path)).status]).toEqual([path, 200])
    expect(vera.words()).toContain(broken)
    expect(vera.words()).toContain(known)
    expect(vera.words()).not.toContain(never)
  }
})

test('while there are no figures nobody is told that nothing surprising happened', async () => {
  await vera.open('/reports/surprises')
  expect(vera.words()).toContain('Nothing so far. A desk is looked at once it has been at work for 5 weeks.')
  expect(vera.words()).toContain('Everything that happened until then is in.')
  writeFileSync(join(desk.ctx.config.lake.dir, 'root.json'), '{')
  await vera.open('/reports/surprises')
  expect(vera.words()).toContain('While there are no figures no day is looked at.')
})
