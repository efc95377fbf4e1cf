/** One GraphQL document. Its name is what logs, metrics and faults call it. */
export type Operation = {
  name: string
  kind: 'query' | 'mutation'
  document: string
  /** Points that Shopify asks for with the largest page we use (a test compares both); answers may say that it is more. */
  cost: number
}

/** @param cost points with the largest page we use */
export const query = (name: string, cost: number, document: string): Operation => ({
  name,
  kind: 'query',
  document,
  cost,
})

/** @param cost points with the largest page we use */
export const mutation = (name: string, cost: number, document: string): Operation => ({
  name,
  kind: 'mutation',
  document,
  cost,
})
