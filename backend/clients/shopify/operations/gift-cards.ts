import { mutation, query } from './operation.ts'

const FIELDS = `
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
      recipientAttributes { recipient { id } }
      order { id }`

/** Search words that Shopify does not know give every card, unfiltered (facts/shopify-meta.md section 1.8). */
export const giftCards = query(
  'GiftCards',
  51,
  `query GiftCards($query: String, $after: String, $sortKey: GiftCardSortKeys!) {
  giftCards(query: $query, first: 50, after: $after, sortKey: $sortKey, reverse: true) {
    nodes {${FIELDS}
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
)

export const giftCard = query(
  'GiftCard',
  12,
  `query GiftCard($id: ID!) {
  giftCard(id: $id) {${FIELDS}
      owner: customer { defaultEmailAddress { emailAddress } }
      receiver: recipientAttributes { recipient { defaultEmailAddress { emailAddress } } }
  }
}`,
)

/** The code is not asked back: it is ours, and an answer that holds none cannot be logged with one. */
export const createGiftCard = mutation(
  'CreateGiftCard',
  12,
  `mutation CreateGiftCard($input: GiftCardCreateInput!) {
  giftCardCreate(input: $input) {
    giftCard { id lastCharacters }
    userErrors { code field message }
  }
}`,
)

export const deactivateGiftCard = mutation(
  'DeactivateGiftCard',
  12,
  `mutation DeactivateGiftCard($id: ID!) {
  giftCardDeactivate(id: $id) {
    giftCard { id deactivatedAt }
    userErrors { code field message }
  }
}`,
)

export const mailGiftCardToCustomer = mutation(
  'MailGiftCardToCustomer',
  12,
  `mutation MailGiftCardToCustomer($id: ID!) {
  giftCardSendNotificationToCustomer(id: $id) {
    giftCard { id }
    userErrors { code field message }
  }
}`,
)

export const mailGiftCardToRecipient = mutation(
  'MailGiftCardToRecipient',
  12,
  `mutation MailGiftCardToRecipient($id: ID!) {
  giftCardSendNotificationToRecipient(id: $id) {
    giftCard { id }
    userErrors { code field message }
  }
}`,
)

export const giftCardLimit = query(
  'GiftCardLimit',
  4,
  `query GiftCardLimit {
  giftCardConfiguration { issueLimit { amount currencyCode } }
  shop { features { giftCards } }
}`,
)
