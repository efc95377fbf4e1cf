import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { METRICS } from '../../backend/features/analytics/metrics/index.ts'
import { askFigure, type Dimension, type Figure, listShares, type Measure, type Share } from '../../shared/analytics.ts'
import { clockRow, idOf, messageRow, moveRow, startFigureDesk, ticketRow } from '../support/figure-desk.ts'
import { actionRow, cardRow, givenRow, lineRow, stepRow, stretchRow } from '../support/figure-rows.ts'
import type { HandRow, HandTables } from '../support/hand-lake.ts'
import { randomFrom } from '../support/random.ts'

const PERIOD = { from: '2026-10-19', to: '2026-11-08', zone: 'Europe/Berlin' } // with the night on which clocks go back

let desk: Awaited<ReturnType<typeof startFigureDesk>>
beforeAll(async () => {
  desk = await startFigureDesk()
  await desk.write({ ...randomWorld(20), ...randomWork(21) })
})
afterAll(() => desk.stop())

describe.each(METRICS.map((metric) => [metric.id, metric] as const))('%s', (id, metric) => {
  test('is the aggregate of its shares, by every measure, and the list is complete', async () => {
    const shares = await allShares(id)
    expect(shares.length).toBeGreaterThan(0)
    for (const measure of metric.measures) {
      const { totals } = await desk.ask({ metric: id, measure, ...PERIOD })
      expect(totals.map(({ shares }) => shares)).toEqual(perCurrency(shares).map((all) => all.length))
      for (const [n, all] of perCurrency(shares).entries())
        expect(totals[n]?.value).toBeCloseTo(aggregate(measure, all) ?? Number.NaN, 6)
    }
  })

  test('is the same whether it is split or not, by every dimension', async () => {
    const measure = metric.measures.includes('count') ? 'count' : 'sum'
    const { totals } = await desk.ask({ metric: id, measure, ...PERIOD })
    for (const dimension of metric.dimensions) {
      const figure = await desk.ask({ metric: id, measure, by: [dimension], ...PERIOD })
      expect(figure.totals).toEqual(totals)
      if (dimension !== 'tag') expect(sum(figure)).toBeCloseTo(sum({ rows: totals }), 6)
      for (const row of figure.rows.slice(0, 3)) {
        const filtered = await desk.ask({ metric: id, measure, ...PERIOD, [dimension]: row.keys })
        const total = filtered.totals.find(({ currency }) => currency === row.currency)
        expect(total).toMatchObject({ value: row.value, shares: row.shares })
      }
    }
  })

  test('adds up over days and hours', async () => {
    const measure = metric.measures.includes('count') ? 'count' : 'sum'
    const { totals } = await desk.ask({ metric: id, measure, ...PERIOD })
    for (const interval of ['hour', 'day', 'week', 'month'] as const) {
      const figure = await desk.ask({ metric: id, measure, interval, ...PERIOD })
      const last = figure.rows.at(-1)?.at
      const rows = metric.kind === 'stands' ? figure.rows.filter(({ at }) => at === last) : figure.rows
      expect(sum({ rows })).toBeCloseTo(sum({ rows: totals }), 6)
      if (metric.unit === 'money') continue // of money there are only rows of what there is, for each currency
      expect(figure.rows.length).toBe({ hour: 21 * 24 + 1, day: 21, week: 3, month: 2 }[interval])
    }
  })

  test('is over the API what it is in the process', async () => {
    const dimension = metric.dimensions[0] as Dimension
    const query = { metric: id, ...PERIOD, interval: 'week', by: dimension } as const
    const inside = await desk.ask({ ...query, by: [dimension] })
    const outside = await desk.as('vera').call(askFigure, { query })
    expect(outside).toEqual(JSON.parse(JSON.stringify(inside)))
  })
})

async function allShares(metric: string): Promise<Share[]> {
  const found: Share[] = []
  let cursor: string | undefined
  do {
    const page = await desk
      .as('vera')
      .call(listShares, { query: { metric, ...PERIOD, limit: 7, ...(cursor && { cursor }) } })
    found.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor)
  expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
  expect(found.map(({ at }) => at)).toEqual(
    found
      .map(({ at }) => at)
      .sort()
      .reverse(),
  )
  return found
}

function perCurrency(shares: readonly Share[]): Share[][] {
  const found = new Map<string | null, Share[]>()
  for (const one of shares) found.set(one.currency, [...(found.get(one.currency) ?? []), one])
  return [...found].sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1)).map(([, all]) => all)
}

