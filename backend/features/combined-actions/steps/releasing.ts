import type { ShopHold } from '../../../clients/shopify/index.ts'
import { ReleaseResult } from './results.ts'
import { stepEffect } from './step.ts'

/** Lets go of what this action held, whatever became of the hold: it is looked up by its handle. */
export const releasing = stepEffect({
  kind: 'release',
  result: ReleaseResult,
  comparesFirst: false,
  async run({ api, send }) {
    const order = await api.standing(send.orderId, 'money')
    const isOurs = ({ ours, handle }: ShopHold) => ours && handle === send.handle
    let released = 0
    for (const { id, holds } of order?.fulfilmentOrders ?? []) {
      const ours = holds.filter(isOurs).map((hold) => hold.id)
      await api.releaseHold(id, ours)
      released += ours.length
    }
    return { kind: 'release', released }
  },
  find: async () => null,
  says: () => ({}),
  advice: () => 'The goods may still be held: release the hold of Sidedesk on the order in Shopify.',
})
