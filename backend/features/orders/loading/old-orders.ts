import type { Ctx } from '../../../context.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { connectedShops } from '../../shops/index.ts'
import { seesAllOrders, VISIBLE_DAYS } from '../deleting.ts'

/** Whether the app may see orders of all times, while the shop was loaded when it saw those of the last days only. */
export const lacksOldOrders = (ctx: Ctx, workspaceId: string, shopId: string): Promise<boolean> =>
  inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const shop = (await connectedShops(tx)).find(({ id }) => id === shopId)
      if (!shop || !seesAllOrders(shop)) return false
      const [row] = await tx.$queryRaw<{ lacks: boolean }[]>`
        select not exists (select from desk.shop_order o where o.workspace_id = f.workspace_id and o.shop_id = f.shop_id
          and o.placed_at < f.load_started_at - make_interval(days => ${VISIBLE_DAYS + 1})) as lacks
        from desk.shop_feed f where f.workspace_id = ${workspaceId}::uuid and f.shop_id = ${shopId}::uuid and f.load_state = 'done'`
      return row?.lacks ?? false
    },
    { reads: true },
  )
