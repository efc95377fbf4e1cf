/**
 * Where a request goes. Shopify's library knows https and real hosts only; with an emulator the host becomes the first
 * part of the path: https://fern.myshopify.com/admin/… is sent to {base}/fern.myshopify.com/admin/….
 * @param base the emulator, or null for the real hosts
 */
export function addressOf(base: string | null, url: string): string {
  if (base === null) return url
  const { origin, host, pathname, search } = new URL(url)
  return origin === new URL(base).origin ? url : `${base.replace(/\/$/, '')}/${host}${pathname}${search}`
}

/** The address of a shop, as Shopify gives it out and as it may stand in a URL: fern.myshopify.com. */
export const isShopDomain = (domain: string) => /^[a-z0-9][a-z0-9-]{0,59}\.myshopify\.com$/.test(domain)
