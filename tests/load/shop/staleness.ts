import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../../support/until.ts'
import { type Figure, figure, quantiles } from '../figure.ts'
import { type ShopGround, SWEEP_MINUTES } from './shop-ground.ts'
import { FIRST_ID } from './wire-order.ts'

const CHANGES = 20

/** How old the desk's copy becomes when every webhook is lost: orders change at any moment between two sweeps. */
export async function measureStaleness(shop: ShopGround): Promise<Figure[]> {
  const waits: Promise<number>[] = []
  for (let number = 0; number < CHANGES; number++) {
    waits.push(changeUntold(shop, number))
    await sleep((SWEEP_MINUTES * 60_000) / CHANGES)
  }
  const [median, worst] = quantiles(await Promise.all(waits), [0.5, 1])
  return [
    figure('an order whose webhook was lost is known here after, at worst', worst, 's', {
      limit: SWEEP_MINUTES * 60,
      aim: "< the sweep's period",
      note: `limit: SHOP_SWEEP_MINUTES=${SWEEP_MINUTES}, beside the first load; half of ${CHANGES} within ${median.toFixed(0)} s`,
    }),
  ]
}

/** Seconds from the change to the desk's own copy of it. */
async function changeUntold({ owner, shopifyUrl }: ShopGround, number: number): Promise<number> {
  const began = performance.now()
  const { updatedAt } = (await (await fetch(`${shopifyUrl}/_change/${number}`)).json()) as { updatedAt: string }
  const isKnown = async () => {
    const known = 'select from desk.shop_order where shopify_id = $1 and updated_at = $2'
    return (await owner.query(known, [FIRST_ID + number, updatedAt])).rowCount === 1
  }
  await until(`order ${number} to be known`, isKnown, { seconds: 200, everyMs: 250 })
  return (performance.now() - began) / 1_000
}
