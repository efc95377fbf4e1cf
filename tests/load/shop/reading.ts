import { startWorkerProcess } from '../../support/processes/backend-process.ts'
import { until } from '../../support/until.ts'
import { type Figure, figure } from '../figure.ts'
import { cpuOf } from '../measuring/processes.ts'
import { POINTS_PER_ORDER, type ShopGround } from './shop-ground.ts'

const READING_S = 20

/** Orders that a full bucket pays for at once. */
const BURST = Math.ceil(2_000 / POINTS_PER_ORDER)

/** How much of a Standard shop's rate limit background reading turns into orders, the part kept for people and money aside. */
export async function measureReading({ owner, source, shopifyUrl, environmentFor }: ShopGround): Promise<Figure[]> {
  await owner.query("update desk.shop_order set updated_at = updated_at - interval '1 day'")
  await owner.query('update desk.order_wish set due_at = now(), attempts = 0, problem = null')
  const waiting = async () => Number((await owner.query('select count(*) as count from desk.order_wish')).rows[0].count)
  const spent = async () => ((await (await fetch(`${shopifyUrl}/_spent`)).json()) as { spent: number }).spent
  const worker = await startWorkerProcess(environmentFor())
  try {
    const all = await waiting()
    await until('the bucket to be used up to the part kept', async () => (await waiting()) < all - BURST, {
      seconds: 60,
    })
    const [from, points, began] = [await waiting(), await spent(), performance.now()]
    await until(`${READING_S} s of reading`, () => performance.now() - began > READING_S * 1_000, {
      seconds: READING_S + 5,
    })
    const seconds = (performance.now() - began) / 1_000
    const rate = (from - (await waiting())) / seconds
    return [
      figure('orders read after webhooks, in a Standard shop', rate, 'orders/s', {
        limit: 100 / POINTS_PER_ORDER,
        note: `limit: 100 points a second at ${POINTS_PER_ORDER.toFixed(0)} an order; ${(((await spent()) - points) / seconds).toFixed(0)} points/s asked, ${cpuOf(source.pid)} ms CPU of the source in all`,
      }),
    ]
  } finally {
    await worker.kill('SIGTERM')
  }
}
