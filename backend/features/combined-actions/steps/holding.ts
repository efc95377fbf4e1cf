import { ShopifyRefused } from '../../../clients/shopify/index.ts'
import { HoldResult } from './results.ts'
import { type Asked, stepEffect } from './step.ts'

/** The warehouse stops before anything else is decided. A handle is one hold, however often it is asked for. */
export const holding = stepEffect({
  kind: 'hold',
  result: HoldResult,
  comparesFirst: false,
  async run(asked) {
    const holds: HoldResult['holds'] = []
    for (const id of asked.send.fulfilmentOrderIds) holds.push(...(await holdOf(asked, id)))
    return { kind: 'hold', holds }
  },
  find: async () => null,
  says: () => ({}),
  advice: () =>
    'The goods could not be held: they may be on their way already. Look at the order in Shopify, then go on or take this back.',
})

async function holdOf(asked: Asked<'hold'>, fulfilmentOrderId: string): Promise<HoldResult['holds']> {
  try {
    return [{ fulfilmentOrderId, ...(await asked.api.hold(fulfilmentOrderId, asked.send)) }]
  } catch (error) {
    if (error instanceof ShopifyRefused && (await isOver(asked, fulfilmentOrderId))) return []
    throw error
  }
}

const OVER: ReadonlySet<string> = new Set(['CLOSED', 'CANCELLED'])

/** Nothing is left to hold: sent or cancelled meanwhile. What that means for the rest is looked at before money moves. */
async function isOver({ api, send }: Asked<'hold'>, id: string): Promise<boolean> {
  const order = await api.standing(send.orderId, 'money')
  const waiting = order?.fulfilmentOrders.find((one) => one.id === id)
  return !waiting || OVER.has(waiting.status)
}
