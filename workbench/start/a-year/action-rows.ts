import { newId } from '../../../backend/platform/ids.ts'
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
/** June is asked about larger amounts. */
const ASKED_FROM = 4_000
/** What goods cost the shop beside what they are sold for. */
const GOODS_COST = 0.45

/** The oil is what breaks. */
const BREAKS = [0, 1, 2, 2, 2] as const

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
  const ended = new Date(ticket.act.at + 90_000)
  const actionId = newId(at)
  const by = staffId(ticket.agent.seed.email)
  const good =
    GOODS[reason === 'damaged' || reason === 'spilled' ? draw.one(BREAKS) : draw.below(GOODS.length)] ?? GOODS[0]
  const pieces = draw.chance(0.8) ? 1 : 2
  const minor = good.minor * pieces
  const kind = reason === 'goodwill' || draw.chance(0.12) ? 'gift_card' : draw.chance(0.35) ? 'reship' : 'refund'
  const value = kind === 'gift_card' ? Math.max(500, Math.round(minor / 500) * 500) : minor
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
    'done',
    reason,
    order.currency,
    value,
    true,
    [],
    box.seal('combined_action.content', actionId, JSON.stringify(content)),
    at,
    at.toISOString().slice(0, 10),
    at,
    ended,
  )
  if (value >= ASKED_FROM) {
    const asked = new Date(ticket.act.at - Math.round((2 + 40 * draw.next() ** 2) * 60_000))
    const june = staffId(`june@${SHOP.domain}`)
    tables.action_approval.row(workspaceId, newId(asked), actionId, june, asked, at, 'approved')
  }
  const stepId = newId(at)
  tables.action_step.row(
    workspaceId,
    stepId,
    actionId,
    0,
    kind,
    'done',
    reason,
    value,
    order.currency,
    value,
    order.currency,
    kind === 'refund' ? 'original' : null,
    true,
    source,
    ended,
  )
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
  else {
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
  for (const [type, when, payload] of [
    ['action.confirmed', at, { actionId, orderId: order.id, state: 'running' }],
    ['action.step_done', ended, { actionId, stepId, kind }],
    ['action.ended', ended, { actionId }],
  ] as const)
    tables.event.row(workspaceId, when, newId(when), when, type, 'staff', by, ticketId, JSON.stringify(payload))
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
