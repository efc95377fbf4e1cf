import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { createContext } from '../../../backend/app.ts'
import { SHOPIFY_SCOPES } from '../../../backend/clients/shopify/index.ts'
import { ORDERS_PER_BATCH, ordersById } from '../../../backend/clients/shopify/operations/orders.ts'
import { readConfig } from '../../../backend/config.ts'
import { connectShop } from '../../../backend/features/shops/index.ts'
import { type BackendProcess, startProcess } from '../../support/processes/backend-process.ts'
import { forgetShop } from '../world/forgetting.ts'
import type { Ground } from '../world/ground.ts'

export const ORDERS = 100_000
const CUSTOMERS = 25_000
/** The shortest that the configuration allows. */
export const SWEEP_MINUTES = 2
export const DOMAIN = 'bench.myshopify.com'
export const SECRET = 'bench-secret'
const SOURCE = fileURLToPath(new URL('flat-shopify.ts', import.meta.url))

/** What an order of a batch costs; tests/shopify-client holds the number against the emulated Shopify. */
export const POINTS_PER_ORDER = ordersById.cost / ORDERS_PER_BATCH

/** A big shop that the world's big workspace has connected; nothing of it is read yet. */
export type ShopGround = {
  ground: Ground
  owner: pg.Pool
  workspaceId: string
  source: BackendProcess
  shopifyUrl: string
  environmentFor(more?: { port?: number }): Record<string, string>
  close(): Promise<void>
}

export async function prepareShop(ground: Ground): Promise<ShopGround> {
  const args = [ORDERS, CUSTOMERS, POINTS_PER_ORDER, SHOPIFY_SCOPES.join(',')].map(String)
  const source = await startProcess(SOURCE, {}, /listens on/, args)
  const shopifyUrl = `http://127.0.0.1:${/listens on (\d+)/.exec(source.lines.join('\n'))?.[1]}`
  const owner = new pg.Pool({ connectionString: ground.database.urls.owner, max: 2 })
  const { id: workspaceId = '' } = ground.workspaces.at(-1) ?? {}
  const shop: ShopGround = {
    ground,
    owner,
    workspaceId,
    source,
    shopifyUrl,
    environmentFor: ({ port = 0 } = {}) => ({
      ...ground.environmentFor({ port }),
      SHOPIFY_BASE_URL: shopifyUrl,
      SHOP_SWEEP_MINUTES: String(SWEEP_MINUTES),
    }),
    async close() {
      await source.kill('SIGKILL')
      await forget(owner, workspaceId)
      await owner.end()
    },
  }
  try {
    await forget(owner, workspaceId)
    await connect(shop)
    return shop
  } catch (error) {
    await shop.close()
    throw error
  }
}

async function forget(owner: pg.Pool, workspaceId: string): Promise<void> {
  const client = await owner.connect()
  try {
    await forgetShop(client, workspaceId)
  } finally {
    client.release()
  }
}

async function connect({ environmentFor, workspaceId }: ShopGround): Promise<void> {
  const ctx = createContext(readConfig({ ...environmentFor(), LOG_LEVEL: 'warn' }), { process: 'bench' })
  try {
    await connectShop(ctx, workspaceId, { domain: DOMAIN, clientId: 'bench', clientSecret: SECRET })
  } finally {
    await ctx.close()
  }
}
