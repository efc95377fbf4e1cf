import type { Tx } from '../../platform/tenancy.ts'
import type { LoadState } from './loading/feed.ts'

/** How fresh the cache of one shop is. */
export type FeedCheck = {
  shopId: string
  orders: number
  /** When all of it last agreed with Shopify: the end of a sweep, or of the first load. */
  comparedAt: Date | null
  loadState: LoadState
  loadedCount: number
  loadTotal: number | null
  loadProblem: string | null
  /** Orders that changed and are not read yet. */
  waiting: number
  oldestWaitingAt: Date | null
  /** Why the one that was tried most often could not be read. */
  waitingProblem: string | null
}

/** How the cache of each shop of the workspace is doing. */
export const checkFeeds = (tx: Tx): Promise<FeedCheck[]> =>
  tx.$queryRaw<FeedCheck[]>`
    select s.id::text as "shopId", o.orders, coalesce(f.swept_at, case when f.load_state = 'done' then f.load_ended_at end) as "comparedAt", coalesce(f.load_state, 'none') as "loadState",
      coalesce(f.loaded_count, 0) as "loadedCount", f.load_total as "loadTotal", f.load_problem as "loadProblem",
      w.waiting, w."oldestWaitingAt", w."waitingProblem"
    from desk.shop s
      left join desk.shop_feed f on f.workspace_id = s.workspace_id and f.shop_id = s.id
      cross join lateral (select count(*)::int as orders from desk.shop_order o
        where o.workspace_id = s.workspace_id and o.shop_id = s.id) o
      cross join lateral (select count(*)::int as waiting, min(created_at) as "oldestWaitingAt",
          (array_agg(problem order by attempts desc) filter (where problem is not null))[1] as "waitingProblem"
        from desk.order_wish w where w.workspace_id = s.workspace_id and w.shop_id = s.id) w
    where s.workspace_id = ${tx.workspaceId}::uuid and s.state <> 'disconnected' order by s.id`
