import { enqueue } from '../../platform/jobs.ts'
import type { Tx } from '../../platform/tenancy.ts'

/** Reads wished orders of a shop; `app.take_order_webhook` enqueues it by this name, too. */
export const FETCH = { name: 'orders:fetch', maxAttempts: 25 }
/** Asks a shop what changed since the last time. */
export const SWEEP = { name: 'orders:sweep', maxAttempts: 5 }
/** Asks the shops for an order whose number a mail names. */
export const LOOK_UP = { name: 'orders:look-up', maxAttempts: 10 }

const readerOf = (shopId: string) => `orders:${shopId}`

/** One reader per shop at a time. Without a job key: a wake-up must not be lost to a job that is being taken at this moment. */
export const enqueueFetch = (tx: Tx, shopId: string): Promise<void> =>
  enqueue(tx, FETCH, { shopId }, { queue: readerOf(shopId) })

/** Once more for what waits. It has a key, because many ask for it, and a later asking makes good one that got lost. */
export const enqueueFetchAt = (tx: Tx, shopId: string, at: Date): Promise<void> =>
  enqueue(tx, FETCH, { shopId }, { queue: readerOf(shopId), key: `${FETCH.name}:${shopId}`, at })

/** One sweep per shop, however many ask. */
export const enqueueSweep = (tx: Tx, shopId: string, at?: Date): Promise<void> =>
  enqueue(tx, SWEEP, { shopId }, { queue: `orders:sweep:${shopId}`, key: `${SWEEP.name}:${shopId}`, ...(at && { at }) })
