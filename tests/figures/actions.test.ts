import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { listShares } from '../../shared/analytics.ts'
import { idOf, moveRow, startFigureDesk, ticketRow } from '../support/figure-desk.ts'
import { actionRow, cardRow, givenRow, lineRow, stepRow } from '../support/figure-rows.ts'

let desk: Awaited<ReturnType<typeof startFigureDesk>>
beforeAll(async () => {
  desk = await startFigureDesk()
})
afterAll(() => desk.stop())

const WEEK = { from: '2026-11-02', to: '2026-11-08' }
type Figure = Awaited<ReturnType<typeof desk.ask>>
const cells = ({ rows }: Figure) => rows.map(({ labels, currency, value }) => [...labels, currency, value])
const totals = (figure: Figure) => figure.totals.map(({ currency, value }) => [currency, value])

test('actions count when they were confirmed, unless they were undone or declined, and their value by currency', async () => {
  const nora = desk.staff.nora.id
  const by = { by_id: nora }
  const done = actionRow('a1', 1, '2026-11-02 09:00', { ...by, value_minor: 2_500, ended_at: '2026-11-02 09:10' })
  const again = actionRow('a2', 1, '2026-11-03 09:00', {
    ...by,
    value_minor: 500,
    reason: 'goodwill',
    ended_at: '2026-11-03 09:30',
  })
  const parked = actionRow('a3', 2, '2026-11-04 09:00', {
    ...by,
    state: 'parked',
    parked_at: '2026-11-04 09:02',
    currency: 'USD',
    value_minor: 700,
  })
  const stopped = actionRow('a4', 3, '2026-11-05 09:00', {
    state: 'stopped',
    ended_at: '2026-11-06 09:00',
    value_minor: 100,
  })
  const undone = actionRow('a5', 1, '2026-11-05 10:00', {
    state: 'undone',
    ended_at: '2026-11-05 10:01',
    value_minor: 9_000,
  })
  const declined = actionRow('a6', 1, '2026-11-05 11:00', {
    state: 'declined',
    ended_at: '2026-11-07 11:00',
    value_minor: 9_000,
  })
  const before = actionRow('a7', 1, '2026-11-01 23:59', { ended_at: '2026-11-02 00:59', value_minor: 9_000 })
  await desk.write({
    ticket: [
      ticketRow(1, '2026-11-01 08:00', { category: 'order', reopens: 1 }),
      ticketRow(2, '2026-11-02 08:00', { category: 'order' }),
      ticketRow(3, '2026-11-02 08:00', { category: 'billing', void_reason: 'spam', spam: true }), // what was done on it was done
    ],
    action: [done, again, parked, stopped, undone, declined, before],
    step: [
      stepRow('s1', done, 'refund', '2026-11-02 09:08'),
      stepRow('s2', done, 'tag', '2026-11-02 09:10'),
      stepRow('s3', parked, 'refund', '2026-11-04 09:01', { state: 'refused' }),
      stepRow('s4', stopped, 'cancel', '2026-11-05 09:01'),
      stepRow('s5', undone, 'refund', '2026-11-05 10:00', { state: 'dropped', done_at: null }),
    ],
    line: [
      lineRow(done, 1, '7001', { quantity: 2 }),
      lineRow(done, 2, '7002'),
      lineRow(again, 1, '7001'),
      lineRow(declined, 1, '7001', { quantity: 50 }),
    ],
    approval: [
      // asked Vera, then Ada after 15 min; Ada agreed 20 min after the first was asked
      {
        id: 'p1',
        action_id: 'a1',
        ticket_id: idOf(1),
        reason: 'damaged',
        approver_id: desk.staff.vera.id,
        asked_at: '2026-11-02 09:00',
      },
      {
        id: 'p2',
        action_id: 'a1',
        ticket_id: idOf(1),
        reason: 'damaged',
        approver_id: desk.staff.ada.id,
        asked_at: '2026-11-02 09:15',
        decided_at: '2026-11-02 09:20',
        decision: 'lowered',
      },
      {
        id: 'p3',
        action_id: 'a6',
        ticket_id: idOf(1),
        reason: 'damaged',
        approver_id: desk.staff.vera.id,
        asked_at: '2026-11-05 11:00',
        decided_at: '2026-11-05 12:00',
        decision: 'declined',
      },
    ],
  })
  const ask = (metric: string, more = {}) => desk.ask({ metric, ...WEEK, ...more })
  // a1, a2 (a second one on the ticket that was opened again), a3 which stands still, a4 of spam; not a5, a6; a7 is of the week before
  expect(cells(await ask('actions', { by: ['reason'] }))).toEqual([
    ['Damaged', null, 3],
    ['Goodwill', null, 1],
  ])
  expect(cells(await ask('actions', { by: ['agent'] }))).toEqual([
    ['Nora', null, 3],
    ['Nobody', null, 1],
  ])
  const weeks = await desk.ask({ metric: 'actions', interval: 'week', from: '2026-10-26', to: '2026-11-08' })
  expect(weeks.rows.map(({ value }) => value)).toEqual([1, 4])
  expect(totals(await ask('action-value'))).toEqual([
    ['EUR', 2_500 + 500 + 100],
    ['USD', 700],
  ])
  // ended in the week, done: a1 10 min, a2 30 min, a7 60 min; stopped, undone and declined do not count
  expect((await ask('action-time')).totals[0]).toMatchObject({ value: 30 * 60, shares: 3 })
  expect(cells(await ask('action-steps', { by: ['step'] }))).toEqual([
    ['Cancellation', null, 1],
    ['Refund', null, 1],
    ['Tag', null, 1],
  ])
  // pieces: 2 + 1 of 7001, 1 of 7002; lines: 2 and 1
  expect(cells(await ask('action-lines', { by: ['product'], measure: 'sum' }))).toEqual([
    ['7001', null, 3],
    ['7002', null, 1],
  ])
  expect((await ask('action-lines')).totals[0]?.value).toBe(3)
  // at the end of each day: 2nd: none; 3rd: none; 4th: a3; 5th: a3, a4, a6; 6th: a3, a6; 7th and 8th: a3
  const open = await ask('actions-open', { interval: 'day' })
  expect(open.rows.map(({ value }) => value)).toEqual([0, 0, 1, 3, 2, 1, 1])
  expect((await ask('actions-parked')).totals[0]?.value).toBe(1)
  expect(cells(await ask('approvals', { by: ['agent'] }))).toEqual([
    ['Ada', null, 1],
    ['Vera', null, 0],
  ])
  expect((await ask('approval-time', { measure: 'average' })).totals[0]?.value).toBe((20 + 60) * 30)
})

