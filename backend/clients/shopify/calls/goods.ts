import { z } from 'zod'
import type { DeliveryMethod, ShopVariant } from '../acts.ts'
import type { Ask } from '../asking.ts'
import * as operations from '../operations/goods.ts'
import { connection, ExactMoney } from '../reading/values.ts'
import { presentVariant, Variant } from '../reading/variant.ts'
import { searchTerm } from '../searching.ts'
import type { Lane } from '../throttling.ts'
import { followed } from '../whole-order.ts'
import { addressInput } from './address.ts'

const InShop = z.object({ shop: z.object({ currencyCode: z.string() }) })
const isVariant = (node: unknown) => Object.keys(node ?? {}).length > 0
const ByIds = InShop.extend({
  nodes: z.array(z.preprocess((node) => (isVariant(node) ? node : null), Variant.nullable())),
})
const OfProduct = InShop.extend({ product: z.object({ variants: connection(Variant) }).nullable() })
const BySku = InShop.extend({ productVariants: z.object({ nodes: z.array(Variant) }) })
const Countries = z.object({ shop: z.object({ shipsToCountries: z.array(z.string()) }) })
const Rates = z.object({
  draftOrderAvailableDeliveryOptions: z.object({
    availableShippingRates: z.array(z.object({ title: z.string(), price: ExactMoney })),
  }),
})

/** What can be sent, from where and for how much, in the shop's currency; errors as of `asker`. */
export function goodsCalls(ask: Ask) {
  return {
    /** Variants by id; those that are gone are left out. */
    async variants(ids: string[], lane: Lane): Promise<ShopVariant[]> {
      const found: ShopVariant[] = []
      for (let at = 0; at < ids.length; at += operations.VARIANTS_PER_BATCH) {
        const variables = { ids: ids.slice(at, at + operations.VARIANTS_PER_BATCH) }
        const { nodes, shop } = await ask(operations.variants, ByIds, { variables, lane })
        for (const node of nodes) if (node) found.push(presentVariant(node, shop.currencyCode))
      }
      return found
    },

    /** All variants of a product, in the shop's order; none when it is gone. */
    async variantsOfProduct(productId: string, lane: Lane): Promise<ShopVariant[]> {
      const page = (after: string | null) =>
        ask(operations.variantsOfProduct, OfProduct, { variables: { id: productId, after }, lane })
      const { product, shop } = await page(null)
      if (!product) return []
      const nothing = { items: [], next: null }
      const all = await followed(product.variants, async (after) => (await page(after)).product?.variants ?? nothing)
      return all.map((variant) => presentVariant(variant, shop.currencyCode))
    },

    /** The variant with exactly this stock number; of several, one that is still sold. null when there is none. */
    async variantBySku(sku: string, lane: Lane): Promise<ShopVariant | null> {
      const variables = { query: searchTerm('sku', sku) }
      const { productVariants, shop } = await ask(operations.variantsBySku, BySku, { variables, lane })
      const found = productVariants.nodes
        .map((variant) => presentVariant(variant, shop.currencyCode))
        .filter((variant) => variant.sku?.toLowerCase() === sku.toLowerCase())
      return found.find(({ discontinued }) => !discontinued) ?? found[0] ?? null
    },

    /** Countries that the shop sends to, two letters each. */
    async shipsTo(lane: Lane): Promise<string[]> {
      return (await ask(operations.shipsTo, Countries, { lane })).shop.shipsToCountries
    },

    /**
     * Ways of sending these goods there, with what the shop charges for each; none when it does not send there.
     * @param address as of a reship
     */
    async deliveryMethods(
      { lines, address }: { lines: { variantId: string; quantity: number }[]; address: Record<string, string> },
      lane: Lane,
    ): Promise<DeliveryMethod[]> {
      const variables = { input: { lineItems: lines, shippingAddress: addressInput(address) } }
      const { draftOrderAvailableDeliveryOptions: options } = await ask(operations.deliveryMethods, Rates, {
        variables,
        lane,
      })
      return options.availableShippingRates
    },
  }
}
