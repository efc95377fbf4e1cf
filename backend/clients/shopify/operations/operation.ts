/** One GraphQL document. Its name is what logs, metrics and faults call it. */
export type Operation = {
  name: string
  kind: 'query' | 'mutation'
  document: string
  /** Points that Shopify asks for with the page sizes we use, until an answer has said it (a test compares both). */
  cost: number
}

export const query = (name: string, cost: number, document: string): Operation => ({
  name,
  kind: 'query',
  document,
  cost,
})

export const mutation = (name: string, cost: number, document: string): Operation => ({
  name,
  kind: 'mutation',
  document,
  cost,
})
