import { mutation, query } from './operation.ts'

export const createOrder = mutation(
  'CreateOrder',
  12,
  `mutation CreateOrder($order: OrderCreateOrderInput!, $options: OrderCreateOptionsInput) {
  orderCreate(order: $order, options: $options) {
    order { id name }
    userErrors { code field message }
  }
}`,
)

export const orderByMark = query(
  'OrderByMark',
  1,
  `query OrderByMark($identifier: OrderIdentifierInput!) {
  orderByIdentifier(identifier: $identifier) { id name cancelledAt }
}`,
)

/** Goes through the search index, which lags behind writes. */
export const ordersBySource = query(
  'OrdersBySource',
  6,
  `query OrdersBySource($query: String!) {
  orders(query: $query, first: 10, sortKey: CREATED_AT, reverse: true) {
    nodes { id name cancelledAt sourceIdentifier }
  }
}`,
)

export const defineMark = mutation(
  'DefineMark',
  12,
  `mutation DefineMark($definition: MetafieldDefinitionInput!) {
  metafieldDefinitionCreate(definition: $definition) {
    createdDefinition { id }
    userErrors { code field message }
  }
}`,
)
