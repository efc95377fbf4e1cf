import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { createContext } from '../../../backend/app.ts'
import { SHOPIFY_SCOPES } from '../../../backend/clients/shopify/index.ts'
import { readConfig } from '../../../backend/config.ts'
import type { Ctx } from '../../../backend/context.ts'
import { DEFAULT_SETTINGS, writeSettings } from '../../../backend/features/combined-actions/rules/settings.ts'
import { shopifyIdOf, wishFor } from '../../../backend/features/orders/index.ts'
import { connectShop } from '../../../backend/features/shops/index.ts'
import type { StaffActor } from '../../../backend/platform/actor.ts'
import { inWorkspace } from '../../../backend/platform/tenancy.ts'
import { type BackendProcess, startProcess, startWorkerProcess } from '../../support/processes/backend-process.ts'
import { until } from '../../support/until.ts'
import { forgetActionShop } from '../world/forgetting.ts'
import type { Ground } from '../world/ground.ts'

const EMULATOR = fileURLToPath(new URL('emulator.ts', import.meta.url))
const DOMAIN = 'actions.myshopify.com'
const APP = { clientId: 'bench', clientSecret: 'bench-secret' }

/** A shop in the emulated Shopify, connected by the big workspace, whose delivered orders the desk knows. */
export type ActionGround = {
  ground: Ground
  owner: pg.Pool
  ctx: Ctx
  workspaceId: string
  shopId: string
  by: StaffActor
  /** Of the desk, one for each action. */
  orderIds: string[]
  emulator: BackendProcess
  environment: Record<string, string>
  /** Milliseconds that each call took inside the emulator since this was asked last. */
  emulatorTimes(): Promise<number[]>
  /** Names of the operations that were asked for, all of them. */
  calls(): Promise<string[]>
  /** Points of the shop's bucket and how many come back per second; no size is no limit. */
  limit(size: number | null, restoreRate?: number): Promise<void>
  /** Points that are left. */
  available(): Promise<number>
  close(): Promise<void>
}

export async function prepareActions(ground: Ground, orders: number): Promise<ActionGround> {
  const args = [DOMAIN, APP.clientId, APP.clientSecret, SHOPIFY_SCOPES.join(','), String(orders), '1']
  const emulator = await startProcess(EMULATOR, {}, /tells on/, args)
  const [, url = '', tap = ''] = /listens on (\S+) and tells on (\S+)/.exec(emulator.lines.join('\n')) ?? []
  const owner = new pg.Pool({ connectionString: ground.database.urls.owner, max: 2 })
  const { id: workspaceId = '' } = ground.workspaces.at(-1) ?? {}
  const environment = { ...ground.environmentFor({}), SHOPIFY_BASE_URL: url }
  const ctx = createContext(readConfig({ ...environment, LOG_LEVEL: 'warn' }), { process: 'bench' })
  const told = async () => (await (await fetch(tap)).json()) as { orderIds: string[]; times: number[] }
  const steer = (path: string, body: object) => post(`${url}/_workbench/${path}`, body)
  const close = async () => {
    await ctx.close()
    await emulator.kill('SIGKILL')
    await forgetActionShop(owner, workspaceId, DOMAIN)
    await owner.end()
  }
  try {
    await forgetActionShop(owner, workspaceId, DOMAIN)
    await steer('bucket', { size: null })
    const { shopId } = await connectShop(ctx, workspaceId, { domain: DOMAIN, ...APP })
    const { orderIds } = await told()
    await inWorkspace(ctx, workspaceId, (tx) =>
      wishFor(
        tx,
        shopId,
        orderIds.map((id) => ({ shopifyId: shopifyIdOf(id), changedAt: null })),
      ),
    )
    const by = await adminOf(owner, workspaceId)
    await writeSettings(ctx, { ...DEFAULT_SETTINGS, undoSeconds: 0 }, by)
    const path = `shops/${DOMAIN}/apps/${APP.clientId}/access-token`
    const { token } = (await steer(path, { scopes: [...SHOPIFY_SCOPES] })) as { token: string }
    return {
      ground,
      owner,
      ctx,
      workspaceId,
      shopId,
      by,
      orderIds: await readOrders(owner, environment, shopId, orderIds.length),
      emulator,
      environment,
      emulatorTimes: async () => (await told()).times,
      calls: async () =>
        ((await (await fetch(`${url}/_workbench/calls`)).json()) as { names: string[] }[]).map(
          ({ names }) => names.at(-1) ?? '',
        ),
      limit: async (size, restoreRate) => void (await steer('bucket', { size, ...(restoreRate && { restoreRate }) })),
      available: () => availableIn(url, token),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function post(url: string, body: object, headers: Record<string, string> = {}): Promise<unknown> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }
  const answer = await fetch(url, init)
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

/** Somebody without limits of their own: nothing waits for approval. */
async function adminOf(owner: pg.Pool, workspaceId: string): Promise<StaffActor> {
  const { rows } = await owner.query<{ id: string; name: string }>(
    'select id, name from desk.staff where workspace_id = $1 order by email limit 1',
    [workspaceId],
  )
  const [person] = rows
  if (!person) throw new Error('The workspace has no staff')
  return { kind: 'staff', workspaceId, role: 'admin', ...person }
}

/** A worker reads the orders, and does all else that follows from connecting a shop. @returns their ids in the desk */
async function readOrders(
  owner: pg.Pool,
  environment: Record<string, string>,
  shopId: string,
  count: number,
): Promise<string[]> {
  const ids = async () =>
    (
      await owner.query<{ id: string }>('select id from desk.shop_order where shop_id = $1 order by shopify_id', [
        shopId,
      ])
    ).rows
  const loaded = async () =>
    (await owner.query('select from desk.shop_feed where shop_id = $1 and load_state = $2', [shopId, 'done']))
      .rowCount === 1
  const worker = await startWorkerProcess(environment)
  try {
    const isReady = async () => (await ids()).length >= count && (await loaded())
    await until(`${count} orders to be read`, isReady, {
      seconds: 120,
      found: async () => worker.lines.slice(-5).join('\n'),
    })
    return (await ids()).map(({ id }) => id)
  } finally {
    await worker.kill('SIGTERM')
  }
}

async function availableIn(url: string, token: string): Promise<number> {
  const answer = await post(
    `${url}/${DOMAIN}/admin/api/2026-10/graphql.json`,
    { query: '{ shop { name } }' },
    { 'x-shopify-access-token': token },
  )
  const { extensions } = answer as { extensions: { cost: { throttleStatus: { currentlyAvailable: number } } } }
  return extensions.cost.throttleStatus.currentlyAvailable
}
