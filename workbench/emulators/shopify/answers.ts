import type { Answer } from '../http/router.ts'
import type { Manners } from '../http/server.ts'

/** An answer outside GraphQL that ends a call: status and JSON as Shopify gives them. */
export class ShopifyRefusal extends Error {
  override name = 'ShopifyRefusal'
  readonly answer: Answer
  constructor(status: number, json: unknown, headers: Record<string, string> = {}) {
    super(JSON.stringify(json))
    this.answer = { status, json, headers }
  }
}

export const unknownToken = () =>
  new ShopifyRefusal(401, {
    errors: '[API] Invalid API key or access token (unrecognized login or wrong password)',
  })

export const notFound = () => new ShopifyRefusal(404, { errors: 'Not Found' })
export const frozen = () => new ShopifyRefusal(402, { errors: 'Unavailable Shop' })
export const locked = () => new ShopifyRefusal(423, { errors: 'Locked' })
export const tooMany = () =>
  new ShopifyRefusal(
    429,
    { errors: 'Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service.' },
    { 'retry-after': '2.0' },
  )
export const gatewayTrouble = (status: 502 | 503) => new ShopifyRefusal(status, { errors: 'Service unavailable' })

/** The OAuth endpoint's own form. */
export const oauthError = (error: string, description: string, status = 400) =>
  new ShopifyRefusal(status, { error, error_description: description })

export const manners: Omit<Manners, 'report'> = {
  largestBody: 20 * 1024 * 1024,
  tooLarge: () => ({ status: 413, json: { errors: 'Payload Too Large' } }),
  notFound: () => ({ status: 404, json: { errors: 'Not Found' } }),
  failed: () => ({ status: 500, json: { errors: 'The emulator failed; see its log.' } }),
  answerFor: (error) => (error instanceof ShopifyRefusal ? error.answer : undefined),
}
