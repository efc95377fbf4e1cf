import { z } from 'zod'
import { type Money, toDecimal } from '../../../../shared/money.ts'
import type { GiftCardWish } from '../acts.ts'
import type { Ask, Tell } from '../asking.ts'
import { GiftCardTaken, ShopifyRefused } from '../failures.ts'
import * as operations from '../operations/gift-cards.ts'
import { GiftCard, OwnedGiftCard, type ShopGiftCard, type ShopOwnedGiftCard } from '../reading/gift-card.ts'
import { connection, ExactMoney, Gid, type Page } from '../reading/values.ts'
import type { Lane } from '../throttling.ts'

const Cards = z.object({ giftCards: connection(GiftCard) })
const Card = z.object({ giftCard: OwnedGiftCard.nullable() })
const Made = z.object({ giftCard: z.object({ id: Gid, lastCharacters: z.string() }) })
const Changed = z.object({ giftCard: z.object({ id: Gid }) })
const Limit = z.object({
  giftCardConfiguration: z.object({ issueLimit: ExactMoney }).nullable(),
  shop: z.object({ features: z.object({ giftCards: z.boolean() }) }),
})

/** How far the clocks may differ, in milliseconds. */
const SKEW = 5 * 60_000

/** Gift cards and what is on them; amounts are in the card's currency, times Shopify's own; errors as of `asker`. */
export function giftCardCalls(ask: Ask, tell: Tell) {
  /**
   * The newest first, or those that changed last. Shopify has no search for the last characters of a card: such a search is
   * refused (facts/shopify-meta.md section 1.8).
   */
  async function giftCards(search: {
    query: string
    after?: string | null | undefined
    by?: 'created' | 'changed'
    lane: Lane
  }): Promise<Page<ShopGiftCard>> {
    const { query, after, by = 'created', lane } = search
    const variables = { query, after: after ?? null, sortKey: by === 'created' ? 'CREATED_AT' : 'UPDATED_AT' }
    return (await ask(operations.giftCards, Cards, { variables, lane })).giftCards
  }

  /** With the address that Shopify mails it to; the code can never be read again. null when it is gone. */
  const giftCard = async (id: string, lane: Lane): Promise<ShopOwnedGiftCard | null> =>
    (await ask(operations.giftCard, Card, { variables: { id }, lane })).giftCard

  return {
    giftCards,
    giftCard,

    /**
     * Issues a card under a code of ours; the same code twice is refused, so it is one card.
     *
     * A card that names a customer is mailed to them by Shopify when it is made, by itself: `notify` is whether it names one. One that
     * is not mailed has no owner in Shopify, and only its note says whose it is. With a message the customer is named as recipient, as
     * nothing else carries one; naming them twice would be two mails.
     * @throws GiftCardTaken when the code is in use: find the card with `findGiftCard`
     * @throws ShopifyRefused with what is wrong; GIFT_CARD_LIMIT_EXCEEDED above what one card may be worth
     */
    async createGiftCard(wish: GiftCardWish): Promise<{ id: string; last: string }> {
      const call = { variables: { input: giftCardInput(wish) }, lane: 'money' as const }
      try {
        const { giftCard: card } = (await tell(operations.createGiftCard, Made, call)).done
        return { id: card.id, last: card.lastCharacters }
      } catch (error) {
        throw isTaken(error) ? new GiftCardTaken('This code is in use already.', { cause: error }) : error
      }
    },

    /**
     * The card with this mark in its note and these last characters, among those that apps issued since then; by search, which lags
     * some seconds behind writes.
     */
    async findGiftCard({
      mark,
      last,
      since,
    }: {
      mark: string
      last: string
      since: Date
    }): Promise<ShopGiftCard | null> {
      const query = `source:api_client AND created_at:>='${new Date(since.getTime() - SKEW).toISOString()}'`
      let after: string | null = null
      do {
        const page: Page<ShopGiftCard> = await giftCards({ query, after, lane: 'money' })
        const found = page.items.find(
          ({ note, lastCharacters }) => note === mark && lastCharacters === last.toLowerCase(),
        )
        if (found) return found
        after = page.next
      } while (after !== null)
      return null
    },

    /** Makes a card worthless, for good; doing it again changes nothing. */
    async deactivateGiftCard(id: string): Promise<void> {
      await tell(operations.deactivateGiftCard, Changed, { variables: { id }, lane: 'money' })
    },

    /**
     * Shopify mails the card once more. Each call is a mail.
     * @throws ShopifyRefused when it belongs to nobody, or nobody who can be reached
     */
    async notifyGiftCard(id: string): Promise<void> {
      const card = await giftCard(id, 'money')
      const mail = card?.forRecipient ? operations.mailGiftCardToRecipient : operations.mailGiftCardToCustomer
      await tell(mail, Changed, { variables: { id }, lane: 'money' })
    },

    /** The most that one card may be worth, in the shop's currency; null where the shop's plan has no gift cards. */
    async giftCardLimit(lane: Lane): Promise<Money | null> {
      const { giftCardConfiguration, shop } = await ask(operations.giftCardLimit, Limit, { lane })
      return shop.features.giftCards ? (giftCardConfiguration?.issueLimit ?? null) : null
    },
  }
}

function giftCardInput({ code, amount, customerId, expiresOn, note, message, notify }: GiftCardWish) {
  return {
    code,
    initialAmount: { amount: toDecimal(amount), currencyCode: amount.currency },
    ...(expiresOn && { expiresOn }),
    note,
    ...(notify && customerId && (message ? { recipientAttributes: { id: customerId, message } } : { customerId })),
  }
}

/** The answer to a taken code has no code of its own (facts/shopify-meta.md section 1.8). */
const isTaken = (error: unknown) =>
  error instanceof ShopifyRefused &&
  error.userErrors.some(
    ({ field, code, message }) =>
      (field ?? []).includes('code') && (code === 'TAKEN' || /already been taken/i.test(message)),
  )
