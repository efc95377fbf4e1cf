import { inWords } from '../../../../shared/money.ts'
import type { RequestOf } from '../plan.ts'
import type { ReshipResult } from '../steps/results.ts'
import type { RefundMoney } from './refund-money.ts'

/** Sentences to the customer about what is done, and nothing that is not. */

type Refunded = {
  request: RequestOf<'refund'>
  route: 'original' | 'store_credit' | 'payout' | null
  money: RefundMoney
  /** Whether finance has paid it. */
  paidOut: boolean
  /** Whether the whole order is cancelled, which says it all. */
  cancelled: boolean
  /** Names of lines, by their id. */
  titles: ReadonlyMap<string, string>
}

/** A refund is done when every transaction says SUCCESS, a payout when finance has paid it; what a bank turned down is left out. */
export function refundLines(refunded: Refunded): string[] {
  const { request, cancelled, titles, money } = refunded
  const taken = cancelled ? [] : request.lines.filter(({ restock }) => restock === 'CANCEL')
  const goods = taken.map(({ lineId, quantity }) => pieces(quantity, titles.get(lineId))).join(', ')
  return [
    ...(taken.length > 0 ? [`We have taken this out of your order: ${goods}.`] : []),
    ...(money.going.minor > 0 ? [moneyLine(refunded)] : []),
  ]
}

function moneyLine({ route, paidOut, money: { going, pending } }: Refunded): string {
  const money = inWords(going)
  const moved = pending.minor === 0
  if (route === 'payout')
    return paidOut ? `We have transferred ${money} to your account.` : `We will transfer ${money} to your account.`
  if (route === 'store_credit')
    return moved ? `We have given you ${money} as store credit.` : `${money} of store credit is on its way to you.`
  return moved
    ? `We have refunded ${money} the way you paid. Your bank may take a few days to show it.`
    : `A refund of ${money} is on its way to you, the way you paid.`
}

const pieces = (quantity: number, title: string | undefined): string => `${quantity} × ${title ?? 'an item'}`

export function reshipLine({ lines, fee }: RequestOf<'reship'>, { name }: ReshipResult): string {
  const goods = lines.map(({ quantity, title }) => pieces(quantity, title)).join(', ')
  const free = fee.minor === 0 && lines.length > 0 ? ', at no cost to you' : ''
  return `We have placed a new order for you${free}: ${goods}. Its number is ${name}.`
}

export const cancelLine = (order: string): string => `Your order ${order} is cancelled.`

/** Only Shopify sends the code, and only to the customer of the order. */
export function giftCardLine({ amount, expiresOn, notify }: RequestOf<'gift_card'>): string {
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
