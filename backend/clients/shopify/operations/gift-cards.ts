import { query } from './operation.ts'

/** Search words that Shopify does not know give every card, unfiltered (facts/shopify-meta.md section 1.8). */
export const giftCards = query(
  'GiftCards',
  37,
  `query GiftCards($query: String, $after: String, $sortKey: GiftCardSortKeys!) {
  giftCards(query: $query, first: 50, after: $after, sortKey: $sortKey, reverse: true) {
    nodes {
      id
      lastCharacters
      note
      enabled
      createdAt
      updatedAt
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
