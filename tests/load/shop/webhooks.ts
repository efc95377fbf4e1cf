import { createHmac } from 'node:crypto'
import { startApi } from '../../support/processes/backend-process.ts'
import { type Figure, figure, quantiles } from '../figure.ts'
import { freePort } from '../measuring/ports.ts'
import { cpuOf } from '../measuring/processes.ts'
import { deliver } from '../measuring/requests.ts'
import { DOMAIN, SECRET, type ShopGround } from './shop-ground.ts'
import { changedAt } from './wire-order.ts'

/** Fewer than ten thousand in all: there the asking process itself stops for a tenth of a second, whoever it asks and however fast. */
const HOOKS = { perSecond: 500, count: 8_000, warmUp: 1_000 }

/** Signed deliveries about distinct orders, each stored with its wish before it is answered; nobody reads them meanwhile. */
export async function measureWebhooks({ owner, ground, environmentFor }: ShopGround): Promise<Figure[]> {
  const port = await freePort()
  const api = await startApi(environmentFor({ port }))
  const posts = Array.from({ length: HOOKS.warmUp + HOOKS.count }, (_, number) => deliveryOf(number))
  const { perSecond, warmUp } = HOOKS
  const url = `http://127.0.0.1:${port}/v1/shopify/webhooks`
  try {
    const before = { api: cpuOf(api.pid), database: cpuOf(ground.postmaster) }
    const times = await deliver({ url, posts, perSecond, warmUp })
    const cpu = (cpuOf(api.pid) - before.api + cpuOf(ground.postmaster) - before.database) / posts.length
    const [p50, p99] = quantiles(times, [0.5, 0.99])
    const { rows } = await owner.query('select count(*)::int as count from desk.order_wish')
    if (rows[0]?.count !== posts.length) throw new Error(`${posts.length} webhooks became ${rows[0]?.count} wishes`)
    return [
      figure('webhook at 500/s, open loop, p99', p99, 'ms', {
        aim: '< 10',
        note: `p50 ${p50.toFixed(1)} ms, ${times.length} deliveries`,
      }),
      figure('webhook, CPU a delivery', cpu, 'ms'),
    ]
  } finally {
    await api.kill('SIGTERM')
  }
}

function deliveryOf(number: number): { body: string; headers: Record<string, string> } {
  const id = 5_000_000_000 + number
  const body = JSON.stringify({ id, admin_graphql_api_id: `gid://shopify/Order/${id}`, updated_at: changedAt(number) })
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': 'orders/updated',
      'x-shopify-shop-domain': DOMAIN,
      'x-shopify-api-version': '2026-10',
      'x-shopify-webhook-id': `w-${number}`,
      'x-shopify-event-id': `e-${number}`,
      'x-shopify-triggered-at': changedAt(number),
      'x-shopify-hmac-sha256': createHmac('sha256', SECRET).update(body).digest('base64'),
    },
  }
}
