import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { surprisesSql } from '../../backend/features/analytics/insight/surprise-listing.ts'
import { tellSurprises, wordsOf } from '../../backend/features/analytics/insight/surprise-telling.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { listShares } from '../../shared/analytics.ts'
import { listSurprises } from '../../shared/insight.ts'
import { getSlaRules, writeSlaRules } from '../../shared/sla.ts'
import { ownerOf } from '../support/database.ts'
import { startFigureDesk, ticketRow } from '../support/figure-desk.ts'
import type { HandRow } from '../support/hand-lake.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { pageReader } from '../support/page-reader.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { plannerOf } from '../support/plans/planner.ts'

let desk: Awaited<ReturnType<typeof startFigureDesk>>
beforeAll(async () => {
  desk = await startFigureDesk()
})
afterAll(() => desk.stop())
beforeEach(() => inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.surprise.deleteMany({})))

const DAY_MS = 86_400_000
const ago = (days: number): string =>
  new Date(desk.clock.now().getTime() - days * DAY_MS).toISOString().slice(0, 19).replace('T', ' ')

let made = 0
const tickets = (days: readonly number[], more: HandRow = {}): HandRow[] =>
  days.map((day) => ticketRow(++made, ago(day), { category: 'order', ...more }))

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, n) => from + n)
/** Two a day for nine weeks, up to yesterday: fourteen a week. */
const calm = () => tickets([...range(1, 70), ...range(1, 70)])
/** Thirty more about bills in the last days. */
const wave = (more: HandRow = {}) =>
  tickets(
    range(1, 30).map((n) => (n % 5) + 1),
    { category: 'billing', ...more },
  )

const tell = async () => {
  await tellSurprises(desk.ctx, desk.workspaceId)
  await desk.settle()
}
const told = () => noticesTo(desk, 'vera').filter(({ subject }) => subject.startsWith('More than usual'))
const listed = async () => (await desk.as('vera').call(listSurprises, {})).items

test('large numbers are told as they are read', () => {
  const watched = { metric: 'new-tickets', dimension: 'none', name: 'New tickets' } as const
  const words = 'New tickets: 2,378 in the seven days to 22 Nov 2026; usually it is 1,078.8.'
  expect(wordsOf({ watched, label: null, now: 2_378, usual: 1_078.84 }, '2026-11-22')).toBe(words)
})

test('a calm desk surprises nobody', async () => {
  await desk.write({ ticket: calm() })
  await tell()
  expect(await listed()).toEqual([])
  expect(told()).toEqual([])
})

test('a wave is told once, with a link to its tickets, however often and for however many days it is found', async () => {
  await desk.write({ ticket: [...calm(), ...wave()] })
  await tell()
  await tell()
  expect(
    told()
      .map(({ subject }) => subject)
      .sort(),
  ).toEqual(['More than usual: New tickets', 'More than usual: New tickets about Billing'])
  const billing = (await listed()).find(({ words }) => words.includes('Billing'))
  expect(billing).toMatchObject({ now: 30, usual: 0 })
  expect(billing?.words).toMatch(/^New tickets about Billing: 30 in the seven days to .*; usually it is 0\.$/)
  const query = Object.fromEntries(new URLSearchParams(billing?.link.split('?')[1])) as never
  const { items } = await desk.as('vera').call(listShares, { query })
  expect(items).toHaveLength(30)
  expect(told().some(({ text }) => text.includes(`https://desk.example${billing?.link}`))).toBe(true)
  const before = told().length
  await desk.travel('1 day')
  await desk.lake.change(desk.workspaceId, { ticket: tickets([1, 1]) }, desk.clock.now().toISOString())
  await tell()
  expect(told()).toHaveLength(before)
  const again = await listed()
  expect(again).toHaveLength(2)
  expect(again.every(({ lastOn, foundOn }) => lastOn > foundOn)).toBe(true)
  const vera = pageReader(desk, 'vera')
  await vera.open('/reports/surprises')
  expect(vera.words()).toContain('New tickets about Billing: 30 in the seven days to')
  expect(vera.words()).toContain('It went on until')
})

