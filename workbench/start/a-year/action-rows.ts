import { newId } from '../../../backend/platform/ids.ts'
import { DAY_MS, isWithin, LOOSE_LIDS } from '../../scenarios/a-year/calendar.ts'
import type { Draw } from '../../scenarios/busy-day/drawing.ts'
import { SHOP } from '../../scenarios/fern-and-fig.ts'
import type { Pouring } from './pouring.ts'
import type { TableName } from './tables.ts'
import type { House, Numbered } from './talk-rows.ts'

/** An order of the shop, as the desk knows it. */
export type KnownOrder = { id: string; name: string; shopId: string; shopifyId: string; currency: string }

/** What is on the shelves: what people get their money back for. */
const GOODS = [
  { product: 7_101, variant: 8_101, title: 'Fig jam, large jar', minor: 890 },
  { product: 7_102, variant: 8_102, title: 'Lemon curd', minor: 650 },
  { product: 7_103, variant: 8_103, title: 'Chilli oil', minor: 1_150 },
  { product: 7_104, variant: 8_104, title: 'Dark chocolate, 12 bars', minor: 2_400 },
  { product: 7_105, variant: 8_105, title: 'Tea set', minor: 4_900 },
  { product: 7_106, variant: 8_106, title: 'Hamper', minor: 6_500 },
] as const

/** Shopify's ids of what only this year has. */
const MADE_UP_ID = 7_700_000_000_000
/** June is asked about larger amounts, in hundredths. */
export const ASKED_ABOVE = 4_000
/** What goods cost the shop beside what they are sold for. */
const GOODS_COST = 0.45

/** An action that a person must look at or agree to is of the last days, a weekend between them. */
const WAITS_MS = 4 * DAY_MS
const REFUSED = 'Shopify did not take it: what is left of the payment is less than this refund. Review it again.'

type Ending = 'done' | 'declined' | 'waiting_approval' | 'parked'

/** Most is done at once; some large ones are declined, and of the last days some still wait. An order has one that waits at most. */
function endingOf(
  draw: Draw,
  { at, now, value, isFree }: { at: number; now: number; value: number; isFree: boolean },
): Ending {
  const die = draw.next()
  const isLarge = value > ASKED_ABOVE
  if (isFree && now - at < WAITS_MS) {
    if (isLarge && die < 0.5) return 'waiting_approval'
    if (die < 0.08) return 'parked'
  }
  return isLarge && die > 0.94 ? 'declined' : 'done'
}

/** The oil is what breaks. */
const OIL = 2
const BREAKS = [0, 1, OIL, OIL, OIL] as const

type Tables = Record<TableName, Pouring>

/** What was made right on a ticket: money back, a new one, or a gift card, as it ended. */
export function writeAction(
  tables: Tables,
  house: House,
  { ticket, id: ticketId, number, customer }: Numbered,
  draw: Draw,
  order: KnownOrder,
): void {
  if (!ticket.act || !ticket.agent) return
  const { workspaceId, box, staffId } = house
  const { reason } = ticket.act
  const at = new Date(ticket.act.at)
  const lasted = Math.round((15 + 400 * draw.next() ** 3) * 1_000)
  const ended = new Date(Math.min(ticket.act.at + lasted, house.now))
  const actionId = newId(at)
  const by = staffId(ticket.agent.seed.email)
  const isLoose = isWithin((house.now - ticket.act.at) / DAY_MS, LOOSE_LIDS)
  const good =
    GOODS[
      isLoose && reason === 'spilled'
        ? OIL
        : reason === 'damaged' || reason === 'spilled'
          ? draw.one(BREAKS)
          : draw.below(GOODS.length)
    ] ?? GOODS[0]
  const pieces = draw.chance(0.8) ? 1 : 2
  const minor = good.minor * pieces
  const kind = reason === 'goodwill' || draw.chance(0.12) ? 'gift_card' : draw.chance(0.35) ? 'reship' : 'refund'
  const value = kind === 'gift_card' ? Math.max(500, Math.round(minor / 500) * 500) : minor
  const isFree = kind !== 'gift_card' && !house.openOn.has(order.id)
  const ending = endingOf(draw, { at: ticket.act.at, now: house.now, value, isFree })
  const isDone = ending === 'done'
  const isOver = isDone || ending === 'declined'
  if (!isOver) house.openOn.add(order.id)
  const issueId = newId(at)
  const shopifyId = MADE_UP_ID + number
  const source = `${{ refund: 'refund', reship: 'order', gift_card: 'gift_card' }[kind]}/${shopifyId}`
  const shopCustomer = MADE_UP_ID + ticket.customer
  const content = {
    plan: planOf({ actionId, reason, kind, value, issueId }, order),
    order: { name: order.name, customer: customer.name, currency: order.currency, customerCurrency: order.currency },
    compensation: '',
    receivers: [],
  }
  tables.combined_action.row(
    workspaceId,
    actionId,
    newId(at),
    ticketId,
    order.shopId,
    order.id,
    customer.email,
    by,
    ticket.agent.seed.role,
    ending,
    reason,
    order.currency,
    value,
    true,
    value > ASKED_ABOVE ? ['action_limit'] : [],
    box.seal('combined_action.content', actionId, JSON.stringify(content)),
    ending === 'parked' ? 'refused' : null,
    ending === 'parked' ? box.seal('combined_action.problem_words', actionId, REFUSED) : null,
    at,
    at.toISOString().slice(0, 10),
    isDone || ending === 'parked' ? at : null,
    ending === 'parked' ? ended : null,
    ending === 'parked' ? ended : null,
    isOver ? ended : null,
  )
  if (value > ASKED_ABOVE) {
    const asked = new Date(ticket.act.at - Math.round((2 + 40 * draw.next() ** 2) * 60_000))
    const june = staffId(`june@${SHOP.domain}`)
    const decision = ending === 'waiting_approval' ? null : ending === 'declined' ? 'declined' : 'approved'
    tables.action_approval.row(workspaceId, newId(asked), actionId, june, asked, decision && at, decision)
  }
  const stepId = newId(at)
  tables.action_step.row(
    workspaceId,
    stepId,
    actionId,
    0,
    kind,
    { done: 'done', declined: 'dropped', waiting_approval: 'planned', parked: 'refused' }[ending],
    reason,
    value,
    order.currency,
    value,
    order.currency,
    kind === 'refund' ? 'original' : null,
    true,
    isDone ? source : null,
    isDone ? ended : null,
  )
  writeRecord(tables, house, { ticketId, actionId, stepId, orderId: order.id, kind, by, at, ended }, ending)
  if (kind !== 'gift_card')
    tables.action_line.row(
      workspaceId,
      actionId,
      0,
      good.product,
      good.variant,
      good.title,
      pieces,
      minor,
      order.currency,
    )
  if (!isDone) return
  tables.compensation.row(
    workspaceId,
    order.shopId,
    source,
    kind,
    shopCustomer,
    customer.email,
    value,
    kind === 'reship' ? Math.round(value * GOODS_COST) : null,
    order.currency,
    ended,
  )
  if (kind === 'gift_card') {
    const last = stepId.slice(-4).toUpperCase()
    tables.gift_card_issue.row(
      workspaceId,
      issueId,
      order.shopId,
      'issued',
      last,
      shopifyId,
      value,
      order.currency,
      ticketId,
      order.id,
      actionId,
      reason,
      by,
      at,
      ended,
    )
    tables.shop_gift_card.row(
      workspaceId,
      order.shopId,
      shopifyId,
      last,
      shopCustomer,
      value,
      draw.chance(0.45) ? value : draw.chance(0.6) ? 0 : Math.round(value / 2), // what its customer has not spent yet
      order.currency,
      true,
      'issued',
      ended,
      ended,
    )
  }
}

