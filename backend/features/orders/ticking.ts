import type { Ctx } from '../../context.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { enqueueFetchAt, enqueueSweep } from './queueing.ts'

/** Until the next tick, and the time that a sweep takes to read what it found: with it, a period is kept and not just waited for. */
const AHEAD_MS = 90_000

/** Every minute: wakes the sweep of each shop whose period is nearly over, and the reader where something is due that nobody woke it for. */
export const tick = (ctx: Ctx, workspaceId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const before = new Date(tx.now.getTime() - ctx.config.shopify.sweepMs + AHEAD_MS)
    const shops = await tx.$queryRaw<{ id: string; isSweepDue: boolean; isWishDue: boolean }[]>`
      select s.id::text, f.swept_to is not null and coalesce(f.swept_at, '-infinity') <= ${before} as "isSweepDue",
        exists (select from desk.order_wish w where w.workspace_id = s.workspace_id and w.shop_id = s.id and w.due_at <= ${tx.now}) as "isWishDue"
      from desk.shop s left join desk.shop_feed f on f.workspace_id = s.workspace_id and f.shop_id = s.id
      where s.workspace_id = ${workspaceId}::uuid and s.state = 'connected'`
    for (const { id, isSweepDue, isWishDue } of shops) {
      if (isSweepDue) await enqueueSweep(tx, id)
      if (isWishDue) await enqueueFetchAt(tx, id, tx.now)
    }
  })
