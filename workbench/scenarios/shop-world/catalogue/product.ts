import type { Shape } from '../pictures/shapes.ts'

/** What a shop sells, as a scenario writes it down. Amounts are in the shop's smallest unit, pence or cents. */
export interface Ware {
  handle: string
  title: string
  kind: string
  picture: { shape: Shape; hue: number }
  /** The first is the usual one; a ware without choice has one variant with no name. */
  variants: WareVariant[]
  /** Never packed and never posted. */
  giftCard?: true
}

export interface WareVariant {
  sku: string
  name: string | null
  price: number
  cost: number
  stock: number
  grams: number
}

type Described = Pick<Ware, 'title' | 'kind' | 'picture'>
type Single = Omit<WareVariant, 'sku' | 'name'>

/** A ware without choice: its handle is its stock number. */
export const ware = (handle: string, described: Described, single: Single): Ware => ({
  handle,
  ...described,
  variants: [{ sku: handle, name: null, ...single }],
})

/** A ware in several sizes, colours or tastes: each choice adds its short name to the handle. */
export const choice = (
  handle: string,
  described: Described,
  variants: Record<string, Omit<WareVariant, 'sku'>>,
): Ware => ({
  handle,
  ...described,
  variants: Object.entries(variants).map(([short, variant]) => ({ sku: `${handle}-${short}`, ...variant })),
})
