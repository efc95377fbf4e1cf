import type { StepKind } from '../../../shared/combined-actions.ts'
import { type Money, placesOf, toDecimal } from '../../../shared/money.ts'
import { dayIn } from '../../platform/calendar.ts'
import { type Cell, csvLine } from '../../platform/csv/writing.ts'
import type { Entry, LineTransaction } from './line.ts'

type Column = [header: string, cell: (entry: Entry, timeZone: string) => Cell]

/** The columns of the export, left to right. Programs read them by name: added to at the end, never renamed. */
const COLUMNS: readonly Column[] = [
  ['entry_id', ({ id }) => ({ code: id })],
  ['entry', (entry) => ({ code: kindOf(entry) })],
  ['shop_date', ({ at }, timeZone) => ({ code: dayIn(timeZone, at) })],
  ['utc_time', ({ at }) => ({ code: at.toISOString() })],
  ['action_id', ({ actionId }) => ({ code: actionId })],
  ['order', ({ line }) => ({ words: line.order })],
  ['step', ({ line }) => ({ code: line.step })],
  ['reason_code', ({ line }) => ({ words: line.reasonCode })],
  ['reason', ({ line }) => ({ words: line.reason })],
  ['agent', ({ line }) => ({ words: line.agent })],
  ['shop_amount', ({ line }) => figure(line.amount)],
  ['shop_currency', ({ line }) => currency(line.amount ?? line.goods)],
  ['customer_amount', ({ line }) => figure(line.customerAmount)],
  ['customer_currency', ({ line }) => currency(line.customerAmount)],
  ['rate_used', ({ line }) => rate(line.amount, line.customerAmount)],
  ['shop_tax', ({ line }) => figure(line.tax)],
  ['goods_at_retail', ({ line }) => figure(line.goods)],
  ['route', ({ line }) => (line.route === null ? null : { code: line.route })],
  ['gateway', ({ line }) => each(line.transactions, ({ gateway }) => gateway ?? '')],
  ['parent_transaction', ({ line }) => each(line.transactions, ({ parentId }) => numberIn(parentId))],
  ['transaction_amount', ({ line }) => each(line.transactions, ({ amount }) => toDecimal(amount.presentment))],
  ['transaction_status', ({ line }) => each(line.transactions, ({ status }) => status)],
  ['payout_state', ({ line }) => (line.payout === null ? null : { code: line.payout.state })],
  ['payout_reference', ({ line }) => words(line.payout?.reference)],
  ['gift_card_last4', ({ line }) => words(line.giftCard?.last)],
  ['gift_card_state', ({ line }) => (line.giftCard === null ? null : { code: line.giftCard.state })],
  ['reship_order', ({ line }) => words(line.reshipOrder)],
  ['corrects_entry_id', ({ firstId }) => (firstId === null ? null : { code: firstId })],
  ['step_in_words', ({ line }) => ({ code: STEP_WORDS[line.step] })],
]

/** For people who keep books and know no codes of ours. */
const STEP_WORDS: Record<StepKind, string> = {
  hold: 'Shipping held back',
  reship: 'Goods sent again',
  refund: 'Refund',
  cancel: 'Order cancelled',
  gift_card: 'Gift card',
  tag: 'Order tagged',
  release: 'Shipping goes on',
}

export const headerLine = (): string => csvLine(COLUMNS.map(([header]) => ({ code: header })))

/** @param timeZone of the shop, whose days the books go by */
export const entryLine = (entry: Entry, timeZone: string): string =>
  csvLine(COLUMNS.map(([, cell]) => cell(entry, timeZone)))

const kindOf = ({ late, firstId }: Entry) => (late ? 'correction' : firstId === null ? 'step' : 'change')

const figure = (money: Money | null): Cell => money && { figure: toDecimal(money) }
const currency = (money: Money | null): Cell => money && { code: money.currency }
const words = (text: string | null | undefined): Cell => (text ? { words: text } : null)

/** Several transactions of one refund stand in one cell, in the same order in each of their columns. */
const each = (transactions: readonly LineTransaction[], of: (transaction: LineTransaction) => string): Cell =>
  words(transactions.map(of).join('; '))

/** gid://shopify/OrderTransaction/42 is 42 for whoever looks it up in the shop. */
const numberIn = (gid: string | null) => gid?.split('/').at(-1) ?? ''

const PLACES = 8

/** How much of the shop's currency one of the customer's currency was; what Shopify's own two amounts come to. */
function rate(shop: Money | null, customer: Money | null): Cell {
  if (!shop || !customer || shop.minor === 0 || customer.minor === 0) return null
  if (shop.currency === customer.currency) return { figure: '1' }
  const above = sizeOf(shop) * unitOf(customer)
  const below = sizeOf(customer) * unitOf(shop)
  const rounded = (above * 10n ** BigInt(PLACES) * 2n + below) / (below * 2n)
  const digits = String(rounded).padStart(PLACES + 1, '0')
  return { figure: `${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}` }
}

/** A rate has no sign. */
const sizeOf = ({ minor }: Money) => BigInt(Math.abs(minor))
const unitOf = ({ currency }: Money) => 10n ** BigInt(placesOf(currency))
