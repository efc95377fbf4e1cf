import type { GiftCardRecord } from '../../../emulators/shopify/store/records/gift-cards.ts'
import type { TransactionRecord } from '../../../emulators/shopify/store/records/orders.ts'
import type { GiftCardStory } from '../orders/gift-cards.ts'
import type { OrderStory } from '../orders/order-story.ts'
import type { ShopGround } from './ground.ts'
import { orderId } from './orders.ts'

/** A gift card with all that orders took from it. */
export function giftCardOf(
  ground: ShopGround,
  story: GiftCardStory,
  orders: readonly OrderStory[],
  payments: readonly TransactionRecord[],
): GiftCardRecord {
  const id = ground.giftCardId(story.code)
  const spent = payments.filter(({ giftCardId, kind }) => giftCardId === id && kind === 'SALE')
  const boughtBy = orders.find(({ giftCards }) => giftCards?.includes(story.code))
  const { currency } = ground
  const last = spent.at(-1)?.createdAt ?? ground.at(story.deactivated ?? story.ago)
  return {
    id,
    code: story.code,
    initial: { minor: story.amount, currency },
    balance: { minor: spent.reduce((left, { amount }) => left - amount.shop.minor, story.amount), currency },
    note: story.note ?? null,
    createdAt: ground.at(story.ago),
    updatedAt: last,
    expiresOn: null,
    deactivatedAt: story.deactivated === undefined ? null : ground.at(story.deactivated),
    customerId: story.customer ? ground.customerId(story.customer) : null,
    recipientId: story.recipient ? ground.customerId(story.recipient) : null,
    orderId: boughtBy ? orderId(ground, boughtBy.number) : null,
    source: story.source,
    templateSuffix: null,
    transactions: spent.map(({ amount, createdAt }) => ({
      id: ground.gid('GiftCardDebitTransaction'),
      at: createdAt,
      amount: { minor: -amount.shop.minor, currency },
      note: null,
      kind: 'debit',
    })),
  }
}
