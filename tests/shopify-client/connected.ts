import { createShopify, type ShopifySettings, type ShopifyShop } from '../../backend/clients/shopify/index.ts'
import { createMetrics } from '../../backend/platform/metrics.ts'
import type { Shop } from '../../workbench/emulators/shopify/shop.ts'
import type { Shopify, ShopifyOptions } from '../../workbench/emulators/shopify/shopify.ts'
import { openShop } from '../workbench/shopify/shop-with-goods.ts'
import { CLIENT, FERN, type travelling } from '../workbench/shopify/start.ts'

export type Connected = {
  /** Our client, at the shop Fern. */
  fern: ShopifyShop
  shopify: Shopify
  /** What the emulator holds of the same shop. */
  shop: Shop
  clock: ReturnType<typeof travelling>
  /**
   * Another client of the same shop, as another process would have one.
   * @param before called before each of its calls
   */
  another(settings?: Partial<ShopifySettings>, before?: () => void): ShopifyShop
  close(): Promise<void>
}

/** An emulated Shopify with one shop, and our client with a token for it. */
export async function connected(options: Partial<ShopifyOptions> = {}): Promise<Connected> {
  const { shopify, shop, clock } = await openShop(options)
  const metrics = createMetrics({ runtime: false })
  const settings = { url: shopify.url, clock, metrics, timeoutMs: 10_000 }
  const app = { domain: FERN, clientId: CLIENT.id, clientSecret: CLIENT.secret }
  const { token } = await createShopify(settings).tokens.clientCredentials(app)
  const another: Connected['another'] = (more = {}, before = () => undefined) => {
    const asked = async () => {
      before()
      return token
    }
    return createShopify({ ...settings, ...more }).shop({ shopId: FERN, domain: FERN, token: asked })
  }
  return { fern: another(), shopify, shop, clock, another, close: () => shopify.close() }
}
