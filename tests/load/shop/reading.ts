import { startWorkerProcess } from '../../support/processes/backend-process.ts'
import { until } from '../../support/until.ts'
import { type Figure, figure } from '../figure.ts'
import { POINTS_PER_ORDER, type ShopGround } from './shop-ground.ts'

const BURSTS = 2

/** How much of a Standard shop's rate limit background reading turns into orders, the part kept for people and money aside. */
export async function measureReading({ owner, shopifyUrl, environmentFor }: ShopGround): Promise<Figure[]> {
  await owner.query("update desk.shop_order set updated_at = updated_at - interval '1 day'")
  await owner.query('update desk.order_wish set due_at = now(), attempts = 0, problem = null')
  const waiting = async () => Number((await owner.query('select count(*) as count from desk.order_wish')).rows[0].count)
  const spent = async () => ((await (await fetch(`${shopifyUrl}/_spent`)).json()) as { spent: number }).spent
  const worker = await startWorkerProcess(environmentFor())
  try {
    await endOfBurst(waiting)
    const [from, points, began] = [await waiting(), await spent(), performance.now()]
    for (let burst = 0; burst < BURSTS; burst++) await endOfBurst(waiting)
    const seconds = (performance.now() - began) / 1_000
    return [
      figure('orders read after webhooks, in a Standard shop', (from - (await waiting())) / seconds, 'orders/s', {
        limit: 100 / POINTS_PER_ORDER,
        note: `limit: 100 points a second at ${POINTS_PER_ORDER.toFixed(0)} an order; ${(((await spent()) - points) / seconds).toFixed(0)} points/s asked, ${seconds.toFixed(0)} s`,
      }),
    ]
  } finally {
    await worker.kill('SIGTERM')
  }
}

const QUIET_MS = 5_000

/** Reading comes in bursts: until the bucket is down to the part kept, and again when it is full. */
async function endOfBurst(waiting: () => Promise<number>): Promise<void> {
  const begun = await waiting()
  let [last, since] = [begun, performance.now()]
  const isOver = async () => {
    const now = await waiting()
    if (now !== last) [last, since] = [now, performance.now()]
    return last < begun && performance.now() - since > QUIET_MS
  }
  await until('a burst of reading to end', isOver, { seconds: 120, everyMs: 250 })
}