test('mail that does not come any more is told once, also when nothing comes at all, and not in a week with a holiday', async () => {
  const less = () => noticesTo(desk, 'vera').filter(({ subject }) => subject === 'Less than usual: New tickets')
  const silent = () => tickets([...range(8, 70), ...range(8, 70)])
  const { version: _, ...rules } = await desk.as('vera').call(getSlaRules)
  const holiday = async (days: { from: string; to: string; name: string; intervals: [] }[]) => {
    const { version } = await desk.as('vera').call(getSlaRules)
    const hours = { ...rules.hours, specialDays: days }
    await desk.as('vera').call(writeSlaRules, { body: { ...rules, hours, version } })
  }
  const feast = ago(3).slice(0, 10)
  await holiday([{ from: feast, to: feast, name: 'Feast', intervals: [] }])
  await desk.write({ ticket: silent() })
  await tell()
  expect(await listed()).toEqual([])
  await holiday([])
  await tell()
  await tell()
  expect(less()).toHaveLength(1)
  expect(await listed()).toMatchObject([{ now: 0, usual: 14 }])
  // a wave right after it is another surprise than the silence
  await desk.travel('1 day')
  await desk.write({ ticket: [...calm(), ...wave()] })
  await tell()
  expect((await listed()).map(({ now }) => now).sort()).toEqual([0, 30, 44])
})

test('history from before the go-live makes no news, and nor do the first weeks of a desk', async () => {
  const before = told().length
  await desk.write({ ticket: [...calm(), ...wave({ historical: true })] })
  await tell()
  expect(await listed()).toEqual([])
  await desk.write({ ticket: [...tickets(range(30, 70), { historical: true }), ...tickets(range(1, 20)), ...wave()] })
  await tell()
  expect(await listed()).toEqual([])
  expect(told()).toHaveLength(before)
})

test('a reason and a product that come much more often are told by their names', async () => {
  const actions = (days: readonly number[], more: HandRow = {}): HandRow[] =>
    days.map((day) => ({
      id: `a${++made}`,
      ticket_id: null,
      created_at: ago(day),
      state: 'done',
      reason: 'spilled',
      ...more,
    }))
  const usual = actions(range(1, 70).filter((n) => n % 3 === 0))
  const many = actions(
    range(1, 25).map((n) => (n % 6) + 1),
    { reason: 'lost' },
  )
  const lines = many.map(({ id, created_at }) => ({
    id: `${id}/0`,
    action_id: id ?? '',
    product_id: '4711',
    quantity: 1,
    at: created_at ?? '',
  }))
  await desk.write({ ticket: calm(), action: [...usual, ...many], line: lines })
  await tell()
  const words = (await listed()).map((one) => one.words)
  expect(words.filter((one) => one.startsWith('Actions because of '))).toHaveLength(1)
  expect(words.filter((one) => one.startsWith('Actions for 4711: 25 in the seven days'))).toHaveLength(1)
})

test('without a lake the night does nothing, and another day finds what this one could not', async () => {
  await desk.lake.sweep(desk.workspaceId)
  await tell()
  expect(await listed()).toEqual([])
})

test('the list is read from its index', async () => {
  const owner = await ownerOf(desk.database)
  await owner.query(
    `insert into desk.surprise select $1, gen_random_uuid(), 'actions', 'reason', 'r' || n, current_date - n % 900, current_date, 9, 1 from generate_series(1, 20000) n`,
    [desk.workspaceId],
  )
  await owner.query('analyze desk.surprise')
  await owner.end()
  const planner = await plannerOf(desk.database, desk.workspaceId)
  const nodes = await planner.plan(surprisesSql(desk.workspaceId, null, 51))
  await planner.end()
  expectIndexed(nodes, { indexes: ['surprise_workspace_id_found_on_id_idx'], most: 51 })
})
