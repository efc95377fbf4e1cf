import type { OrderSearch } from '../../../shared/orders.ts'
import type { Ctx } from '../../context.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import type { ShopRow } from '../shops/index.ts'
import { seesAllOrders, VISIBLE_DAYS } from './deleting.ts'

/** What a search could not see, shop by shop, and what helps. */
export async function remarkOf(
  ctx: Ctx,
  workspaceId: string,
  by: OrderSearch,
  shops: readonly ShopRow[],
  silent: readonly ShopRow[],
  found = 0,
): Promise<string | null> {
  const loading = found > 0 ? [] : await loadingShops(ctx, workspaceId)
  const words = [
    ...(found > 0 ? [] : [NOTHING[by]]),
    ...shops.flatMap(({ problem }) => problem ?? []),
    ...silent.map(
      ({ name }) => `${name} did not answer in time: this is what Sidedesk knows already. Try again in a minute.`,
    ),
    ...shops
      .filter(({ id }) => loading.includes(id))
      .map(({ name }) => `Sidedesk is still reading the orders of ${name}.`),
    ...(found > 0 ? [] : shops.filter((shop) => !seesAllOrders(shop)).map(({ name }) => tooOld(name))),
  ]
  return words.join(' ') || null
}

const loadingShops = (ctx: Ctx, workspaceId: string): Promise<string[]> =>
  inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const where = { workspaceId, loadState: { in: ['asked', 'running', 'reading'] } }
      return (await tx.shopFeed.findMany({ where, select: { shopId: true } })).map(({ shopId }) => shopId)
    },
    { reads: true },
  )

const tooOld = (shop: string) =>
  `Orders older than ${VISIBLE_DAYS} days are not visible to Sidedesk in ${shop}: the app lacks read_all_orders.`

const NOTHING: Record<OrderSearch, string> = {
  number: 'No order has this number.',
  email: 'No order has this e-mail address.',
  phone: 'No order has this phone number. Type it with its country, for example +44 20 7946 0958.',
  name: 'No order has this name.',
  tracking: 'No parcel has this tracking number.',
  gift_card: 'No gift card ends in these characters, or it belongs to no customer.',
}
