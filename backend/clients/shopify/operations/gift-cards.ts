import { query } from './operation.ts'

/** Search words that Shopify does not know give every card, unfiltered (facts/shopify-meta.md section 1.8). */
export const giftCards = query(
  'GiftCards',
  37,
  `query GiftCards($query: String, $after: String, $reverse: Boolean!) {
  giftCards(query: $query, first: 50, after: $after, sortKey: CREATED_AT, reverse: $reverse) {
    nodes {
      id
      lastCharacters
      note
      enabled
      createdAt
      deactivatedAt
      expiresOn
      initialValue { amount currencyCode }
      balance { amount currencyCode }
      customer { id }
      order { id }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
)
