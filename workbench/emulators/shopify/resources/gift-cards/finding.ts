import { toDecimal } from '../../../../../shared/money.ts'
import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import { date, id, number, type SearchFields, text, word } from '../../graphql/search/fields.ts'
import { foundIn, searchIn } from '../../graphql/search/in-tables.ts'
import type { Shop } from '../../shop.ts'
import type { GiftCardRecord } from '../../store/records/gift-cards.ts'
import type { Gid } from '../../store/records/ids.ts'
import { countOf } from '../counting.ts'
import { customerIn, displayName } from '../customers/standing.ts'
import { numberKey, sortedBy } from '../sorting.ts'
import { lastCharacters } from './codes.ts'
import { balanceStates, statesOf } from './states.ts'

interface ListArgs extends PageArgs {
  query?: string | null
  sortKey: string
}

export const findingGiftCards: Resource = {
  queries: {
    giftCard: (_: unknown, { id: wanted }: { id: Gid }, { shop }) => shop.tables.giftCards.get(wanted) ?? null,
    giftCards: (_: unknown, args: ListArgs, ctx, info) => {
      const search = searchIn(ctx, info, args.query, giftCardFields(ctx.shop))
      return connectionOf(sortedBy([...foundIn(ctx, ctx.shop.tables.giftCards, search)], keyFor(ctx, args)), args)
    },
    giftCardsCount: (_: unknown, { query, limit }: { query?: string; limit: number | null }, ctx, info) => {
      const search = searchIn(ctx, info, query, giftCardFields(ctx.shop))
      return countOf([...foundIn(ctx, ctx.shop.tables.giftCards, search)].length, limit)
    },
  },
}

/** All there are: `last_characters:` or `enabled:` finds every card (facts/shopify-meta.md 1.8). */
const giftCardFields = (shop: Shop): SearchFields<GiftCardRecord> => ({
  default: text((card) => [card.code, lastCharacters(card)]),
  id: id((card) => card.id),
  customer_id: id((card) => card.customerId),
  recipient_id: id((card) => card.recipientId),
  source: word((card) => card.source),
  status: word((card) => statesOf(shop, card)),
  balance_status: word(balanceStates),
  initial_value: number((card) => toDecimal(card.initial)),
  created_at: date((card) => card.createdAt),
  expires_on: date((card) => card.expiresOn),
})

function keyFor({ shop }: Ctx, { sortKey }: ListArgs) {
  const keys: Record<string, (card: GiftCardRecord) => string> = {
    CREATED_AT: ({ createdAt }) => createdAt,
    UPDATED_AT: ({ updatedAt }) => updatedAt,
    DISABLED_AT: ({ deactivatedAt }) => deactivatedAt ?? '',
    EXPIRES_ON: ({ expiresOn }) => expiresOn ?? '',
    CODE: lastCharacters,
    BALANCE: ({ balance }) => numberKey(balance.minor),
    INITIAL_VALUE: ({ initial }) => numberKey(initial.minor),
    AMOUNT_SPENT: ({ initial, balance }) => numberKey(initial.minor - balance.minor),
    CUSTOMER_NAME: ({ customerId }) => {
      const customer = customerIn(shop, customerId)
      return customer ? displayName(customer).toLowerCase() : ''
    },
  }
  return keys[sortKey]
}
