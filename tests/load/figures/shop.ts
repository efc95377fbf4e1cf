import { createHmac } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { createContext } from '../../../backend/app.ts'
import { SHOPIFY_SCOPES } from '../../../backend/clients/shopify/index.ts'
import { ORDERS_PER_BATCH, ordersById } from '../../../backend/clients/shopify/operations/orders.ts'
import { readConfig } from '../../../backend/config.ts'
import { connectShop } from '../../../backend/features/shops/index.ts'
import {
  type BackendProcess,
  startApi,
  startProcess,
  startWorkerProcess,
} from '../../support/processes/backend-process.ts'
import { until } from '../../support/until.ts'
import { type Figure, figure, quantiles } from '../figure.ts'
import { startDeskApi } from '../measuring/desk-api.ts'
import { freePort } from '../measuring/ports.ts'
import { cpuOf, memoryOf } from '../measuring/processes.ts'
import { ask, deliver } from '../measuring/requests.ts'
import { changedAt } from '../shop/wire-order.ts'
import { forgetShop } from '../world/forgetting.ts'
import type { Ground } from '../world/ground.ts'

const ORDERS = 100_000
const CUSTOMERS = 25_000
const DOMAIN = 'bench.myshopify.com'
const SECRET = 'bench-secret'
const SOURCE = fileURLToPath(new URL('../shop/flat-shopify.ts', import.meta.url))

/** What an order of a batch costs; tests/shopify-client holds the number against the emulated Shopify. */
const POINTS_PER_ORDER = ordersById.cost / ORDERS_PER_BATCH

type Bench = {
  ground: Ground
  owner: pg.Client
  workspaceId: string
  shopId: string
  source: BackendProcess
  shopifyUrl: string
}

/** A shop of 100 thousand orders beside the big workspace: its first load, its webhooks, its readers, and the card that shows five orders. */
export async function measureShop(ground: Ground): Promise<Figure[]> {
  const source = await startProcess(SOURCE, {}, /listens on/, [
    String(ORDERS),
    String(CUSTOMERS),
    String(POINTS_PER_ORDER),
    SHOPIFY_SCOPES.join(','),
  ])
  const shopifyUrl = `http://127.0.0.1:${/listens on (\d+)/.exec(source.lines.join('\n'))?.[1]}`
  const owner = new pg.Client({ connectionString: ground.database.urls.owner })
  await owner.connect()
  const { id: workspaceId = '' } = ground.workspaces.at(-1) ?? {}
  try {
    await forgetShop(owner, workspaceId)
    const shopId = await connect(ground, workspaceId, shopifyUrl)
    const bench = { ground, owner, workspaceId, shopId, source, shopifyUrl }
    return [
      ...(await measureFirstLoad(bench)),
      ...(await measureCard(bench)),
      ...(await measureWebhooks(bench)),
      ...(await measureReading(bench)),
    ]
  } finally {
    await source.kill('SIGKILL')
    await forgetShop(owner, workspaceId)
    await owner.end()
  }
}

const environmentOf = ({ ground, shopifyUrl }: Pick<Bench, 'ground' | 'shopifyUrl'>, port = 0) => ({
  ...ground.environmentFor({ port }),
  SHOPIFY_URL: shopifyUrl,
})

async function connect(ground: Ground, workspaceId: string, shopifyUrl: string): Promise<string> {
  const ctx = createContext(readConfig({ ...environmentOf({ ground, shopifyUrl }), LOG_LEVEL: 'warn' }), {
    process: 'bench',
  })
  try {
    return (await connectShop(ctx, workspaceId, { domain: DOMAIN, clientId: 'bench', clientSecret: SECRET })).shopId
  } finally {
    await ctx.close()
  }
}

