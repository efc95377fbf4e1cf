import { bagFromShop, type Currencies, minus } from '../../../emulators/shopify/resources/bags.ts'
import type { Bag } from '../../../emulators/shopify/store/records/money.ts'
import type { TransactionRecord } from '../../../emulators/shopify/store/records/orders.ts'
import type { OrderStory } from '../orders/order-story.ts'
import type { Payment } from '../orders/paying.ts'
import type { ShopGround } from './ground.ts'

/** How a payment's gateway is called by machines and by people. */
export function gatewayOf(payment: Payment): { name: string; words: string; manual: boolean } {
  switch (payment.kind) {
    case 'card':
      return { name: 'shopify_payments', words: 'Shopify Payments', manual: false }
    case 'wallet':
      return { name: payment.gateway, words: WALLETS[payment.gateway] ?? payment.gateway, manual: false }
    case 'gift-card':
      return { name: 'gift_card', words: 'Gift card', manual: false }
    case 'store-credit':
      return { name: 'shopify_store_credit', words: 'Store credit', manual: false }
    case 'on-delivery':
      return { name: 'Cash on Delivery (COD)', words: 'Cash on Delivery (COD)', manual: true }
    case 'cash':
      return { name: 'cash', words: 'Cash', manual: false }
  }
}

const WALLETS: Record<string, string> = { paypal: 'PayPal', klarna: 'Klarna', ideal: 'iDEAL' }

/** What was paid, promised or let go, in the order it happened. The amounts add up to the order's total. */
export function paymentsOf(
  ground: ShopGround,
  story: OrderStory,
  due: Bag,
  money: Currencies,
  orderId: string,
): TransactionRecord[] {
  let left = due
  return story.paid.flatMap((payment) => {
    const amount = payment.amount === undefined ? left : bagFromShop(money, payment.amount)
    left = minus(left, amount)
    return movesOf(ground, story, payment, { ...blank(ground, payment), orderId, amount })
  })
}

type Blank = Omit<TransactionRecord, 'id' | 'kind' | 'status' | 'createdAt' | 'processedAt' | 'parentId'>

const blank = (ground: ShopGround, payment: Payment): Omit<Blank, 'orderId' | 'amount'> => ({
  gateway: gatewayOf(payment).name,
  formattedGateway: gatewayOf(payment).words,
  manual: gatewayOf(payment).manual,
  errorCode: null,
  paymentId: null,
  test: false,
  card: payment.kind === 'card' ? { company: payment.brand, number: payment.last4, wallet: null } : null,
  giftCardId: payment.kind === 'gift-card' ? ground.giftCardId(payment.code) : null,
  refundId: null,
})

function movesOf(ground: ShopGround, story: OrderStory, payment: Payment, blank: Blank): TransactionRecord[] {
  const move = (
    kind: TransactionRecord['kind'],
    status: TransactionRecord['status'],
    ago: number,
    parent?: TransactionRecord,
  ): TransactionRecord => {
    const at = ground.at(ago)
    return {
      ...blank,
      id: ground.gid('OrderTransaction'),
      kind,
      status,
      createdAt: at,
      processedAt: at,
      parentId: parent?.id ?? null,
    }
  }
  if (payment.kind === 'on-delivery') {
    const promised = { ...move('SALE', 'PENDING', story.ago), processedAt: null }
    return payment.collectedAgo === null
      ? [promised]
      : [{ ...promised, status: 'SUCCESS', processedAt: ground.at(payment.collectedAgo) }]
  }
  if (payment.kind !== 'card' || payment.state === 'captured') return [move('SALE', 'SUCCESS', story.ago)]
  const promised = move('AUTHORIZATION', 'SUCCESS', story.ago)
  return payment.state === 'authorized'
    ? [promised]
    : [promised, move('VOID', 'SUCCESS', story.cancelled?.ago ?? story.ago, promised)]
}