test('compensation is what anyone gave, by reason where an action gave it, each currency by itself and to the last cent by product', async () => {
  const refund = actionRow('a1', 1, '2026-11-02 09:00', { by_id: desk.staff.nora.id })
  const reship = actionRow('a2', 2, '2026-11-03 09:00', { reason: 'lost_in_post', by_id: desk.staff.sam.id })
  await desk.write({
    ticket: [
      ticketRow(1, '2026-11-01 08:00', { category: 'order' }),
      ticketRow(2, '2026-11-02 08:00', { void_reason: 'merged' }),
    ],
    action: [refund, reship],
    step: [
      stepRow('s1', refund, 'refund', '2026-11-02 09:05', { compensation_id: 'shop:refund/1:refund' }),
      stepRow('s2', refund, 'gift_card', '2026-11-02 09:06', { compensation_id: 'shop:gift_card/1:gift_card' }),
      stepRow('s3', reship, 'reship', '2026-11-03 09:05', { compensation_id: 'shop:order/2:reship' }),
    ],
    line: [
      lineRow(refund, 1, '7001', { minor: 100 }),
      lineRow(refund, 2, '7002', { minor: 100 }),
      lineRow(refund, 3, '7003', { minor: 100 }),
      lineRow(reship, 1, '7001', { minor: 0 }), // was free: then each line is worth the same
      lineRow(reship, 2, null, { minor: 0 }),
    ],
    gift_card: [
      cardRow('g1', 500, '2026-11-02 09:06', {
        action_id: 'a1',
        ticket_id: idOf(1),
        reason: 'damaged',
        compensation_id: 'shop:gift_card/1:gift_card',
      }),
      cardRow('g2', 300, '2026-11-04 09:00', {
        ticket_id: idOf(1),
        by_id: desk.staff.nora.id,
        compensation_id: 'shop:gift_card/2:gift_card',
      }),
    ],
    compensation: [
      givenRow('shop:refund/1:refund', 'refund', 1_000, '2026-11-02 09:05'),
      givenRow('shop:gift_card/1:gift_card', 'gift_card', 500, '2026-11-02 09:06'),
      givenRow('shop:gift_card/2:gift_card', 'gift_card', 300, '2026-11-04 09:00'), // by hand, without an action
      givenRow('shop:order/2:reship', 'reship', 9_000, '2026-11-03 09:05', { cost_minor: 401 }), // what it cost, not its price
      givenRow('shop:order/3:reship', 'reship', 700, '2026-11-05 09:00', { customer_key: 'shop:2' }), // its cost is not known
      givenRow('shop:refund/9:refund', 'refund', 2_000, '2026-11-06 09:00', {
        currency: 'USD',
        customer_key: 'shop:2',
      }), // in Shopify itself
      givenRow('shop:order/4:discount', 'discount', 5_000, '2026-11-06 09:00'),
      givenRow('shop:refund/2:refund', 'refund', 4_000, '2026-11-09 00:00'), // the next week
    ],
  })
  const ask = (metric: string, more = {}) => desk.ask({ metric, ...WEEK, ...more })
  // 1000 + 500 + 300 + 401 + 700
  const all = [
    ['EUR', 2_901],
    ['USD', 2_000],
  ]
  expect(totals(await ask('compensation'))).toEqual(all)
  expect(cells(await ask('compensation', { by: ['step'] }))).toEqual([
    ['Refund', 'USD', 2_000],
    ['Sent again', 'EUR', 1_101],
    ['Refund', 'EUR', 1_000],
    ['Gift card', 'EUR', 800],
  ])
  expect(cells(await ask('compensation', { by: ['reason'] }))).toEqual([
    ['No reason', 'USD', 2_000],
    ['Damaged', 'EUR', 1_500],
    ['No reason', 'EUR', 700],
    ['Lost in the post', 'EUR', 401],
    ['Goodwill', 'EUR', 300],
  ])
  expect(cells(await ask('compensation', { by: ['agent'], currency: ['EUR'] }))).toEqual([
    ['Nora', 'EUR', 1_800],
    ['Nobody', 'EUR', 700],
    ['Sam', 'EUR', 401],
  ])
  expect(cells(await ask('compensation', { by: ['customer'] }))).toEqual([
    ['Customer 1', 'EUR', 2_201],
    ['Customer 2', 'USD', 2_000],
    ['Customer 2', 'EUR', 700],
  ])
  // 1000 in three is 333, 334 and 333, and 500 is 167, 166 and 167; 401 in two is 201 for 7001 and 200 for what has no product
  const byProduct = await ask('compensation-lines', { by: ['product'] })
  expect(cells(byProduct)).toEqual([
    ['No product', 'USD', 2_000],
    ['No product', 'EUR', 300 + 700 + 200],
    ['7001', 'EUR', 333 + 167 + 201],
    ['7002', 'EUR', 334 + 166],
    ['7003', 'EUR', 333 + 167],
  ])
  expect(totals(byProduct)).toEqual(all)
  const { items } = await desk
    .as('vera')
    .call(listShares, { query: { metric: 'compensation', ...WEEK, currency: 'USD' } as never })
  expect(items).toEqual([expect.objectContaining({ ticketId: null, label: 'Given in Shopify', words: '20.00 USD' })])
})

