import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import type { Resource } from '../../graphql/resource.ts'
import type { GiftCardRecord } from '../../store/records/gift-cards.ts'
import type { Gid, Instant } from '../../store/records/ids.ts'
import { customerIn } from '../customers/standing.ts'
import { lastCharacters } from './codes.ts'
import { limits } from './limits.ts'
import { isExpired } from './states.ts'

type Movement = GiftCardRecord['transactions'][number] & { card: GiftCardRecord }

interface Recipient {
  id: Gid
  gift: { message: string | null; preferredName: string | null; sendAt: Instant | null } | undefined
}

export const giftCardResource: Resource = {
  queries: { giftCardConfiguration: (_: unknown, _args: unknown, { shop }) => limits(shop) },
  types: {
    GiftCard: {
      lastCharacters,
      maskedCode: (card: GiftCardRecord) => `•••• •••• •••• ${lastCharacters(card)}`,
      initialValue: ({ initial }: GiftCardRecord) => initial,
      enabled: ({ deactivatedAt }: GiftCardRecord) => deactivatedAt === null,
      isRedeemable: (card: GiftCardRecord, _: unknown, { shop }) =>
        card.deactivatedAt === null && !isExpired(shop, card) && card.balance.minor > 0,
      customer: ({ customerId }: GiftCardRecord, _: unknown, { shop }) => customerIn(shop, customerId),
      order: ({ orderId }: GiftCardRecord, _: unknown, { shop }) =>
        orderId && (shop.tables.orders.get(orderId) ?? null),
      lineItem: () => null,
      recipientAttributes: ({ recipientId, gift }: GiftCardRecord) => recipientId && { id: recipientId, gift },
      crossCurrencyRedemptionStrategy: () => 'NONE',
      transactions: (card: GiftCardRecord, args: PageArgs) =>
        connectionOf(
          card.transactions.map((one) => ({ ...one, card })),
          args,
        ),
    },
    GiftCardTransaction: {
      giftCard: ({ card }: Movement, _: unknown, { shop }) => shop.tables.giftCards.get(card.id) ?? card,
      processedAt: ({ at }: Movement) => at,
    },
    GiftCardRecipient: {
      recipient: ({ id }: Recipient, _: unknown, { shop }) => customerIn(shop, id),
      message: ({ gift }: Recipient) => gift?.message ?? null,
      preferredName: ({ gift }: Recipient) => gift?.preferredName ?? null,
      sendNotificationAt: ({ gift }: Recipient) => gift?.sendAt ?? null,
    },
  },
}
