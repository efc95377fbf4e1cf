import { enqueueAll } from '../../../platform/jobs.ts'
import type { Tx } from '../../../platform/tenancy.ts'

/** Compares a shop with the journal. */
export const RECONCILE = { name: 'finance:reconcile', maxAttempts: 25 }

/** One comparison per shop, however many ask. */
export const enqueueReconcile = (tx: Tx, shopIds: readonly string[], at?: Date): Promise<void> =>
  enqueueAll(
    tx,
    shopIds.map((shopId) => ({
      job: RECONCILE.name,
      payload: { shopId },
      queue: `finance:${shopId}`,
      key: `${RECONCILE.name}:${shopId}`,
      delayMs: at && at.getTime() - tx.now.getTime(),
      maxAttempts: RECONCILE.maxAttempts,
    })),
  )