function aggregate(measure: Measure, shares: readonly Share[]): number | null {
  const values = shares.map(({ value }) => value ?? 0)
  const total = values.reduce((all, one) => all + one, 0)
  if (measure === 'count') return values.length
  if (measure === 'sum') return total
  if (shares.some(({ weight }) => weight !== null))
    return total / shares.reduce((all, { weight }) => all + (weight ?? 0), 0)
  if (measure === 'average' || measure === 'share') return total / values.length
  return quantile(values, measure === 'median' ? 0.5 : 0.9)
}

function quantile(values: number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * part
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0]
  return low + (high - low) * (place - Math.floor(place))
}

const sum = ({ rows }: Pick<Figure, 'rows'> | { rows: Figure['totals'] }) =>
  rows.reduce((all, { value }) => all + (value ?? 0), 0)

/** Tickets of six weeks with all that can happen to one. */
function randomWorld(seed: number): Required<Pick<HandTables, 'ticket' | 'message' | 'move' | 'clock'>> {
  const random = randomFrom(seed)
  const world = { ticket: [] as HandRow[], message: [] as HandRow[], move: [] as HandRow[], clock: [] as HandRow[] }
  const start = Date.parse('2026-10-10T00:00:00Z')
  const text = (ms: number) => new Date(ms).toISOString().replace('T', ' ').replace('Z', '')
  for (let n = 1; n <= 150; n++) {
    const began = start + Math.floor(random() * 35 * 86_400_000)
    const first = began + Math.floor(random() * 86_400_000)
    const solved = first + Math.floor(random() * 5 * 86_400_000)
    const isSolved = random() < 0.7
    const reopened = isSolved && random() < 0.3
    const again = solved + 3_600_000
    const agent = idOf(500 + Math.floor(random() * 4))
    const voided = random() < 0.1
    world.ticket.push(
      ticketRow(n, text(began), {
        category: random() < 0.8 ? (['order', 'billing', 'product'][n % 3] ?? null) : null,
        priority: ['low', 'normal', 'high', 'urgent'][n % 4] ?? 'normal',
        tags: [['damaged', 'gift'], ['gift'], []][n % 3] ?? [],
        mailbox_id: idOf(700 + (n % 2)),
        channel: ['mail', 'call', 'walk_in'][n % 3] ?? 'mail',
        language: n % 5 === 0 ? null : 'en',
        customer_id: idOf(900_000 + (n % 40)),
        tier: ['standard', 'vip'][n % 2] ?? null,
        assignee_id: n % 6 === 0 ? null : agent,
        void_reason: voided ? 'spam' : null,
        spam: voided,
        first_out_at: text(first),
        first_by_id: agent,
        first_seconds: Math.floor((first - began) / 1_000),
        first_open_seconds: Math.floor((first - began) / 3_000),
        ...(isSolved && {
          status: 'solved',
          resolved_at: text(reopened ? again + 7_200_000 : solved),
          resolved_by_id: agent,
          resolution_seconds: Math.floor((solved - began) / 1_000),
          resolution_open_seconds: Math.floor((solved - began) / 4_000),
        }),
        reopens: reopened ? 1 : 0,
        mails_out: 1 + (n % 2),
        escalations: n % 7 === 0 ? 1 : 0,
        handle_seconds: n % 3 === 0 ? 0 : Math.floor(random() * 3_000),
      }),
    )
    world.message.push(messageRow(n, text(began), 'in'), messageRow(n, text(first), 'out', { staff_id: agent }))
    world.clock.push(
      clockRow(n, 'first', text(began), {
        ended_at: text(first),
        spent_seconds: Math.floor((first - began) / 1_000),
        outcome: random() < 0.6 ? 'met' : 'breached',
        told_at: text(first),
        staff_id: agent,
      }),
      clockRow(n, 'next', text(first + 60_000), {
        ended_at: text(first + 3_660_000),
        spent_seconds: 3_600,
        outcome: n % 3 === 0 ? null : 'met',
        staff_id: n % 4 === 0 ? null : agent,
      }),
    )
    if (isSolved) world.move.push(moveRow(n, text(solved), 'open', 'solved', { by_id: agent }))
    if (reopened)
      world.move.push(
        moveRow(n, text(again), 'solved', 'open', { by_kind: 'system' }),
        moveRow(n, text(again + 7_200_000), 'open', 'solved', { by_id: agent }),
      )
  }
  return world
}

