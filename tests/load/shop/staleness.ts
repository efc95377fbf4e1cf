import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../../support/until.ts'
import { type Figure, figure, quantiles } from '../figure.ts'
import { type ShopGround, SWEEP_MINUTES } from './shop-ground.ts'
import { FIRST_ID } from './wire-order.ts'

const CHANGES = 20
/** From one sweep to the next, when the period is the shortest. */
const SPREAD_MS = 60_000

/** An order that was changed without a word, and when (by this process' clock) that happened and was seen. */
type Change = { shopifyId: number; updatedAt: string; at: number; seenAt: number | null }

/** How old the desk's copy becomes when every webhook is lost: orders change at any moment between two sweeps. */
export async function measureStaleness(shop: ShopGround): Promise<Figure[]> {
  const changes: Change[] = []
  for (let number = 0; number < CHANGES; number++) {
    changes.push(await change(shop, number))
    const next = performance.now() + SPREAD_MS / CHANGES
    while (performance.now() < next) await look(shop, changes)
  }
  const isSeen = async () => {
    await look(shop, changes)
    return changes.every(({ seenAt }) => seenAt !== null)
  }
  await until('every changed order to be known', isSeen, { seconds: 300 })
  const waits = changes.map(({ at, seenAt }) => ((seenAt ?? Number.NaN) - at) / 1_000)
  const [median, worst] = quantiles(waits, [0.5, 1])
  return [
    figure('an order whose webhook was lost is known here after, at worst', worst, 's', {
      limit: SWEEP_MINUTES * 60,
      aim: "< the sweep's period",
      note: `limit: SHOP_SWEEP_MINUTES=${SWEEP_MINUTES}, beside the first load; half of ${CHANGES} within ${median.toFixed(0)} s`,
    }),
  ]
}

async function change({ shopifyUrl }: ShopGround, number: number): Promise<Change> {
  const at = performance.now()
  const { updatedAt } = (await (await fetch(`${shopifyUrl}/_change/${number}`)).json()) as { updatedAt: string }
  return { shopifyId: FIRST_ID + number, updatedAt, at, seenAt: null }
}

async function look({ owner }: ShopGround, changes: readonly Change[]): Promise<void> {
  await sleep(250)
  const open = changes.filter(({ seenAt }) => seenAt === null)
  const { rows } = await owner.query<{ id: string }>(
    `select o.shopify_id::text as id from desk.shop_order o join unnest($1::bigint[], $2::timestamptz[]) as changed (id, at)
       on o.shopify_id = changed.id and o.updated_at = changed.at`,
    [open.map(({ shopifyId }) => shopifyId), open.map(({ updatedAt }) => updatedAt)],
  )
  for (const one of open) if (rows.some(({ id }) => id === String(one.shopifyId))) one.seenAt = performance.now()
}
