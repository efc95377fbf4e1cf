import type { OrdersRow, ShopRow } from './viewing.ts'

/** The sweep runs every few minutes; a shop that was not read for so long shows old orders. */
const QUIET_MS = 30 * 60_000

/** What is wrong with the shops, in words that say what to do; empty when all is well. */
export const problemsOf = ({ shops, orders }: Pick<OrdersRow, 'shops' | 'orders'>, now: Date): string[] => [
  ...shops.flatMap((shop) => problemOf(shop, now) ?? []),
  ...(orders.length === 0 ? shops.filter(isShortSighted).map(tooOld) : []),
]

function problemOf(shop: ShopRow, now: Date): string | null {
  if (shop.problem !== null) return shop.problem
  if (shop.state !== 'connected')
    return `${shop.name} cannot be read now. An admin sees why with npm run admin -- shop check.`
  if (shop.loadState === 'failed')
    return `The earlier orders of ${shop.name} could not be loaded. ${shop.loadProblem ?? 'An admin starts it again with npm run admin -- shop load.'}`
  if (isLoading(shop)) return loadingWords(shop)
  if (shop.sweptAt !== null && now.getTime() - new Date(shop.sweptAt).getTime() > QUIET_MS)
    return `${shop.name} could not be read for a while; each order says how old it is. Sidedesk goes on trying. What is urgent, look up in Shopify.`
  return null
}

const isLoading = ({ loadState }: ShopRow) =>
  loadState === 'asked' || loadState === 'running' || loadState === 'reading'

function loadingWords({ name, loadedCount }: ShopRow): string {
  const so = loadedCount ? ` (${loadedCount.toLocaleString('en')} so far)` : ''
  return `The earlier orders of ${name} are still being loaded${so}; some may be missing.`
}

const isShortSighted = ({ state, seesAll }: ShopRow) => state === 'connected' && !seesAll

const tooOld = ({ name }: ShopRow) =>
  `${name} shows Sidedesk the orders of the last 60 days only; look up older ones in Shopify. An admin can ask Shopify for read_all_orders.`
