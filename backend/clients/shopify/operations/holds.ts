import { mutation, query } from './operation.ts'

/** `heldByApp` is not asked for: it needs a scope of its own, and the answer would be half denied. */
export const hold = mutation(
  'Hold',
  12,
  `mutation Hold($id: ID!, $hold: FulfillmentOrderHoldInput!) {
  fulfillmentOrderHold(id: $id, fulfillmentHold: $hold) {
    fulfillmentHold { id }
    userErrors { code field message }
  }
}`,
)

export const releaseHold = mutation(
  'ReleaseHold',
  12,
  `mutation ReleaseHold($id: ID!, $holdIds: [ID!]!) {
  fulfillmentOrderReleaseHold(id: $id, holdIds: $holdIds) {
    fulfillmentOrder { id status }
    userErrors { code field message }
  }
}`,
)

export const holdsOf = query(
  'HoldsOf',
  2,
  `query HoldsOf($id: ID!) {
  fulfillmentOrder(id: $id) {
    fulfillmentHolds { id handle heldByRequestingApp }
  }
}`,
)
