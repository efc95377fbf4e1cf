import { z } from 'zod'
import { event } from '../../platform/events.ts'

const ofCard = z.object({
  giftCardId: z.uuid(),
  shopId: z.uuid(),
  ticketId: z.uuid().nullable().optional(),
})

export const giftCardIssued = event(
  'gift_card.issued',
  ofCard.extend({ actionId: z.uuid().nullable(), reasonCode: z.string(), minor: z.int(), currency: z.string() }),
)

/** The whole code was shown to a person. */
export const giftCardCodeShown = event('gift_card.code_shown', ofCard)

/** What was left on it is lost, or goes to the card that replaces it. */
export const giftCardDeactivated = event(
  'gift_card.deactivated',
  ofCard.extend({ balanceMinor: z.int(), currency: z.string(), replacedById: z.uuid().nullable() }),
)

/** Shopify was asked to mail it once more. */
export const giftCardResent = event('gift_card.resent', ofCard)

export const giftCardsImported = event(
  'gift_cards.imported',
  z.object({ shopId: z.uuid(), imported: z.int(), known: z.int(), refused: z.int() }),
)
