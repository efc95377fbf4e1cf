import { ShopifyRefused, ShopifyUnavailable } from '../../../clients/shopify/index.ts'
import { DeskError } from '../../../platform/errors.ts'
import { HoldResult } from './results.ts'
import { type Asked, stepEffect } from './step.ts'

/** The warehouse stops before anything else is decided. A handle is one hold, however often it is asked for. */
export const holding = stepEffect({
  kind: 'hold',
  result: HoldResult,
  comparesFirst: false,
  async run(asked) {
    const holds: HoldResult['holds'] = []
    for (const id of asked.send.fulfilmentOrderIds) {
      const held = await holdOf(asked, id).catch(async (error: unknown) => {
        if (holds.length === 0) throw error
        if (!(error instanceof ShopifyRefused)) throw halfDone(error)
        await letGo(asked, holds)
        throw error
      })
      holds.push(...held)
    }
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

/** Goods in another place are held already: whoever takes the action back must let those go. */
const halfDone = (error: unknown): unknown =>
  error instanceof DeskError
    ? new ShopifyUnavailable('Only a part of the goods is held so far.', {
        cause: error,
        mayHaveHappened: true,
        ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }),
      })
    : error

/** What is refused has done nothing at all, so that it can be asked for anew, or not. */
async function letGo({ api }: Asked<'hold'>, holds: HoldResult['holds']): Promise<void> {
  for (const { fulfilmentOrderId, holdId } of holds)
    await api.releaseHold(fulfilmentOrderId, [holdId]).catch((error: unknown) => {
      throw halfDone(new ShopifyUnavailable('A hold was not let go.', { cause: error }))
    })
}

const OVER: ReadonlySet<string> = new Set(['CLOSED', 'CANCELLED'])

/** Nothing is left to hold: sent or cancelled meanwhile. What that means for the rest is looked at before money moves. */
async function isOver({ api, send }: Asked<'hold'>, id: string): Promise<boolean> {
  const order = await api.standing(send.orderId, 'money')
  const waiting = order?.fulfilmentOrders.find((one) => one.id === id)
  return !waiting || OVER.has(waiting.status)
}
