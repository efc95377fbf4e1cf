import { HoldResult } from './results.ts'
import { stepEffect } from './step.ts'

/** The warehouse stops before anything else is decided. A handle is one hold, however often it is asked for. */
export const holding = stepEffect({
  kind: 'hold',
  result: HoldResult,
  comparesFirst: false,
  async run({ api, send }) {
    const holds: HoldResult['holds'] = []
    for (const fulfilmentOrderId of send.fulfilmentOrderIds)
      holds.push({ fulfilmentOrderId, ...(await api.hold(fulfilmentOrderId, send)) })
    return { kind: 'hold', holds }
  },
  find: async () => null,
  says: () => ({}),
  advice: () =>
    'The goods could not be held: they may be on their way already. Look at the order in Shopify, then go on or take this back.',
})
