import { z } from 'zod'
import { ExactMoney, Gid, Instant } from './values.ts'

const fields = {
  id: Gid,
  lastCharacters: z.string(),
  note: z.string().nullable(),
  enabled: z.boolean(),
  createdAt: Instant,
  updatedAt: Instant,
  deactivatedAt: Instant.nullable(),
  /** A day, for example 2027-11-21; null is never. */
  expiresOn: z.string().nullable(),
  initialValue: ExactMoney,
  balance: ExactMoney,
  customer: z.object({ id: Gid }).nullable(),
  /** Who was sent it beside a message. */
  recipientAttributes: z.object({ recipient: z.object({ id: Gid }) }).nullable(),
  /** The order that bought it; null for one that was issued. */
  order: z.object({ id: Gid }).nullable(),
}

const Card = z.object(fields)

/** One that was issued to a recipient is the recipient's. */
const presented = ({ customer, recipientAttributes, order, ...card }: z.output<typeof Card>) => ({
  ...card,
  customerId: customer?.id ?? (order ? null : recipientAttributes?.recipient.id) ?? null,
  orderId: order?.id ?? null,
})

export const GiftCard = Card.transform(presented)
export type ShopGiftCard = z.output<typeof GiftCard>

const Reachable = z.object({ defaultEmailAddress: z.object({ emailAddress: z.string() }).nullable() })

/** With the address that it goes to. */
export const OwnedGiftCard = Card.extend({
  owner: Reachable.nullable(),
  receiver: z.object({ recipient: Reachable }).nullable(),
}).transform(({ owner, receiver, ...card }) => ({
  ...presented(card),
  customerEmail: (owner ?? receiver?.recipient)?.defaultEmailAddress?.emailAddress ?? null,
  /** Whether Shopify names a recipient: then the mail with the code goes to them. */
  forRecipient: card.recipientAttributes !== null,
}))
export type ShopOwnedGiftCard = z.output<typeof OwnedGiftCard>
