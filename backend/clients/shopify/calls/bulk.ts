import { z } from 'zod'
import type { Ask, Tell } from '../asking.ts'
import { assembled, type Unreadable } from '../bulk/assembling.ts'
import { jsonLines, type Reading } from '../bulk/lines.ts'
import * as operations from '../operations/bulk.ts'
import { BulkOperation, type ShopBulk } from '../reading/bulk.ts'
import type { ShopOrder } from '../shop-order.ts'
import type { Lane } from '../throttling.ts'

const Started = z.object({ bulkOperation: BulkOperation })
const State = z.object({ bulkOperation: BulkOperation.nullable() })

/** @param reach where a file is to be fetched, from the address that Shopify gives */
export function bulkCalls(ask: Ask, tell: Tell, reach: (url: string) => string, reading: Reading) {
  return {
    /** Runs a query over everything in the shop; at most five at a time. @param query `bulkOrders(filter)`, for example */
    async startBulk(query: string, lane: Lane): Promise<ShopBulk> {
      return (await tell(operations.startBulk, Started, { variables: { query }, lane })).done.bulkOperation
    },

    /** How far it is; null when Shopify has forgotten it. */
    async bulk(id: string, lane: Lane): Promise<ShopBulk | null> {
      return (await ask(operations.bulk, State, { variables: { id }, lane })).bulkOperation
    },

    /** The orders of a file that `bulkOrders` asked for, as they arrive: memory stays flat however long it is. @param unreadable left out: one order that cannot be read ends the file */
    readBulkOrders: (url: string, unreadable?: Unreadable): AsyncIterable<ShopOrder> =>
      assembled(jsonLines(reach(url), reading), unreadable),
  }
}
