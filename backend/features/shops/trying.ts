import { ShopifyAccessLost, ShopifySchemaChanged, type ShopifyShop } from '../../clients/shopify/index.ts'

/** Why orders cannot be read although the permissions are there. `blocks`: only somebody at Shopify can change that. */
export type ReadingTrouble = { blocks: boolean; words: string }

/**
 * Reads the newest order whole, as the desk reads every one: names and addresses are protected beside the permissions, and a field may
 * be gone. A shop without orders shows nothing.
 */
export async function tryReading(api: ShopifyShop, lane: 'person' | 'background'): Promise<ReadingTrouble | null> {
  try {
    await api.orders({ query: '', first: 1, lane })
    return null
  } catch (error) {
    if (error instanceof ShopifySchemaChanged) return { blocks: false, words: error.message }
    if (error instanceof ShopifyAccessLost && error.problem === 'scope_missing')
      return { blocks: true, words: `Shopify withholds a part of the orders. ${error.message} ${PROTECTED}` }
    throw error
  }
}

const PROTECTED =
  'If it is about customers: names, addresses, e-mail and phone are protected customer data, which the app asks for under API access in its settings, and which small plans of Shopify do not give.'
