import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { writeTicketWords } from '../../backend/features/search/ticket-words.ts'
import { type Envelope, lexemesSql } from '../../backend/features/tickets/index.ts'
import { Prisma } from '../../backend/generated/prisma/client.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import type { Figure, Report, ReportTable, ReportView } from '../../shared/analytics.ts'
import type { ActionSettings, LimitsTrial } from '../../shared/combined-actions.ts'
import type { SearchResult } from '../../shared/search.ts'
import { SHOP } from '../../workbench/scenarios/fern-and-fig.ts'
import { YEAR } from '../../workbench/start/a-year/year.ts'
import { callAs } from '../../workbench/start/desk-api.ts'
import { until } from '../support/until.ts'
import { openShop, type Shop } from './support/open-shop.ts'
import { openPage } from './support/page-screen.ts'

const TICKETS = 1_500
const DESKTOP = { width: 1_280, height: 900 }

let shop: Shop
beforeAll(async () => {
  shop = await openShop({ ...YEAR, year: { ...YEAR.year, tickets: TICKETS } })
})
afterAll(() => shop?.close())

/** By the desk's own zone, a day more than the year on both sides. */
function wholeYear(): string {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
  return `from=${day(367)}&to=${day(-1)}`
}

const ask = (metric: string) => shop.read(`figures?metric=${metric}&${wholeYear()}`) as Promise<Figure>

/** A transaction of the desk, to count what was written. */
const reading = <T>(work: Parameters<typeof inWorkspace<T>>[2]) =>
  inWorkspace(shop.workbench.backend.ctx, shop.workbench.workspaceId, work, { reads: true })

test('the figures of the year are what its tables hold', async () => {
  const { workspaceId } = shop.workbench
  const tickets = await reading((tx) => tx.ticket.count({ where: { workspaceId } }))
  const spam = await reading((tx) => tx.ticket.count({ where: { workspaceId, voidReason: 'spam' } }))
  const mails = await reading((tx) => tx.message.count({ where: { workspaceId, direction: 'out' } }))
  expect(tickets).toBeGreaterThan(TICKETS * 0.99)
  await until('the lake has everything', async () => (await ask('new-tickets')).totals[0]?.value === tickets - spam)
  const replies = await ask('agent-replies')
  expect(replies.totals[0]?.value).toBe(mails)
  expect((await ask('sla-attainment')).totals[0]?.value).toBeGreaterThan(0.5)
  expect((await ask('resolution')).totals[0]?.value).toBeGreaterThan(3_600)
})

/** A small year need not have an action that waits on the day on which it is looked at. */
const WAITING = ['reasons/open', 'reasons/parked']

test('every table of every report has something to tell, but ratings, which nobody asks for', async () => {
  const { items } = (await shop.read('reports')) as { items: ReportView[] }
  const silent: string[] = []
  for (const { id } of items) {
    const { tables } = (await shop.read(`reports/${id}?${wholeYear()}`)) as Report
    const isSilent = ({ rows }: ReportTable) =>
      !rows.some((row) => row.some((cell) => typeof cell === 'number' && cell > 0))
    silent.push(...tables.filter(isSilent).map((table) => `${id}/${table.id}`))
  }
  const ratings = ['overview/score', 'quality/score', 'quality/score-by-agent', 'quality/answered']
  expect(silent.filter((one) => !WAITING.includes(one)).sort()).toEqual(ratings.sort())
  const staffing = await openPage(shop, 'light', { size: DESKTOP })
  await staffing.open('/reports/staffing', 'june')
  expect(await staffing.text()).not.toContain('Not enough data')
  await staffing.close()
})

test('limits are tried on the year: by those of today waits what June was asked about, by lower ones more, by none nothing', async () => {
  const { google, backend, workspaceId } = shop.workbench
  const asAnton = (method: 'GET' | 'POST', path: string, body?: object) =>
    callAs(google, `anton@${SHOP.domain}`, `${backend.url}/v1/${path}`, method, body)
  const today = (await asAnton('GET', 'action-settings')) as ActionSettings
  const tried = async (action: number | null) => {
    const agent = { ...today.limits.agent, action }
    const limits = { ...today.limits, agent, supervisor: agent }
    return (await asAnton('POST', 'action-settings-trials', { ...today, limits })) as LimitsTrial
  }
  const since = new Date(shop.workbench.backend.ctx.clock.now().getTime() - 90 * 86_400_000)
  const asked = await reading((tx) =>
    tx.combinedAction.count({ where: { workspaceId, createdAt: { gte: since }, causes: { isEmpty: false } } }),
  )
  const { was, actions } = await tried(today.limits.agent.action)
  expect(was.actions).toBe(asked)
  expect(asked).toBeGreaterThan(0)
  expect((await tried(1_000)).will.actions).toBeGreaterThan(asked)
  expect((await tried(1_000)).will.actions).toBeLessThan(actions)
  expect((await tried(null)).will.actions).toBe(0)
})