/** Log-ins against shifts, combined actions on the tickets of `randomWorld`, and what was given back with and without them. */
function randomWork(seed: number): HandTables {
  const random = randomFrom(seed)
  const pick = (n: number) => Math.floor(random() * n)
  const start = Date.parse('2026-10-12T00:00:00Z')
  const at = (day: number, minutes: number) =>
    new Date(start + day * 86_400_000 + minutes * 60_000).toISOString().slice(0, 16).replace('T', ' ')
  const [session, shift, breaks]: [HandRow[], HandRow[], HandRow[]] = [[], [], []]
  for (let n = 0; n < 100; n++) {
    const [day, who, from] = [Math.floor(n / 4), idOf(500 + (n % 4)), pick(20) * 60]
    if (n % 7 > 0) shift.push(stretchRow(`shift-${n}`, who, at(day, from), at(day, from + 480)))
    if (n % 5 === 0) continue
    const begin = from + pick(60) - 20
    session.push(stretchRow(`log-in-${n}`, who, at(day, begin), at(day, begin + 400 + pick(120))))
    const kind = ['lunch', 'short', 'other'][pick(3)] ?? 'lunch'
    const lunch = begin + 100 + pick(100)
    breaks.push(
      stretchRow(`break-${n}`, who, at(day, lunch), at(day, lunch + 10 + pick(60)), { kind, allowed_seconds: 1_800 }),
    )
  }
  const tables = {
    action: [] as HandRow[],
    step: [] as HandRow[],
    line: [] as HandRow[],
    approval: [] as HandRow[],
    compensation: [] as HandRow[],
    gift_card: [] as HandRow[],
    rating: [] as HandRow[],
  }
  const states = ['done', 'done', 'done', 'running', 'parked', 'stopped', 'undone', 'declined']
  for (let n = 0; n < 120; n++) {
    const [day, minute] = [pick(28), pick(1_000)]
    const currency = n % 3 === 0 ? 'USD' : 'EUR'
    const state = states[n % 8] ?? 'done'
    const action = actionRow(`action-${n}`, 1 + pick(160), at(day, minute), {
      state,
      currency,
      by_id: idOf(500 + (n % 4)),
      reason: ['damaged', 'lost_in_post', 'goodwill'][n % 3] ?? null,
      value_minor: pick(9_000),
      ended_at: ['running', 'parked'].includes(state) ? null : at(day, minute + 5 + pick(300)),
      parked_at: state === 'parked' ? at(day, minute + 3) : null,
    })
    tables.action.push(action)
    for (let place = 1; place <= n % 4; place++)
      tables.line.push(
        lineRow(action, place, place === 3 ? null : String(7_000 + pick(5)), { minor: pick(3) * 333, currency }),
      )
    if (n % 6 === 0)
      tables.approval.push({
        ...{ id: `approval-${n}`, action_id: `action-${n}`, ticket_id: action['ticket_id'] ?? null },
        ...{ reason: action['reason'] ?? null, approver_id: idOf(500), asked_at: at(day, minute) },
        ...(n % 12 > 0
          ? { decided_at: at(day, minute + pick(90)), decision: n % 18 === 0 ? 'declined' : 'approved' }
          : {}),
      })
    const kind = ['refund', 'reship', 'gift_card', 'cancel'][n % 4] ?? 'cancel'
    const compensation_id = kind === 'cancel' || n % 5 === 0 ? null : `given-${n}`
    tables.step.push(
      stepRow(`step-${n}`, action, kind, at(day, minute + 4), { compensation_id, state: n % 9 ? 'done' : 'refused' }),
    )
    if (kind === 'cancel') continue
    const more = { currency, cost_minor: n % 8 === 1 ? pick(500) : null, customer_key: `shop:${n % 9}` }
    tables.compensation.push(
      givenRow(`given-${n}`, n % 11 === 0 ? 'discount' : kind, pick(9_000), at(day, minute + 4), more),
    )
    if (kind !== 'gift_card') continue
    const spent = n % 3 === 0 ? 700 : 0
    tables.gift_card.push(
      cardRow(`card-${n}`, 5_000, at(day, minute + 4), {
        ...{ currency, spent_minor: spent, balance_minor: 5_000 - spent, ticket_id: action['ticket_id'] ?? null },
        ...(n % 5 === 1
          ? { taken_back: true, state: 'deactivated', balance_minor: 0, deactivated_at: at(day + 6, 0) }
          : {}),
        ...(n % 7 === 1 ? { expires_at: at(day + 9, 0) } : {}),
      }),
    )
  }
  for (let n = 1; n <= 60; n++)
    tables.rating.push({
      id: `rating-${n}`,
      ticket_id: idOf(n),
      at: at(pick(28), 0),
      score: 1 + pick(5),
      staff_id: idOf(500),
    })
  return { ...tables, session, shift, break: breaks }
}
