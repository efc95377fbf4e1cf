import { amountOf } from '../../../shared/money.ts'
import type {
  Compensation,
  OrderActs,
  OrderDetails,
  OrderLine,
  OrderView,
  TicketOrders,
} from '../../../shared/orders.ts'
import type { Box } from '../../platform/keyring.ts'
import { compensationOf } from './compensated.ts'
import { problemsOf } from './problems.ts'
import { type OrderSummary, openSummary, type SummaryLine, type SummaryParcel } from './summary.ts'
import { hintOf, isOpen, whyLocked } from './trusting.ts'
import { ON_CARD, type OrderRow, type OrdersRow } from './viewing.ts'

/** What a card says without any shop. */
const NO_SHOP: TicketOrders = { orders: [], more: false, compensation: null, problems: [], connected: false }

/** What can be done to an order and by whom: told by whoever knows, because orders know nobody who acts on them. */
export type ActsOn = (order: OrderRow, summary: OrderSummary, locked: string | null) => OrderActs

/** The orders' part of a ticket card, of the row that `ordersOfTicketSql` gives. */
export function presentTicketOrders(box: Box, row: OrdersRow, now: Date, actsOn: ActsOn): TicketOrders {
  if (row.shops.length === 0) return NO_SHOP
  return {
    orders: presentOrders(box, row, actsOn).slice(0, ON_CARD).sort(forReading),
    more: row.orders.length > ON_CARD,
    compensation: compensationIn(row),
    problems: problemsOf(row, now),
    connected: true,
  }
}

/** What the buyers of the open orders got back; null while nobody here is known to be the buyer. */
export const compensationIn = ({ orders, given }: Pick<OrdersRow, 'orders' | 'given'>): Compensation[] | null =>
  orders.some(isOpen) ? compensationOf(given) : null

/** What a person linked is chosen first, so that mails which name many orders do not hide it; what mails name is read first. */
const forReading = (a: OrderView, b: OrderView): number =>
  rankOf(a) - rankOf(b) || Date.parse(b.placedAt) - Date.parse(a.placedAt)

const rankOf = ({ via }: OrderView) => (via === 'named' ? 0 : via === 'linked' ? 1 : 2)

/** Orders as this ticket may see them. */
export const presentOrders = (
  box: Box,
  { orders, proven }: Pick<OrdersRow, 'orders' | 'proven'>,
  actsOn: ActsOn,
): OrderView[] =>
  orders.map((order) => {
    const summary = openSummary(box, order.id, Buffer.from(order.summary, 'base64'))
    const locked = whyLocked(order, proven)
    return { ...presentOrder(order, summary, locked), ...actsOn(order, summary, locked) }
  })

function presentOrder(row: OrderRow, summary: OrderSummary, locked: string | null): Omit<OrderView, keyof OrderActs> {
  return {
    id: row.id,
    number: row.name,
    shop: { id: row.shopId, name: row.shopName },
    placedAt: instant(row.placedAt),
    cancelledAt: row.cancelledAt && instant(row.cancelledAt),
    deletedAt: row.deletedAt && instant(row.deletedAt),
    test: row.test,
    financial: row.financial,
    fulfilment: row.fulfilment,
    via: row.via,
    link: linkOf(row),
    hint: hintOf(summary.buyer),
    details: isOpen(row) ? detailsOf(row, summary) : null,
    locked,
    checkedAt: instant(row.checkedAt),
    adminUrl: `https://${row.domain}/admin/orders/${row.shopifyId}`,
  }
}

const linkOf = ({ linkedAt, linkedBy, confirmedAt }: OrderRow): OrderView['link'] =>
  linkedAt === null
    ? null
    : { confirmed: confirmedAt !== null, by: linkedBy ?? 'Former colleague', at: instant(linkedAt) }

const detailsOf = (row: OrderRow, summary: OrderSummary): OrderDetails => ({
  buyer: summary.buyer,
  shipTo: summary.shipTo,
  payment: summary.payment,
  total: amountOf(summary.total),
  shopTotal: summary.shopTotal && amountOf(summary.shopTotal),
  received: amountOf(summary.received),
  refunded: amountOf(summary.refunded),
  outstanding: amountOf(summary.outstanding),
  lines: summary.lines.map(presentLine),
  lineCount: summary.lineCount,
  nextLine: summary.lines.length < summary.lineCount ? summary.lines.length : null,
  parcels: summary.parcels.map(presentParcel),
  refunds: summary.refunds.map((refund) => ({ ...refund, amount: amountOf(refund.amount) })),
  disputes: summary.disputes,
  holds: summary.holds.map(({ reason, notes }) => [inWords(reason), notes].filter(Boolean).join(': ')),
  tags: summary.tags,
  discountCodes: summary.discountCodes,
  compensation: compensationOf(row.given),
})

export const presentLine = ({ unitPrice, imageUrl, ...line }: SummaryLine): OrderLine => ({
  ...line,
  unitPrice: amountOf(unitPrice),
  imageUrl: secure(imageUrl),
})

const presentParcel = ({ tracking, ...parcel }: SummaryParcel) => ({
  ...parcel,
  tracking: tracking.map(({ url, ...rest }) => ({ ...rest, url: secure(url) })),
})

/** Addresses come from the shop's data, where anybody may have typed them: only https is shown. */
const secure = (url: string | null): string | null =>
  url !== null && URL.canParse(url) && new URL(url).protocol === 'https:' ? url : null

/** AWAITING_PAYMENT is `Awaiting payment`. */
const inWords = (code: string): string => code.charAt(0) + code.slice(1).toLowerCase().replaceAll('_', ' ')

/** As PostgreSQL writes instants in JSON. */
const instant = (text: string): string => new Date(text).toISOString()
