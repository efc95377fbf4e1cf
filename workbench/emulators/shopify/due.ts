import { bulkRunsOf } from './bulk/runs.ts'
import { runDueJobs } from './resources/jobs.ts'
import type { Shop } from './shop.ts'

/** Does what a shop does by the clock and what has become due: cancellations, bulk exports. */
export function catchUp(shop: Shop): void {
  runDueJobs(shop)
  bulkRunsOf(shop.ground).startDue(shop)
}
