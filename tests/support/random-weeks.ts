import { clockRow, idOf, messageRow, moveRow, ticketRow } from './figure-desk.ts'
import { actionRow, cardRow, givenRow, lineRow, stepRow, stretchRow } from './figure-rows.ts'
import type { HandRow, HandTables } from './hand-lake.ts'
import { randomFrom } from './random.ts'

type World = {
  seed: number
  /** The first day, in UTC. */
  from: string
  /** Of 35 days unless stated. */
  tickets?: number
  days?: number
}

/** Tickets of some weeks with all that can happen to one. */
export function randomWorld({
  seed,
  from,
  tickets = 150,
  days = 35,
}: World): Required<Pick<HandTables, 'ticket' | 'message' | 'move' | 'clock'>> {
  const random = randomFrom(seed)
  const world = { ticket: [] as HandRow[], message: [] as HandRow[], move: [] as HandRow[], clock: [] as HandRow[] }
  const start = Date.parse(`${from}T00:00:00Z`)
  const text = (ms: number) => new Date(ms).toISOString().replace('T', ' ').replace('Z', '')
  for (let n = 1; n <= tickets; n++) {
    const began = start + Math.floor(random() * days * 86_400_000)
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

/** Four weeks of log-ins against shifts, combined actions on the first tickets of `randomWorld`, and what was given back with and without them. */
export function randomWork({ seed, from: first }: Pick<World, 'seed' | 'from'>): HandTables {
  const random = randomFrom(seed)
  const pick = (n: number) => Math.floor(random() * n)
  const start = Date.parse(`${first}T00:00:00Z`)
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