test('the language of each ticket is what the desk reads in its first mail', async () => {
  const { rows } = (await shop.read(`figures?metric=new-tickets&by=language&${wholeYear()}`)) as Figure
  expect(rows[0]?.labels).toEqual(['English'])
})

test('the last 30 days lie in the archive as well, each mail known with its end, and nothing is read again', async () => {
  const { google, workspaceId } = shop.workbench
  const archive = google.users.mails(SHOP.archive)
  const known = await reading((tx) =>
    tx.mailboxMail.findMany({ where: { workspaceId }, select: { gmailId: true, outcome: true, messageId: true } }),
  )
  expect(archive.length).toBeGreaterThan(100)
  expect(new Set(known.map(({ gmailId }) => gmailId))).toEqual(new Set(archive.map(({ id }) => id)))
  expect(
    known.every(({ outcome, messageId }) => messageId !== null && (outcome === 'ticket' || outcome === 'joined')),
  ).toBe(true)
})

test('search finds the year by words, by other forms of them, by a sentence and by a tag', async () => {
  const found = async (q: string) =>
    ((await shop.read(`search?q=${encodeURIComponent(q)}&limit=5`)) as SearchResult).items
  expect(await found('hazelnuts allergies')).not.toEqual([])
  expect(await found('"nothing is at my door"')).not.toEqual([])
  for (const { tags } of await found('tag:courier parcel')) expect(tags).toContain('courier')
  expect(await found('tag:courier parcel')).not.toEqual([])
  expect(await found('zeppelin')).toEqual([])
})

test('what is searched is what the desk itself would have written, for mails and for tickets with tags', async () => {
  const { ctx } = shop.workbench.backend
  const unlike = await inWorkspace(ctx, shop.workbench.workspaceId, async (tx) => {
    const box = await ctx.keyring.box(tx)
    const mails = await tx.message.findMany({ where: { workspaceId: tx.workspaceId }, take: 200 })
    const rows = mails.map(({ id, envelope, body }) => {
      const said = { envelope: JSON.parse(box.openText('message.envelope', id, envelope)) as Envelope }
      return Prisma.sql`(${id}::uuid, ${lexemesSql({ ...said, text: box.openText('message.body', id, body) })})`
    })
    const differing = await tx.$queryRaw<{ id: string }[]>`
      select w.id::text from (values ${Prisma.join(rows)}) as w (id, lexemes)
      left join desk.search_document d on d.workspace_id = ${tx.workspaceId}::uuid and d.id = w.id
      where d.lexemes is distinct from w.lexemes`
    const tagged = await tx.ticket.findMany({
      where: { workspaceId: tx.workspaceId, tags: { isEmpty: false } },
      select: { id: true },
      take: 100,
    })
    const wordsOf = () => tx.$queryRaw<{ id: string; words: string }[]>`
      select id::text, lexemes::text as words from desk.search_document
      where workspace_id = ${tx.workspaceId}::uuid and id = any(${tagged.map(({ id }) => id)}::uuid[]) order by id`
    const before = await wordsOf()
    await writeTicketWords(
      tx,
      tagged.map(({ id }) => id),
    )
    expect(before).toHaveLength(100)
    expect(await wordsOf()).toEqual(before)
    return differing
  })
  expect(unlike).toEqual([])
})

test('a ticket of the year opens with its mails and nothing stands in the way', async () => {
  const { items } = (await shop.read('tickets?view=solved&limit=1')) as { items: { id: string; subject: string }[] }
  const desk = await openPage(shop, 'light', { size: DESKTOP })
  await desk.open(`/desk/tickets/${items[0]?.id}`, 'june')
  expect(await desk.text()).toContain(items[0]?.subject)
  expect(await desk.stumblingBlocks()).toEqual([])
  await desk.close()
})

test.each(['light', 'dark'] as const)(
  'the dashboard tells its story, %s, and nothing stands in the way',
  async (scheme) => {
    const desk = await openPage(shop, scheme, { size: DESKTOP })
    await desk.open(`/dashboard?${wholeYear()}`, 'june')
    const text = await desk.text()
    for (const word of ['New tickets', 'Backlog', 'First response', 'SLA kept']) expect(text).toContain(word)
    expect(await desk.page.locator('main svg').count()).toBeGreaterThan(8)
    expect(await desk.stumblingBlocks()).toEqual([])
    await desk.close()
  },
)
