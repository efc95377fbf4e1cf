import { type Figure, figure, quantiles } from '../figure.ts'
import { startDeskApi } from '../measuring/desk-api.ts'
import { cpuOf } from '../measuring/processes.ts'
import { ask } from '../measuring/requests.ts'
import type { ShopGround } from './shop-ground.ts'

/** The card of a customer who is known to be the buyer, with five orders and what they got in a year. */
export async function measureOrdersOnCard({ ground, owner, workspaceId }: ShopGround): Promise<Figure[]> {
  await owner.query(
    `update desk.message m set proven_key = c.email from desk.ticket t join desk.customer c on c.workspace_id = t.workspace_id and c.id = t.customer_id
     where m.workspace_id = $1 and m.ticket_id = t.id and t.workspace_id = $1 and t.id = any($2::uuid[])`,
    [workspaceId, ground.cards],
  )
  await owner.query('analyze desk.shop_order, desk.order_key, desk.compensation, desk.message')
  const api = await startDeskApi(ground)
  try {
    const headers = await api.headersFor(workspaceId)
    // the newest ticket belongs to the world's first customer, who bought long ago
    const urls = ground.cards.slice(1).map((card) => `${api.url}/v1/tickets/${card}`)
    await refuseIncomplete(urls[0] ?? '', headers)
    await ask({ mode: 'closed', urls, headers, count: 300 })
    const before = { api: cpuOf(api.pid), database: cpuOf(ground.postmaster) }
    const [p50, p99] = quantiles(await ask({ mode: 'closed', urls, headers, count: 1_000 }), [0.5, 0.99])
    const cpu = {
      api: (cpuOf(api.pid) - before.api) / 1_000,
      database: (cpuOf(ground.postmaster) - before.database) / 1_000,
    }
    return [
      figure('card with 20 messages and 5 orders, 1 client, p50', p50, 'ms', {
        aim: '< 8',
        note: `p99 ${p99.toFixed(1)} ms`,
      }),
      figure('card with 5 orders, CPU a request', cpu.api + cpu.database, 'ms', {
        note: `backend ${cpu.api.toFixed(2)}, PostgreSQL ${cpu.database.toFixed(2)}`,
      }),
    ]
  } finally {
    await api.stop()
  }
}

type Card = { shop?: { orders: { details: object | null }[] } }

async function refuseIncomplete(url: string, headers: Record<string, string>): Promise<void> {
  const card = (await (await fetch(url, { headers })).json()) as Card
  const orders = card.shop?.orders ?? []
  if (orders.length !== 5 || orders.some(({ details }) => details === null))
    throw new Error(`The measured card has not five open orders: ${JSON.stringify(card.shop).slice(0, 400)}`)
}