/** From the finished bulk file to the last order saved, by a real worker; its memory is looked at while it reads. */
async function measureFirstLoad(bench: Bench): Promise<Figure[]> {
  const { owner, ground, source } = bench
  const worker = await startWorkerProcess(environmentOf(bench))
  try {
    await until('the load to begin', async () => (await loaded(owner)).count > 0, { seconds: 60 })
    const cpu = () => ({ worker: cpuOf(worker.pid), database: cpuOf(ground.postmaster), source: cpuOf(source.pid) })
    const [first, began, before] = [(await loaded(owner)).count, performance.now(), cpu()]
    const memory: number[] = []
    await until(
      `${ORDERS} orders to be saved`,
      async () => {
        memory.push(memoryOf(worker.pid) / 1e6)
        return (await loaded(owner)).state === 'done'
      },
      {
        seconds: 600,
        everyMs: 500,
        found: async () => JSON.stringify(await loaded(owner)) + worker.lines.slice(-5).join('\n'),
      },
    )
    const seconds = (performance.now() - began) / 1_000
    const after = cpu()
    const count = ORDERS - first
    await refuseMissing(owner)
    const rate = count / seconds
    const early = Math.max(...memory.slice(0, Math.ceil(memory.length / 4)))
    const late = Math.max(...memory.slice(-Math.ceil(memory.length / 4)))
    const paged = 100 / POINTS_PER_ORDER
    return [
      figure('first load of 100 thousand orders', rate, 'orders/s', {
        note: `${seconds.toFixed(0)} s; paging within a Standard shop's 100 points a second would allow ${paged.toFixed(1)}/s, ${(ORDERS / paged / 3_600).toFixed(0)} h`,
      }),
      figure(
        'first load, CPU an order',
        (after.worker - before.worker + after.database - before.database) / count,
        'ms',
        {
          note: `worker ${((after.worker - before.worker) / count).toFixed(2)}, PostgreSQL ${((after.database - before.database) / count).toFixed(2)}; the source ${((after.source - before.source) / count).toFixed(2)} beside`,
        },
      ),
      figure('first load, memory of the worker, last quarter', late, 'MB', {
        limit: early,
        aim: 'flat',
        note: 'limit: the first quarter',
      }),
    ]
  } finally {
    await worker.kill('SIGTERM')
  }
}

async function loaded(owner: pg.Client): Promise<{ state: string; count: number }> {
  const { rows } = await owner.query('select load_state as state, loaded_count as count from desk.shop_feed')
  return rows[0] ?? { state: 'none', count: 0 }
}

async function refuseMissing(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query('select count(*)::int as count from desk.shop_order')
  if (rows[0]?.count !== ORDERS) throw new Error(`${ORDERS} orders became ${rows[0]?.count}`)
}

/** The card of a customer who is known to be the buyer, with five orders and what they got in a year. */
async function measureCard({ ground, owner, workspaceId }: Bench): Promise<Figure[]> {
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

const HOOKS = { perSecond: 500, count: 10_000 }

/** Signed deliveries about distinct orders, each stored with its wish before it is answered; nobody reads them meanwhile. */
async function measureWebhooks(bench: Bench): Promise<Figure[]> {
  const port = await freePort()
  const api = await startApi(environmentOf(bench, port))
  const posts = (from: number, count: number) => Array.from({ length: count }, (_, number) => deliveryOf(from + number))
  const url = `http://127.0.0.1:${port}/v1/shopify/webhooks`
  try {
    await deliver({ url, posts: posts(0, 500), perSecond: 250 })
    const before = { api: cpuOf(api.pid), database: cpuOf(bench.ground.postmaster) }
    const times = await deliver({ url, posts: posts(500, HOOKS.count), perSecond: HOOKS.perSecond })
    const cpu = (cpuOf(api.pid) - before.api + cpuOf(bench.ground.postmaster) - before.database) / HOOKS.count
    const [p50, p99] = quantiles(times, [0.5, 0.99])
    const { rows } = await bench.owner.query('select count(*)::int as count from desk.order_wish')
    if (rows[0]?.count !== HOOKS.count + 500)
      throw new Error(`${HOOKS.count + 500} webhooks became ${rows[0]?.count} wishes`)
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

const READING_S = 30

/** How much of a Standard shop's rate limit background reading turns into orders, the part kept for people and money aside. */
async function measureReading(bench: Bench): Promise<Figure[]> {
  const { owner, source, shopifyUrl } = bench
  await owner.query("update desk.shop_order set updated_at = updated_at - interval '1 day'")
  await owner.query('update desk.order_wish set due_at = now(), attempts = 0, problem = null')
  const waiting = async () => Number((await owner.query('select count(*) as count from desk.order_wish')).rows[0].count)
  const spent = async () => ((await (await fetch(`${shopifyUrl}/_spent`)).json()) as { spent: number }).spent
  const worker = await startWorkerProcess(environmentOf(bench))
  try {
    const all = await waiting()
    await until('the bucket to be used up to the part kept', async () => (await waiting()) < all - 30, { seconds: 60 })
    const [from, points, began] = [await waiting(), await spent(), performance.now()]
    await until(`${READING_S} s of reading`, () => performance.now() - began > READING_S * 1_000, {
      seconds: READING_S + 5,
    })
    const seconds = (performance.now() - began) / 1_000
    const rate = (from - (await waiting())) / seconds
    return [
      figure('orders read after webhooks, in a Standard shop', rate, 'orders/s', {
        limit: 100 / POINTS_PER_ORDER,
        note: `limit: 100 points a second at ${POINTS_PER_ORDER} an order; ${(((await spent()) - points) / seconds).toFixed(0)} points/s asked, ${cpuOf(source.pid)} ms CPU of the source in all`,
      }),
    ]
  } finally {
    await worker.kill('SIGTERM')
  }
}
