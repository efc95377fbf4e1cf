import { type Lane, type ShopOrder, searchTerm } from '../../clients/shopify/index.ts'
import type { OpenShop } from '../shops/index.ts'
import { customerKey, keysOfOrder, numberKey, type OrderKey } from './keys.ts'

/** What people look for, as it was typed and as it is compared. */
export type Sought = { by: 'number' | 'email' | 'phone' | 'name'; text: string; keys: readonly string[] }

/**
 * Asks one shop for orders that its cache does not hold. Shopify's search is by words, so what it finds is compared again.
 * @returns at most five, the newest first
 */
export async function askShop(shop: OpenShop, sought: Sought, lane: Lane): Promise<ShopOrder[]> {
  const query = await queryOf(shop, sought, lane)
  if (query === null) return []
  const { items } = await shop.api.orders({ query: query.text, lane })
  return items.filter((order) => query.fits(keysOfOrder(order, shop)))
}

type Query = { text: string; fits: (keys: readonly OrderKey[]) => boolean }

async function queryOf(shop: OpenShop, { by, text, keys }: Sought, lane: Lane): Promise<Query | null> {
  const holdsAll = (found: readonly OrderKey[]) =>
    keys.every((key) => found.some((one) => one.kind === by && one.key === key))
  switch (by) {
    case 'number':
      return {
        text: namesOf(keys[0] ?? '', shop)
          .map((name) => searchTerm('name', name))
          .join(' OR '),
        fits: holdsAll,
      }
    case 'email':
      return { text: searchTerm('email', keys[0] ?? ''), fits: holdsAll }
    case 'name':
      return { text: keys.map(quoted).join(' '), fits: holdsAll }
    case 'phone':
      return ordersOfPhone(shop, text, lane)
  }
}

/** Orders cannot be searched by phone, customers can, where the number is written with its country. */
async function ordersOfPhone(shop: OpenShop, text: string, lane: Lane): Promise<Query | null> {
  const number = text.replace(/[^\d+]/g, '').replace(/^00/, '+')
  if (!/^\+\d{7,15}$/.test(number)) return null
  const customer = await shop.api.customer({ phoneNumber: number }, lane)
  if (!customer) return null
  const key = customerKey(shop.id, customer.id)
  return {
    text: `customer_id:${key.split(':')[1]}`,
    fits: (found) => found.some((one) => one.kind === 'customer' && one.key === key),
  }
}

/** As the shop would write the number: FF-20418 for 20418 and for FF20418. */
function namesOf(key: string, { numberPrefix, numberSuffix }: OpenShop): string[] {
  const [before, after] = [numberKey(numberPrefix), numberKey(numberSuffix)]
  const isWhole = key.startsWith(before) && key.endsWith(after) && key.length > before.length + after.length
  const bare = isWhole ? key.slice(before.length, key.length - after.length) : key
  return [...new Set([`${numberPrefix}${bare}${numberSuffix}`, key])]
}

const quoted = (word: string) => `"${word.replace(/["\\]/g, '\\$&')}"`
