import { z } from 'zod'
import { ShopifyAccessLost, type ShopifyProblem, ShopifyRefused, ShopifyUnavailable } from './failures.ts'

/** As JSON, or as the words of a page: Oauth error invalid_request: … */
const TokenError = z.union([
  z.object({ error: z.string() }).transform(({ error }) => error),
  z.string().transform((page) => /oauth error (\w+)/i.exec(page)?.[1]?.toLowerCase() ?? ''),
])

const LOST: Record<string, ShopifyProblem> = {
  invalid_client: 'unknown_client',
  application_cannot_be_found: 'unknown_client',
  invalid_grant: 'token_revoked',
  invalid_request: 'token_revoked',
  app_not_installed: 'uninstalled',
  shop_not_permitted: 'other_organisation',
}

/** What it means that a grant was not given. */
export function refusedGrant(status: number, body: unknown, retryAfter: number | undefined): Error {
  const told = TokenError.safeParse(body)
  const error = told.success ? told.data : ''
  if (status === 402 || status === 423) return new ShopifyAccessLost('frozen')
  if (status === 404) return new ShopifyAccessLost('unknown_shop')
  const problem = LOST[error] ?? (status === 401 ? 'unknown_client' : undefined)
  if (problem && status < 500) return new ShopifyAccessLost(problem)
  if (status >= 400 && status < 500 && status !== 429)
    return new ShopifyRefused(`Shopify's sign-in refused the request (${status}${error && ` ${error}`}).`)
  return new ShopifyUnavailable(
    `Shopify's sign-in is not available right now (${status}).`,
    retryAfter === undefined ? {} : { retryAfter },
  )
}

/** JSON, or the text when it is none. */
export function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return text
    throw error
  }
}
