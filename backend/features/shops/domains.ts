import { isShopDomain } from '../../clients/shopify/index.ts'
import { DeskError } from '../../platform/errors.ts'

/**
 * A shop's lasting address from what people have at hand: `fern`, `fern.myshopify.com`, `https://fern.myshopify.com/admin`, or an
 * address of its pages, `https://admin.shopify.com/store/fern`.
 * @throws DeskError invalid_request
 */
export function shopDomain(given: string): string {
  const text = given
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
  const [, store] = /^admin\.shopify\.com\/store\/([a-z0-9-]+)/.exec(text) ?? []
  const [host = ''] = text.split(/[/?#]/)
  const domain = store ? `${store}.myshopify.com` : host.includes('.') ? host : `${host}.myshopify.com`
  if (isShopDomain(domain)) return domain
  throw new DeskError(
    'invalid_request',
    `${given.slice(0, 100)} is not the address of a Shopify shop: it looks like fern.myshopify.com. In Shopify it stands under Settings > Domains.`,
  )
}
