import { z } from 'zod'
import type { OrderStanding } from '../acts.ts'
import type { Ask } from '../asking.ts'
import { ShopifyUnavailable } from '../failures.ts'
import * as operations from '../operations/standing.ts'
import { StandingPages, ToSendPages } from '../reading/standing.ts'
import type { Lane } from '../throttling.ts'
import { OrderMoved } from '../whole-order.ts'
import { wholeStanding, wholeToSend } from '../whole-standing.ts'

const One = z.object({ order: StandingPages.nullable() })
const OneToSend = z.object({ order: ToSendPages.nullable() })

/** How often an order that changes while its pages are read is begun again. */
const READS = 3

/** How an order stands at this moment, to compare it with what was reviewed; errors as of `asker`. */
export function standingCalls(ask: Ask) {
  return {
    /** How far an order has come, straight from Shopify's books; null when it is gone. */
    async standing(orderId: string, lane: Lane): Promise<OrderStanding | null> {
      return unlessMoving(async () => {
        const { order } = await ask(operations.standing, One, { variables: { id: orderId }, lane })
        return order && wholeStanding(ask, order, lane)
      })
    },

    /** What of an order is still to be sent; null when the order is gone. */
    async toSend(orderId: string, lane: Lane): Promise<OrderStanding['fulfilmentOrders'] | null> {
      return unlessMoving(async () => {
        const { order } = await ask(operations.toSend, OneToSend, { variables: { id: orderId }, lane })
        return order && wholeToSend(ask, order, lane)
      })
    },
  }
}

async function unlessMoving<T>(reading: () => Promise<T>): Promise<T> {
  for (let read = 0; read < READS; read++) {
    try {
      return await reading()
    } catch (error) {
      if (!(error instanceof OrderMoved)) throw error
    }
  }
  throw new ShopifyUnavailable('The order keeps changing while it is read.', { retryAfter: 2 })
}
