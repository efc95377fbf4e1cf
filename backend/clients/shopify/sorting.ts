import { GraphqlQueryError } from '@shopify/shopify-api'
import { z } from 'zod'
import {
  ShopifyAccessLost,
  type ShopifyProblem,
  ShopifyRefused,
  ShopifySchemaChanged,
  ShopifyThrottled,
  ShopifyUnavailable,
} from './failures.ts'
import type { Heard } from './library.ts'
import { Cost, secondsUntil } from './throttling.ts'

const GraphqlError = z.object({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).nullish(),
  extensions: z
    .object({ code: z.string(), typeName: z.string(), fieldName: z.string(), requiredAccess: z.string() })
    .partial()
    .nullish(),
})
export type GraphqlError = z.infer<typeof GraphqlError>

/** An answer that carries errors; it may carry data too. */
export type FaultyAnswer = { data: Record<string, unknown> | null; errors: GraphqlError[]; cost: Cost | null }

/** @returns null when the library gave up for another reason than errors in an answer */
export function faultyAnswer(error: unknown): FaultyAnswer | null {
  if (!(error instanceof GraphqlQueryError)) return null
  const { body } = error
  const errors = z.array(GraphqlError).safeParse(body?.errors?.graphQLErrors)
  if (!errors.success) return null
  const cost = Cost.safeParse((body?.['extensions'] as { cost?: unknown } | undefined)?.cost)
  return {
    data: (body?.data as Record<string, unknown> | undefined) ?? null,
    errors: errors.data,
    cost: cost.success ? cost.data : null,
  }
}

/**
 * What errors in an answer mean (facts/shopify-meta.md section 2.3). Nothing was done, but for a fault inside Shopify
 * and for a fault in what a change answers, which leave it open.
 */
export function sortErrors({ errors, cost }: FaultyAnswer, isMutation: boolean, cause: unknown): Error {
  const codes = errors.map(({ extensions }) => extensions?.code ?? '')
  if (codes.includes('THROTTLED')) return new ShopifyThrottled(cost ? secondsUntil(cost) : 1, { cause })
  if (codes.includes('INTERNAL_SERVER_ERROR') || errors.some(isInProgress) || (isMutation && errors.some(isInside)))
    return new ShopifyUnavailable('Shopify failed while it answered.', { cause, mayHaveHappened: isMutation })
  if (codes.includes('SHOP_INACTIVE')) return new ShopifyAccessLost('frozen', { cause })
  const vanished = errors.find(({ extensions }) => SCHEMA_CODES.has(extensions?.code ?? ''))
  if (vanished) return new ShopifySchemaChanged(fieldOf(vanished), { cause })
  const denied = errors.find(({ extensions }) => extensions?.code === 'ACCESS_DENIED')
  if (denied)
    return new ShopifyAccessLost('scope_missing', {
      cause,
      detail: denied.extensions?.requiredAccess ?? denied.message,
    })
  const words = [...new Set(errors.map(({ message }) => message))].slice(0, 3).join(' · ')
  return new ShopifyRefused(`Shopify refused the request: ${words}`, { cause, codes: codes.filter(Boolean) })
}

const SearchWarnings = z.array(
  z.object({ query: z.string(), warnings: z.array(z.object({ field: z.string(), message: z.string() })).nullish() }),
)

/**
 * Shopify leaves out what it does not understand of a search and answers the rest, in the worst case everything.
 * @param told `extensions.search` of an answer
 * @throws ShopifyRefused, so that nobody takes such an answer for what was searched
 */
export function refuseHalfSearch(told: unknown): void {
  const searches = SearchWarnings.safeParse(told)
  const words = searches.success ? searches.data.flatMap(({ warnings }) => warnings ?? []) : []
  if (words.length === 0) return
  throw new ShopifyRefused(
    `Shopify cannot search for that: ${words.map(({ field, message }) => `${field}: ${message}`).join(' · ')}`,
  )
}

/** What graphql says of a document that does not fit the schema any more. */
const SCHEMA_CODES = new Set([
  'undefinedField',
  'undefinedType',
  'undefinedDirective',
  'undefinedFragment',
  'argumentNotAccepted',
  'missingRequiredArguments',
  'selectionMismatch',
  'fragmentOnNonCompositeType',
  'cannotSpreadFragment',
])

const fieldOf = ({ message, extensions }: GraphqlError) =>
  extensions?.typeName && extensions.fieldName ? `${extensions.typeName}.${extensions.fieldName}` : message

/** Another call with the same idempotency key has not ended. */
export const isInProgress = ({ message }: { message: string }) => /currently in progress/i.test(message)

/** Below the mutation's own field, so the mutation ran. */
const isInside = ({ path }: GraphqlError) => (path?.length ?? 0) > 1

/** What an HTTP answer without GraphQL in it means, or no answer at all. */
export function sortHeard(
  heard: Heard | null,
  { isMutation, now, cause }: { isMutation: boolean; now: Date; cause: unknown },
): Error {
  if (!heard)
    return new ShopifyUnavailable('Shopify cannot be reached right now.', { cause, mayHaveHappened: isMutation })
  const { status, headers, body } = heard
  const retryAfter = secondsOf(headers.get('retry-after'), now)
  if (status === 429) return new ShopifyThrottled(retryAfter ?? 1, { cause })
  const problem = problemOf(status, body)
  if (problem) return new ShopifyAccessLost(problem, { cause })
  if (status >= 500 || status < 400 || status === 408)
    return new ShopifyUnavailable(`Shopify is not available right now (${status}).`, {
      cause,
      mayHaveHappened: isMutation,
      ...(retryAfter !== undefined && { retryAfter }),
    })
  return new ShopifyRefused(`Shopify refused the request (${status}).`, { cause })
}

/** https://shopify.dev/docs/api/usage/response-codes */
function problemOf(status: number, body: string): ShopifyProblem | null {
  if (status === 401) return /expired/i.test(body) ? 'token_expired' : 'token_revoked'
  if (status === 402 || status === 423) return 'frozen'
  if (status === 403 && /unavailable shop/i.test(body)) return 'frozen'
  if (status === 403) return /scope|merchant approval/i.test(body) ? 'scope_missing' : 'forbidden'
  return status === 404 ? 'unknown_shop' : null
}

/** Retry-After in seconds, or until a date; Shopify's library takes it for milliseconds. */
export function secondsOf(header: string | null, now: Date): number | undefined {
  if (!header) return undefined
  const seconds = /^\d+(\.\d+)?$/.test(header) ? Number(header) : (Date.parse(header) - now.getTime()) / 1_000
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : undefined
}
