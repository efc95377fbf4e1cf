import { z } from 'zod'
import type { Money } from '../../../../shared/money.ts'
import type { ShopVariant } from '../acts.ts'
import { Gid, roundedMoney } from './values.ts'

const Picture = z.object({ preview: z.object({ image: z.object({ url: z.string() }).nullable() }).nullable() })

/** A variant as it comes; its price is a bare decimal in the shop's currency. */
export const Variant = z.object({
  id: Gid,
  title: z.string(),
  sku: z.string().nullable(),
  price: z.string().regex(/^\d{1,12}(\.\d+)?$/),
  availableForSale: z.boolean(),
  inventoryPolicy: z.string(),
  inventoryQuantity: z.int().nullable(),
  inventoryItem: z.object({ tracked: z.boolean(), requiresShipping: z.boolean() }),
  media: z.object({ nodes: z.array(Picture) }),
  product: z.object({ id: Gid, title: z.string(), status: z.string(), featuredMedia: Picture.nullable() }),
})

/** @param currency of the shop, in which Shopify gives a variant's price */
export function presentVariant(variant: z.output<typeof Variant>, currency: string): ShopVariant {
  const { product, inventoryItem } = variant
  const discontinued = product.status !== 'ACTIVE'
  return {
    id: variant.id,
    productId: product.id,
    title: variant.title === 'Default Title' ? '' : variant.title,
    productTitle: product.title,
    sku: variant.sku,
    price: roundedMoney(variant.price, currency) as Money, // a decimal, by its pattern
    available: inventoryItem.tracked ? variant.inventoryQuantity : null,
    oversold: variant.inventoryPolicy === 'CONTINUE',
    forSale: variant.availableForSale && !discontinued,
    discontinued,
    requiresShipping: inventoryItem.requiresShipping,
    image: imageOf([...variant.media.nodes, product.featuredMedia]),
  }
}

const imageOf = (pictures: (z.output<typeof Picture> | null)[]) =>
  pictures.map((picture) => picture?.preview?.image?.url).find((url) => url !== undefined) ?? null
