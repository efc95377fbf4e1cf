import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Whether Shopify sent these bytes: https://shopify.dev/docs/apps/build/webhooks/subscribe/https#step-2-validate-the-origin-of-your-webhook-to-ensure-its-coming-from-shopify
 * @param rawBody the body before anything read it
 * @param hmacHeader X-Shopify-Hmac-Sha256, base64
 * @param secret the app's client secret
 */
export function verifyWebhook(rawBody: Buffer, hmacHeader: string, secret: string): boolean {
  return isSame(createHmac('sha256', secret).update(rawBody).digest('base64'), hmacHeader)
}

/**
 * Whether Shopify made this redirect: https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant
 * @param query every parameter of the address, `hmac` (hex) included; one that comes twice is no redirect of Shopify's
 * @param secret the app's client secret
 */
export function verifyRedirect(query: Readonly<Record<string, unknown>>, secret: string): boolean {
  const { hmac, ...rest } = query
  if (typeof hmac !== 'string') return false
  const pairs: [string, string][] = []
  for (const [key, value] of Object.entries(rest)) {
    if (typeof value !== 'string') return false
    pairs.push([key, value])
  }
  const sorted = pairs.sort(([one], [other]) => (one < other ? -1 : 1))
  const message = new URLSearchParams(sorted).toString()
  return isSame(createHmac('sha256', secret).update(message).digest('hex'), hmac)
}

/** In constant time; texts, because many texts decode to the same bytes. */
function isSame(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)]
  return one.length === other.length && timingSafeEqual(one, other)
}
