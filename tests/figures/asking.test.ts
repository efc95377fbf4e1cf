import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { figureOf } from '../../backend/features/analytics/index.ts'
import { askFigure, FigureQuestion } from '../../shared/analytics.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { type HandRow, handLake } from '../support/hand-lake.ts'

let desk: Desk
let lake: ReturnType<typeof handLake>
beforeAll(async () => {
  desk = await startDesk()
  lake = handLake(desk.ctx.config.lake.dir)
})
afterAll(() => desk.stop())

const ticket = (number: number, created: string, more: HandRow = {}): HandRow => ({
  id: `ticket-${number}`,
  number,
  created_at: created,
  opened_at: created,
  status: 'open',
  priority: 'normal',
  tags: [],
  channel: 'mail',
  customer_id: 'somebody',
  reopens: 0,
  historical: false,
  spam: false,
  ...more,
})

const ask = (question: Partial<FigureQuestion> & { metric: string; from: string; to: string }) =>
  figureOf(desk.ctx, desk.workspaceId, FigureQuestion.parse(question))

test('without a lake every figure is empty and says so', async () => {
  const figure = await ask({ metric: 'new-tickets', from: '2026-11-02', to: '2026-11-08', interval: 'day' })
  expect(figure).toMatchObject({ rows: [], totals: [], freshness: { state: 'missing', asOf: null } })
  expect(figure.note).toMatch(/first time/)
})

test('tickets of a week are counted by day and category, with the total of the week', async () => {
  await lake.write(desk.workspaceId, {
    ticket: [
      ticket(1, '2026-11-02 09:00', { category: 'order', tags: ['damaged', 'gift'] }),
      ticket(2, '2026-11-02 10:00', { category: 'billing', tags: ['gift'] }),
      ticket(3, '2026-11-04 23:59:59', { category: null }),
      ticket(4, '2026-11-09 00:00'), // the next Monday
      ticket(5, '2026-11-03 10:00', { void_reason: 'spam', spam: true }),
    ],
  })
  const week = { metric: 'new-tickets', from: '2026-11-02', to: '2026-11-08', zone: 'UTC' }
  const byDay = await ask({ ...week, interval: 'day' })
  expect(byDay.totals).toEqual([{ at: null, keys: [], labels: [], value: 3, shares: 3, currency: null }])
  expect(byDay.rows.map(({ at, value }) => [at?.slice(0, 10), value])).toEqual([
    ['2026-11-02', 2],
    ['2026-11-03', 0],
    ['2026-11-04', 1],
    ['2026-11-05', 0],
    ['2026-11-06', 0],
    ['2026-11-07', 0],
    ['2026-11-08', 0],
  ])
  const byCategory = await ask({ ...week, by: ['category'] })
  expect(byCategory.rows.map(({ labels, keys, value }) => [keys[0], labels[0], value])).toEqual([
    ['billing', 'Billing', 1],
    ['none', 'No category', 1],
    ['order', 'Order', 1],
  ])
  const byTag = await ask({ ...week, by: ['tag'] })
  expect(byTag.rows.map(({ keys, value }) => [keys[0], value])).toEqual([
    ['gift', 2],
    ['damaged', 1],
    ['none', 1],
  ])
  expect(byTag.totals[0]?.value).toBe(3)
  expect((await ask({ ...week, tag: ['gift'], category: ['order', 'none'] })).totals[0]?.value).toBe(1)
  expect((await ask({ ...week, interval: 'hour' })).rows).toHaveLength(7 * 24)
  expect((await ask({ ...week, by: ['weekday', 'hour'] })).rows.map(({ labels }) => labels.join(' '))).toEqual([
    'Monday 09:00',
    'Monday 10:00',
    'Wednesday 23:00',
  ])
})

test('the API answers what is answered in the process', async () => {
  const query = {
    metric: 'new-tickets',
    from: '2026-11-02',
    to: '2026-11-08',
    interval: 'day',
    by: 'category',
  } as const
  const answer = await desk.as('vera').call(askFigure, { query: query as never })
  expect(answer).toEqual(JSON.parse(JSON.stringify(await ask(query as never))))
})

test('a backlog is read at the end of each day', async () => {
  await lake.write(desk.workspaceId, {
    ticket: [
      ticket(1, '2026-11-01 09:00', { resolved_at: '2026-11-03 12:00', status: 'solved' }),
      ticket(2, '2026-11-03 09:00'),
      ticket(3, '2026-11-02 09:00', { reopens: 1, status: 'solved', resolved_at: '2026-11-05 10:00' }),
    ],
    move: [
      { id: 'm1', ticket_id: 'ticket-3', at: '2026-11-02 15:00', kind: 'status', before: 'open', after: 'solved' },
      { id: 'm2', ticket_id: 'ticket-3', at: '2026-11-04 08:00', kind: 'status', before: 'solved', after: 'open' },
      { id: 'm3', ticket_id: 'ticket-3', at: '2026-11-05 10:00', kind: 'status', before: 'open', after: 'solved' },
    ],
  })
  const figure = await ask({ metric: 'backlog', from: '2026-11-01', to: '2026-11-06', zone: 'UTC', interval: 'day' })
  // 1: ticket 1; 2: 1 (3 was solved); 3: ticket 2; 4: 2 and 3; 5: 2; 6: 2
  expect(figure.rows.map(({ value }) => value)).toEqual([1, 1, 1, 2, 1, 1])
  expect(figure.totals[0]?.value).toBe(1)
})
