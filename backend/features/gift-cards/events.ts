import { z } from 'zod'
import { event } from '../../platform/events.ts'

const ofCard = z.object({
  giftCardId: z.uuid(),
  shopId: z.uuid(),
  ticketId: z.uuid().nullable().optional(),
})
const worth = { minor: z.int(), currency: z.string() }

export const giftCardIssued = event(
  'gift_card.issued',
  ofCard.extend({ ...worth, actionId: z.uuid().nullable(), reasonCode: z.string() }),
)
