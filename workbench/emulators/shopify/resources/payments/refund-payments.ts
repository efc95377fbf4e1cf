import type { Shop } from '../../shop.ts'
import { type Change, put } from '../../store/entries.ts'
import type { Gid, Instant } from '../../store/records/ids.ts'
import type { Bag, Money } from '../../store/records/money.ts'
import type { TransactionRecord } from '../../store/records/orders.ts'
import { takenFrom } from '../bags.ts'
import { refundableMoney, refundableOf } from '../orders/payments.ts'
import type { Whole } from '../orders/whole.ts'
import { bankManner } from './bank.ts'

/** Money that goes back the way it came. Amounts in the customer's currency. */
export interface PaymentBack {
  parent: TransactionRecord
  minor: number
}

/** Refund transactions as the bank takes them; nothing is written yet. */
export const paymentsBack = (shop: Shop, whole: Whole, refundId: Gid, back: PaymentBack[]): TransactionRecord[] =>
  back.map(({ parent, minor }) => {
    const amount = takenFrom(whole.order, refundableOf(whole, parent), minor)
    const { gateway, formattedGateway, manual, card, giftCardId } = parent
    const how = manual || giftCardId ? 'at-once' : bankManner(shop)
    return transaction(shop, whole, refundId, amount, {
      parentId: parent.id,
      gateway,
      formattedGateway,
      manual,
      card,
      giftCardId,
      ...OUTCOMES[how],
    })
  })

/** Money that becomes credit in the shop instead. */
export const creditBack = (shop: Shop, whole: Whole, refundId: Gid, minor: number): TransactionRecord =>
  transaction(shop, whole, refundId, takenFrom(whole.order, refundableMoney(whole), minor), {
    parentId: null,
    gateway: STORE_CREDIT,
    formattedGateway: 'Store credit',
    manual: false,
    card: null,
    giftCardId: null,
    ...OUTCOMES['at-once'],
  })

export const STORE_CREDIT = 'shopify_store_credit'

const OUTCOMES = {
  'at-once': { status: 'SUCCESS', errorCode: null },
  'when-told': { status: 'PENDING', errorCode: null },
  refuses: { status: 'FAILURE', errorCode: 'PROCESSING_ERROR' },
} as const

type Way = Pick<
  TransactionRecord,
  'parentId' | 'gateway' | 'formattedGateway' | 'manual' | 'card' | 'giftCardId' | 'status' | 'errorCode'
>

function transaction(shop: Shop, { order }: Whole, refundId: Gid, amount: Bag, way: Way): TransactionRecord {
  const at = shop.at()
  return {
    id: shop.newGid('OrderTransaction'),
    orderId: order.id,
    kind: 'REFUND',
    amount,
    createdAt: at,
    processedAt: way.status === 'PENDING' ? null : at,
    paymentId: `refund.${refundId.split('/').at(-1)}`,
    test: order.test,
    refundId,
    ...way,
  }
}

/** What arrived money changes besides: a gift card holds it again, or the customer's store credit grows. */
export function arrival(
  shop: Shop,
  { order }: Whole,
  moved: TransactionRecord,
  expiresAt: Instant | null = null,
): Change[] {
  if (moved.status !== 'SUCCESS') return []
  const money = shop.effect('money.refunded', {
    subjectId: order.id,
    amount: moved.amount.shop,
    words: `${order.name}: refunded by ${moved.formattedGateway}`,
  })
  if (moved.giftCardId) return [money, ...refilled(shop, moved.giftCardId, moved.amount.shop)]
  if (moved.gateway === STORE_CREDIT && order.customerId)
    return [money, credited(shop, order.customerId, moved.amount.presentment, expiresAt)]
  return [money]
}

function refilled(shop: Shop, giftCardId: Gid, amount: Money): Change[] {
  const card = shop.tables.giftCards.get(giftCardId)
  if (!card) return []
  const balance = { ...card.balance, minor: card.balance.minor + amount.minor }
  const credit = {
    id: shop.newGid('GiftCardCreditTransaction'),
    at: shop.at(),
    amount,
    note: null,
    kind: 'credit' as const,
  }
  return [put('giftCards', { ...card, balance, updatedAt: shop.at(), transactions: [...card.transactions, credit] })]
}

function credited(shop: Shop, customerId: Gid, amount: Money, expiresAt: Instant | null): Change {
  const accounts = shop.tables.storeCredits.by('customerId', customerId)
  const account = accounts.find(({ balance }) => balance.currency === amount.currency) ?? {
    id: shop.newGid('StoreCreditAccount'),
    customerId,
    balance: { minor: 0, currency: amount.currency },
    transactions: [],
  }
  const balance = { ...account.balance, minor: account.balance.minor + amount.minor }
  const id = shop.newGid('StoreCreditAccountCreditTransaction')
  const credit = { id, at: shop.at(), amount, balanceAfter: balance, event: 'ORDER_REFUND', expiresAt }
  return put('storeCredits', { ...account, balance, transactions: [...account.transactions, credit] })
}
