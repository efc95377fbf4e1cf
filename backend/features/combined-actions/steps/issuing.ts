import { GiftCardTaken, ShopifyUnavailable } from '../../../clients/shopify/index.ts'
import { leftToPerson } from '../../../platform/journal.ts'
import { markIssued, markRefused, readCode } from '../../gift-cards/index.ts'
import { shopifyIdOf } from '../../orders/index.ts'
import { isTooOld } from './keys.ts'
import { GiftCardResult } from './results.ts'
import { type Asked, stepEffect } from './step.ts'

/** Issues the card whose code was chosen and written down when the action was confirmed: the code is its key. */
export const issuing = stepEffect({
  kind: 'gift_card',
  result: GiftCardResult,
  comparesFirst: true,
  async run(asked) {
    const { api, send } = asked
    const { customerId, amount, expiresOn, message, notify, mark: note } = send
    const code = await codeOf(asked)
    try {
      const card = await api.createGiftCard({ code, customerId, amount, expiresOn, message, notify, note })
      return { kind: 'gift_card', ...card }
    } catch (error) {
      if (!(error instanceof GiftCardTaken)) throw error
      return afterAll(asked, code, error)
    }
  },
  async find(asked) {
    const found = await cardWith(asked, await codeOf(asked))
    if (found) return found
    return isTooOld(asked.ctx, asked.entry) ? leftToPerson(TOO_OLD) : null
  },
  says: ({ id }) => ({ source: `gift_card/${shopifyIdOf(id)}` }),
  advice: (error) =>
    error.userErrors.some(({ code }) => code === 'GIFT_CARD_LIMIT_EXCEEDED')
      ? 'No card was issued: Shopify does not make cards of this value. Review this again with less.'
      : 'No card was issued. Review this again, or give the money back in another way.',
  also: ({ tx, send, result }) => markIssued(tx, send.issueId, { shopifyId: shopifyIdOf(result.id), at: tx.now }),
  unless: (tx, { issueId }) => markRefused(tx, issueId),
})

const TOO_OLD =
  'A day has passed since the gift card was ordered, and Shopify shows none with our mark. Look at the gift cards in Shopify: if it is not there, end this and begin again.'

/** Opened for the call and kept nowhere. */
const codeOf = ({ ctx, entry, send }: Asked<'gift_card'>): Promise<string> =>
  readCode(ctx, entry.workspaceId, send.issueId)

async function cardWith({ api, send, entry }: Asked<'gift_card'>, code: string): Promise<GiftCardResult | null> {
  const last = code.slice(-4)
  const card = await api.findGiftCard({ mark: send.mark, last, since: entry.plannedAt })
  return card && { kind: 'gift_card', id: card.id, last }
}

/** Nobody else has this code, so an earlier try was carried out after all; Shopify's search may lag behind it. */
async function afterAll(asked: Asked<'gift_card'>, code: string, cause: Error): Promise<GiftCardResult> {
  const card = await cardWith(asked, code).catch((error: unknown) => {
    throw new ShopifyUnavailable(NOT_SHOWN, { cause: error, mayHaveHappened: true })
  })
  if (!card) throw new ShopifyUnavailable(NOT_SHOWN, { cause, mayHaveHappened: true })
  return card
}

const NOT_SHOWN = 'Shopify has a gift card with our code but does not show it yet.'
