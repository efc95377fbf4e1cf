import { inWords, type Money } from '../../../shared/money.ts'
import type { RequestOf } from './plan.ts'
import type { GiftCardResult, RefundResult, ReshipResult } from './steps/results.ts'

/** Sentences to the customer about what is done, and nothing that is not. */

type Refunded = {
  request: RequestOf<'refund'>
  result: RefundResult
  route: 'original' | 'store_credit' | 'payout' | null
  /** What really goes to the customer, in their currency. */
  amount: Money
  /** As Shopify tells now, by the id of the transaction; what it does not tell is as it was at first. */
  statuses: ReadonlyMap<string, string>
  /** Whether finance has paid it. */
  paidOut: boolean
  /** Whether the whole order is cancelled, which says it all. */
  cancelled: boolean
  /** Names of lines, by their id. */
  titles: ReadonlyMap<string, string>
}

/** A refund is done when every transaction says SUCCESS, a payout when finance has paid it; what a bank turned down is left out. */
export function refundLines(refunded: Refunded): string[] {
  const { request, cancelled, titles } = refunded
  const taken = cancelled ? [] : request.lines.filter(({ restock }) => restock === 'CANCEL')
  const goods = taken.map(({ lineId, quantity }) => pieces(quantity, titles.get(lineId))).join(', ')
  const { amount, moved } = moneyOf(refunded)
  return [
    ...(taken.length > 0 ? [`We have taken this out of your order: ${goods}.`] : []),
    ...(amount.minor > 0 ? [moneyLine(inWords(amount), refunded, moved)] : []),
  ]
}

/** What goes to the customer as far as Shopify tells now, and whether all of it has arrived. Store credit has no transactions. */
function moneyOf({ result: { transactions }, amount, statuses }: Refunded): { amount: Money; moved: boolean } {
  const now = transactions.map((one) => ({ ...one, status: statuses.get(one.id) ?? one.status }))
  const going = now.filter(({ status }) => !FAILED.has(status))
  const minor = going.reduce((all, one) => all + one.amount.presentment.minor, 0)
  return {
    amount: transactions.length > 0 ? { ...amount, minor } : amount,
    moved: going.every(({ status }) => status === 'SUCCESS'),
  }
}

function moneyLine(money: string, { route, paidOut }: Refunded, moved: boolean): string {
  if (route === 'payout')
    return paidOut ? `We have transferred ${money} to your account.` : `We will transfer ${money} to your account.`
  if (route === 'store_credit')
    return moved ? `We have given you ${money} as store credit.` : `${money} of store credit is on its way to you.`
  return moved
    ? `We have refunded ${money} the way you paid. Your bank may take a few days to show it.`
    : `A refund of ${money} is on its way to you, the way you paid.`
}

const FAILED: ReadonlySet<string> = new Set(['FAILURE', 'ERROR'])

const pieces = (quantity: number, title: string | undefined): string => `${quantity} × ${title ?? 'an item'}`

export function reshipLine({ lines, fee }: RequestOf<'reship'>, { name }: ReshipResult): string {
  const goods = lines.map(({ quantity, title }) => pieces(quantity, title)).join(', ')
  const free = fee.minor === 0 && lines.length > 0 ? ', at no cost to you' : ''
  return `We have placed a new order for you${free}: ${goods}. Its number is ${name}.`
}

export const cancelLine = (order: string): string => `Your order ${order} is cancelled.`

/** Only Shopify sends the code, and only to the customer of the order. */
export function giftCardLine({ amount, expiresOn, notify }: RequestOf<'gift_card'>, _: GiftCardResult): string {
  const until = expiresOn === null ? '' : `, good until ${dayWords(expiresOn)}`
  return notify
    ? `We have given you a gift card of ${inWords(amount)}${until}. You get it in a mail of its own from our shop.`
    : `We have made a gift card of ${inWords(amount)} for you${until}.`
}

/** 31 December 2027 */
const dayWords = (day: string): string =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
