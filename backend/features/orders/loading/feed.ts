import type { Tx } from '../../../platform/tenancy.ts'

export type LoadState = 'none' | 'asked' | 'running' | 'reading' | 'done' | 'failed'

/** How the first load of a shop stands. `loadedCount` orders of the file are saved. */
export type Load = {
  loadState: LoadState
  loadId: string | null
  loadedCount: number
  loadStartedAt: Date | null
  sweptTo: Date | null
}

/** The shop's feed, made when it is first asked for. The row is held: what is decided by it is written before another looks. */
export async function lockFeed(tx: Tx, shopId: string): Promise<Load> {
  await tx.$executeRaw`
    insert into desk.shop_feed (workspace_id, shop_id) values (${tx.workspaceId}::uuid, ${shopId}::uuid) on conflict do nothing`
  const [row] = await tx.$queryRaw<Load[]>`
    select load_state as "loadState", load_id as "loadId", loaded_count as "loadedCount", load_started_at as "loadStartedAt", swept_to as "sweptTo" from desk.shop_feed
    where workspace_id = ${tx.workspaceId}::uuid and shop_id = ${shopId}::uuid for update`
  if (!row) throw new Error('A feed that was just made is not there')
  return row
}

export const changeFeed = (tx: Tx, shopId: string, data: Parameters<Tx['shopFeed']['update']>[0]['data']) =>
  tx.shopFeed.update({ where: { workspaceId_shopId: { workspaceId: tx.workspaceId, shopId } }, data })
