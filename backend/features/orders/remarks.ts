import type { OrderSearch } from '../../../shared/orders.ts'
import { ShopifyThrottled, ShopifyUnavailable } from '../../clients/shopify/index.ts'
import type { ShopRow } from '../shops/index.ts'
import { seesAllOrders, VISIBLE_DAYS } from './deleting.ts'
import type { Silence } from './live.ts'

export type Searched = {
  by: OrderSearch
  /** How many orders were found. */
  found: number
  shops: readonly ShopRow[]
  /** Ids of shops whose orders are being read for the first time. */
  loading: readonly string[]
  /** Shops that were asked and did not answer. */
  silent: readonly Silence[]
}

/** What a search could not see, shop by shop, and what helps; null when there is nothing to say. */
export function remarkOf({ by, found, shops, loading, silent }: Searched): string | null {
  const nothing = found === 0
  const words = [
    ...(nothing ? [NOTHING[by]] : []),
    ...(nothing ? shops.flatMap(({ problem }) => problem ?? []) : []),
    ...silent.map(silenceWords),
    ...shops
      .filter(({ id }) => loading.includes(id))
      .map(({ name }) => `Sidedesk is still reading the orders of ${name}.`),
    ...(nothing ? shops.filter((shop) => !seesAllOrders(shop)).map(({ name }) => tooOld(name)) : []),
  ]
  return words.join(' ') || null
}

function silenceWords({ shop: { name }, why }: Silence): string {
  if (why instanceof ShopifyThrottled)
    return `Shopify makes Sidedesk wait with questions about ${name}: this is what Sidedesk knows already. Try again in a minute.`
  if (why !== null && !(why instanceof ShopifyUnavailable)) return `${name} could not be asked. ${why.message}`
  return `${name} did not answer in time: this is what Sidedesk knows already. Try again soon.`
}

const tooOld = (shop: string) =>
  `Orders older than ${VISIBLE_DAYS} days are not visible to Sidedesk in ${shop}, whose app lacks read_all_orders: look those up in Shopify.`

/** Shopify's search lags behind what it holds. */
const FRESH = 'One that was placed just now is found in a minute or two.'

const NOTHING: Record<OrderSearch, string> = {
  number: `No order has this number. ${FRESH}`,
  email: `No order has this e-mail address. ${FRESH}`,
  phone: 'No order has this phone number. Type it with its country, for example +44 20 7946 0958.',
  name: `No order has this name. ${FRESH}`,
  tracking: 'No parcel has this tracking number.',
  gift_card: 'No gift card ends in these characters, or it belongs to no customer.',
}