type Told = {
  ticketId: string
  actionId: string
  stepId: string
  orderId: string
  kind: string
  by: string
  at: Date
  ended: Date
}

/** What the desk would have recorded of it. */
function writeRecord(
  tables: Tables,
  { workspaceId }: House,
  { ticketId, actionId, stepId, orderId, kind, by, at, ended }: Told,
  ending: Ending,
): void {
  const confirmed = ending === 'waiting_approval' ? 'waiting_approval' : 'running'
  const then: Record<Ending, readonly (readonly [string, object])[]> = {
    done: [
      ['action.step_done', { actionId, stepId, kind }],
      ['action.ended', { actionId }],
    ],
    declined: [['action.declined', { actionId }]],
    waiting_approval: [],
    parked: [['action.parked', { actionId, problem: 'refused' }]],
  }
  tables.event.row(
    workspaceId,
    at,
    newId(at),
    at,
    'action.confirmed',
    'staff',
    by,
    ticketId,
    JSON.stringify({ actionId, orderId, state: confirmed }),
  )
  for (const [type, payload] of then[ending])
    tables.event.row(workspaceId, ended, newId(ended), ended, type, 'staff', by, ticketId, JSON.stringify(payload))
}

type Planned = {
  actionId: string
  reason: string
  kind: 'refund' | 'reship' | 'gift_card'
  value: number
  issueId: string
}

/** As a plan is kept: enough of it that its pages open. */
function planOf({ actionId, reason, kind, value, issueId }: Planned, { shopifyId, currency }: KnownOrder) {
  const amount = { minor: value, currency }
  const orderId = `gid://shopify/Order/${shopifyId}`
  const mark = `ca:${actionId}:${kind}`
  const requests = {
    refund: {
      kind,
      mark,
      orderId,
      currency: null,
      notify: true,
      discrepancy: 'OTHER',
      lines: [],
      shipping: null,
      transactions: [],
      storeCredit: null,
    },
    reship: {
      kind,
      mark,
      orderId,
      customerId: null,
      email: null,
      lines: [],
      address: {},
      method: 'Standard',
      fee: { minor: 0, currency },
      currency,
      note: '',
      tags: [],
      notify: true,
    },
    gift_card: { kind, mark, issueId, customerId: null, amount, expiresOn: null, message: '', notify: true },
  }
  const pounds = `£${(value / 100).toFixed(2)}`
  const words = {
    refund: `Refund ${pounds}`,
    reship: `Send again what is worth ${pounds}`,
    gift_card: `Gift card of ${pounds}`,
  }[kind]
  return {
    actionId,
    input: { reason: { code: reason } },
    steps: [
      {
        kind,
        request: requests[kind],
        reasonCode: reason,
        words,
        amount,
        customerAmount: amount,
        tax: null,
        route: null,
        notify: true,
      },
    ],
    notices: [],
    standing: { cancelled: false, refunds: [], parcels: [], lines: [] },
  }
}
