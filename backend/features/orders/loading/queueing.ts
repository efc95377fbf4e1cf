import { enqueue } from '../../../platform/jobs.ts'
import type { Tx } from '../../../platform/tenancy.ts'

export const LOAD = { name: 'orders:load', maxAttempts: 25 }

/** One load per shop, however many ask, so that no two read the same file. */
export const askForLoad = (tx: Tx, shopId: string, at?: Date): Promise<void> =>
  enqueue(tx, LOAD, { shopId }, { queue: `${LOAD.name}:${shopId}`, key: `${LOAD.name}:${shopId}`, ...(at && { at }) })
