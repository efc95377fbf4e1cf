import type { OrderSearch } from '../../../shared/orders.ts'
import type { Ctx } from '../../context.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { emailKey } from '../settings/index.ts'
import { connectedShops, type ShopRow } from '../shops/index.ts'
import { askShop, type Sought } from './asking.ts'
import { ordersByCard, ordersByKey } from './finding.ts'
import { nameKeys, numberKey, phoneKey, trackingKey } from './keys.ts'
import { answersOf } from './live.ts'
import { remarkOf } from './remarks.ts'
import { saveOrders } from './saving.ts'

export type FoundOrders = {
  /** Newest first. */
  ids: string[]
  /** What the search could not see, in words for the one who searched; null when there is nothing to say. */
  remark: string | null
}

/** Orders that one search shows. */
export const MOST_FOUND = 20

/**
 * Finds orders: in the cache first; where that holds none and Shopify can be asked by it, in every shop at the same time.
 * @param text as it was typed
 */
export async function findOrders(ctx: Ctx, workspaceId: string, by: OrderSearch, text: string): Promise<FoundOrders> {
  const keys = keysOf(by, text)
  if (keys.length === 0) return { ids: [], remark: TOO_LITTLE[by] }
  const { ids, ...shops } = await inWorkspace(
    ctx,
    workspaceId,
    async (tx) => ({ ids: await inCache(tx, by, keys), shops: await connectedShops(tx), loading: await loading(tx) }),
    { reads: true },
  )
  if (shops.shops.length === 0) return { ids: [], remark: 'No shop is connected to this desk.' }
  const asksNobody = ids.length > 0 || by === 'tracking' || by === 'gift_card'
  if (asksNobody) return { ids, remark: remarkOf({ by, found: ids.length, silent: [], ...shops }) }
  return askLive(ctx, workspaceId, { by, text, keys }, shops)
}

async function askLive(ctx: Ctx, workspaceId: string, sought: Sought, known: Known): Promise<FoundOrders> {
  const well = known.shops.filter(({ state }) => state === 'connected')
  const askedAt = ctx.clock.now()
  const { answers, silent } = await answersOf(ctx, workspaceId, well, (shop) => askShop(shop, sought, 'person'))
  const ids = await inWorkspace(ctx, workspaceId, async (tx) => {
    for (const { shop, orders } of answers) await saveOrders(tx, await ctx.keyring.box(tx), shop, { orders, askedAt })
    return inCache(tx, sought.by, sought.keys)
  })
  return { ids, remark: remarkOf({ by: sought.by, found: ids.length, silent, ...known }) }
}

type Known = { shops: ShopRow[]; loading: string[] }

/** Shops whose orders are being read for the first time. */
async function loading(tx: Tx): Promise<string[]> {
  const where = { workspaceId: tx.workspaceId, loadState: { in: ['asked', 'running', 'reading'] } }
  return (await tx.shopFeed.findMany({ where, select: { shopId: true } })).map(({ shopId }) => shopId)
}

const inCache = (tx: Tx, by: OrderSearch, keys: readonly string[]): Promise<string[]> =>
  by === 'gift_card' ? ordersByCard(tx, keys[0] ?? '', MOST_FOUND) : ordersByKey(tx, by, keys, MOST_FOUND)

/** What was typed, as it is compared; nothing when it cannot tell one order from another. */
function keysOf(by: OrderSearch, text: string): string[] {
  switch (by) {
    case 'number':
      return present(numberKey(text))
    case 'email':
      return present(text.includes('@') ? emailKey(text) : null)
    case 'phone':
      return present(phoneKey(text))
    case 'name':
      return nameKeys(text)
    case 'tracking':
      return present(trackingKey(text))
    case 'gift_card':
      return present(lastCharacters(text))
  }
}

const present = (key: string | null): string[] => (key ? [key] : [])

/** Shopify shows the last four characters of a card, in lower case; whoever has the whole code types more. */
function lastCharacters(text: string): string | null {
  const plain = text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()
  return plain.length < 4 ? null : plain.slice(-4)
}

const TOO_LITTLE: Record<OrderSearch, string> = {
  number: 'Type the digits of the order number.',
  email: 'Type the whole e-mail address.',
  phone: 'Type at least six digits of the phone number.',
  name: 'Type a name.',
  tracking: 'Type the tracking number.',
  gift_card: 'Type at least the last four characters of the gift card.',
}
