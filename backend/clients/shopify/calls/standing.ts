import { z } from 'zod'
import type { OrderStanding } from '../acts.ts'
import type { Ask } from '../asking.ts'
import { ShopifyUnavailable } from '../failures.ts'
import * as operations from '../operations/standing.ts'
import { StandingPages } from '../reading/standing.ts'
import type { Lane } from '../throttling.ts'
import { OrderMoved } from '../whole-order.ts'
import { wholeStanding } from '../whole-standing.ts'

const One = z.object({ order: StandingPages.nullable() })

/** How often an order that changes while its pages are read is begun again. */
const READS = 3

export function standingCalls(ask: Ask) {
  return {
    /** How far an order has come, straight from Shopify's books; null when it is gone. */
    async standing(orderId: string, lane: Lane): Promise<OrderStanding | null> {
      for (let read = 0; read < READS; read++) {
        const { order } = await ask(operations.standing, One, { variables: { id: orderId }, lane })
        if (!order) return null
        const whole = await unlessMoved(wholeStanding(ask, order, lane))
        if (whole) return whole
      }
      throw new ShopifyUnavailable('The order keeps changing while it is read.', { retryAfter: 2 })
    },
  }
}

async function unlessMoved(reading: Promise<OrderStanding>): Promise<OrderStanding | null> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof OrderMoved) return null
    throw error
  }
}
