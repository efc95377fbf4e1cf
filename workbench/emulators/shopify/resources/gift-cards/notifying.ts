import { refused, userError } from '../../graphql/refusal.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import type { GiftCardRecord } from '../../store/records/gift-cards.ts'
import type { Gid } from '../../store/records/ids.ts'
import { noticeOf } from '../notices.ts'
import { contactOf } from './holders.ts'
import { isExpired } from './states.ts'

type Person = 'customer' | 'recipient'

export const giftCardNotices: Resource = {
  mutations: {
    giftCardSendNotificationToCustomer: (_: unknown, { id }: { id: Gid }, ctx) => notify(ctx, id, 'customer'),
    giftCardSendNotificationToRecipient: (_: unknown, { id }: { id: Gid }, ctx) => notify(ctx, id, 'recipient'),
  },
}

function notify(ctx: Ctx, id: Gid, person: Person) {
  const { shop, app } = ctx
  const card = shop.tables.giftCards.get(id)
  if (!card) return refused(userError('id', 'The gift card could not be found.', 'GIFT_CARD_NOT_FOUND'))
  if (card.deactivatedAt) return refused(userError('id', 'The gift card is deactivated.', 'INVALID'))
  if (isExpired(shop, card)) return refused(userError('id', 'The gift card has expired.', 'INVALID'))
  const words = whyNot(ctx, card, person)
  if (words) return refused(userError(null, words, 'INVALID'))
  shop.commit(noticeOf(shop, 'gift-card', contactOf(shop, personOf(card, person)), { subjectId: id, by: app.clientId }))
  return { giftCard: card, userErrors: [] }
}

function whyNot({ shop }: Ctx, card: GiftCardRecord, person: Person): string | null {
  const wanted = personOf(card, person)
  if (!wanted) return `The gift card has no ${person}.`
  if (contactOf(shop, wanted)) return null
  return `The ${person} has no contact information (e.g. email address or phone number).`
}

const personOf = ({ customerId, recipientId }: GiftCardRecord, person: Person) =>
  person === 'customer' ? customerId : recipientId
