import { runDueJobs } from './resources/jobs.ts'
import type { Shop } from './shop.ts'

/** Does what a shop does by the clock and what has become due: cancellations, bulk exports. */
export const catchUp = (shop: Shop): void => runDueJobs(shop)