test('a card stands until it is taken back or expires; one that was reissued counts once', async () => {
  await desk.write({
    gift_card: [
      cardRow('g1', 1_000, '2026-11-02 09:00', { spent_minor: 400, balance_minor: 600 }),
      // 200 were spent, then it was taken back on the 4th and the rest given anew
      cardRow('g2', 1_000, '2026-11-03 09:00', {
        state: 'deactivated',
        taken_back: true,
        spent_minor: 200,
        balance_minor: 0,
        deactivated_at: '2026-11-04 12:00',
      }),
      cardRow('g3', 800, '2026-11-04 12:00', {}),
      cardRow('g4', 500, '2026-11-02 10:00', { expires_at: '2026-11-06 00:00' }),
      cardRow('g5', 700, '2026-11-05 09:00', { currency: 'USD', spent_minor: 700, balance_minor: 0 }),
      cardRow('g6', 900, '2026-11-05 09:00', { taken_back: true, balance_minor: 0 }), // switched off in Shopify, unspent
      cardRow('g7', 900, '2026-11-05 09:00', { state: 'refused' }),
    ],
  })
  const ask = (metric: string, more = {}) => desk.ask({ metric, ...WEEK, ...more })
  expect(totals(await ask('gift-cards-issued'))).toEqual([
    ['EUR', 1_000 + 200 + 800 + 500],
    ['USD', 700],
  ])
  expect(totals(await ask('gift-cards-redeemed'))).toEqual([
    ['EUR', 400 + 200],
    ['USD', 700],
  ])
  // g1 600 from the 2nd; g4 500 to the 5th; g2 800 on the 3rd; g3 800 from the 4th
  const standing = await ask('gift-cards-outstanding', { interval: 'day' })
  expect(standing.rows.map(({ value }) => value)).toEqual([1_100, 1_900, 1_900, 1_900, 1_400, 1_400, 1_400])
  expect(totals(standing)).toEqual([['EUR', 1_400]])
})

