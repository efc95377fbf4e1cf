import { z } from 'zod'
import { endpoint, PageQuery, page } from './endpoint.ts'
import { Amount } from './money.ts'
import { ADMINS, GIFT_CARD_READERS, LEADS, PEOPLE_AT_WORK } from './roles.ts'

const Instant = z.iso.datetime()
const tags = ['gift cards']

export const GIFT_CARD_STATES = ['planned', 'issued', 'refused', 'deactivated'] as const

/** One line of the issuance log. The code itself is never in it. */
export const IssuedGiftCard = z.object({
  id: z.uuid(),
  shop: z.object({ id: z.uuid(), name: z.string() }),
  state: z.enum(GIFT_CARD_STATES),
  /** Last four characters. */
  last: z.string(),
  amount: Amount,
  /** As Shopify last told it; null while it has not. */
  balance: Amount.nullable(),
  expiresOn: z.iso.date().nullable(),
  reason: z.string(),
  by: z.string(),
  ticketId: z.uuid().nullable(),
  orderNumber: z.string().nullable(),
  issuedAt: Instant.nullable(),
  /** The card that was issued instead of this one. */
  replacedById: z.uuid().nullable(),
  imported: z.boolean(),
  /** What was last asked of Shopify for this card. `unclear`: nobody can tell whether it happened; `words` say what to look at. */
  work: z
    .object({
      what: z.enum(['deactivation', 'reissue', 'notification']),
      state: z.enum(['waiting', 'done', 'refused', 'unclear']),
      words: z.string().nullable(),
    })
    .nullable(),
})
export type IssuedGiftCard = z.infer<typeof IssuedGiftCard>

export const listGiftCards = endpoint('GET', '/v1/gift-cards', {
  summary: 'The issuance log, newest first; with `last`, cards that end with these characters',
  callers: GIFT_CARD_READERS,
  query: PageQuery.extend({
    last: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z0-9]{4,8}$/, 'Type the last four characters of the card')
      .optional(),
  }),
  reply: page(IssuedGiftCard),
  tags,
})

export const getGiftCard = endpoint('GET', '/v1/gift-cards/:giftCardId', {
  summary: 'One gift card with the balance that Shopify tells now',
  callers: GIFT_CARD_READERS,
  reply: IssuedGiftCard,
  tags,
})

export const showGiftCardCode = endpoint('POST', '/v1/gift-cards/:giftCardId/code-showings', {
  summary: 'Shows the whole code of an issued card; who looked is recorded',
  callers: PEOPLE_AT_WORK,
  reply: z.object({ code: z.string() }),
  reveals: true,
  tags,
})

export const deactivateGiftCard = endpoint('POST', '/v1/gift-cards/:giftCardId/deactivation', {
  summary: 'Takes a card back for good, or with `reissue` gives its balance on a new card',
  callers: LEADS,
  body: z.object({ reissue: z.boolean().default(false) }),
  reply: IssuedGiftCard,
  tags,
})

export const resendGiftCard = endpoint('POST', '/v1/gift-cards/:giftCardId/notification', {
  summary: 'Lets Shopify send the card to its customer once more',
  callers: PEOPLE_AT_WORK,
  reply: IssuedGiftCard,
  tags,
})

export const giftCardFigures = endpoint('GET', '/v1/gift-card-figures', {
  summary: 'Issued, redeemed and outstanding amounts per currency, by reason, agent or week',
  callers: ['supervisor', 'finance', 'admin'],
  query: z.object({ by: z.enum(['reason', 'agent', 'week']).default('reason') }),
  reply: z.object({
    items: z.array(
      z.object({
        /** A reason, a person, or the Monday of a week (YYYY-MM-DD, in the shop's time zone). */
        group: z.string(),
        count: z.int(),
        issued: Amount,
        redeemed: Amount,
        outstanding: Amount,
      }),
    ),
  }),
  tags,
})

/** A history from elsewhere, as CSV with the columns issued_on, amount, currency, last4, reason, agent, order, expires_on. */
export const importGiftCards = endpoint('POST', '/v1/shops/:shopId/gift-card-imports', {
  summary: 'Imports cards that were issued before the desk; the same line twice counts once',
  callers: ADMINS,
  body: z.object({ csv: z.string().max(900_000, 'A file may hold 900 kB. Split it, and import its parts.') }),
  reply: z.object({
    imported: z.int(),
    known: z.int(),
    refused: z.array(z.object({ line: z.int(), why: z.string() })),
  }),
  tags,
})
