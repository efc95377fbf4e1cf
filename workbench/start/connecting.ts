import { beginLoad } from '../../backend/features/orders/index.ts'
import { connectedShops, connectShop } from '../../backend/features/shops/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { SHOPS } from '../scenarios/shop-world/shop-world.ts'
import type { RunningBackend } from './backend.ts'
import type { Secrets } from './secrets.ts'
import { SHOP_APP } from './shopify.ts'
import { Unfit } from './unfit.ts'

type Ctx = RunningBackend['ctx']

const WAIT_MS = 120_000
const LOOK_EVERY_MS = 200

/** Connects the shops that were never connected, as `npm run admin -- shop connect` would: data of an older version know none. */
export async function connectShops(ctx: Ctx, workspaceId: string, { shopAppSecret }: Secrets): Promise<void> {
  const known = await inWorkspace(ctx, workspaceId, connectedShops, { reads: true })
  for (const domain of SHOPS) {
    if (known.some((shop) => shop.domain === domain)) continue
    const { missing } = await connectShop(ctx, workspaceId, { domain, clientId: SHOP_APP, clientSecret: shopAppSecret })
    if (missing.length > 0) throw new Error(`${domain} lacks ${missing.map(({ scope }) => scope).join(', ')}`)
  }
}

/** Waits until the backend has every order of the shops: their lists are written in a moment, and looked for as often as we look here. */
export async function ordersRead(
  ctx: Ctx,
  workspaceId: string,
  expected: number,
  told: (line: string) => void,
): Promise<void> {
  const until = Date.now() + WAIT_MS
  const shops = await inWorkspace(ctx, workspaceId, connectedShops, { reads: true })
  for (let done = 0; done < expected; ) {
    done = await inWorkspace(ctx, workspaceId, (tx) => tx.shopOrder.count({ where: { workspaceId } }), { reads: true })
    told(`${done} of ${expected} orders read`)
    if (Date.now() > until)
      throw new Unfit(
        `Only ${done} of ${expected} orders were read within ${WAIT_MS / 1000} s. npm run reset starts over.`,
      )
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    for (const { id } of shops) await beginLoad(ctx, workspaceId, id)
  }
}