test('pain points are new tickets, reopenings, repeated contacts and what was given back, one each', async () => {
  const same = { customer_id: idOf(900_001), category: 'order' }
  const action = actionRow('a1', 1, '2026-11-03 09:00', { reason: 'damaged' })
  const later = actionRow('a2', 1, '2026-11-04 09:00', { reason: 'goodwill' })
  await desk.write({
    ticket: [
      ticketRow(1, '2026-11-02 08:00', { ...same, reopens: 1 }),
      ticketRow(2, '2026-11-05 08:00', same), // the same customer within seven days
      ticketRow(3, '2026-11-05 08:00', { category: 'billing' }),
      ticketRow(4, '2026-11-05 08:00', { ...same, void_reason: 'spam', spam: true }),
    ],
    move: [
      moveRow(1, '2026-11-02 12:00', 'open', 'solved'),
      moveRow(1, '2026-11-03 08:00', 'solved', 'open', { by_kind: 'customer' }),
      moveRow(1, '2026-11-04 12:00', 'open', 'solved'),
    ],
    action: [action, later],
    step: [stepRow('s1', action, 'refund', '2026-11-03 09:05', { compensation_id: 'shop:refund/1:refund' })],
    line: [lineRow(action, 1, '7001', { minor: 100 }), lineRow(later, 1, '7002', { minor: 900 })],
    compensation: [
      givenRow('shop:refund/1:refund', 'refund', 100_000, '2026-11-03 09:05'),
      givenRow('shop:refund/2:refund', 'refund', 1, '2026-11-03 09:05'), // on no ticket
    ],
  })
  const by = async (dimension: 'category' | 'product' | 'reason') =>
    cells(await desk.ask({ metric: 'pain-points', by: [dimension], ...WEEK }))
  // order: tickets 1 and 2 are new, 1 was opened again, 2 is a repeated contact, a refund on 1; billing: ticket 3
  expect(await by('category')).toEqual([
    ['Order', null, 5],
    ['Billing', null, 1],
  ])
  // ticket 1 has the reason of its newest action, and the product that most was paid for: new, opened again, refund
  expect(await by('reason')).toEqual([
    ['Goodwill', null, 3],
    ['No reason', null, 3],
  ])
  expect(await by('product')).toEqual([
    ['7002', null, 3],
    ['No product', null, 3],
  ])
})
