import { connectedShops, connectShop } from '../../backend/features/shops/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { FERN_AND_FIG, OUTLET } from '../scenarios/shop-world/shop-world.ts'
import type { RunningBackend } from './backend.ts'
import type { Secrets } from './secrets.ts'
import { SHOP_APP } from './shopify.ts'

type Ctx = RunningBackend['ctx']

/** Connects the shops that are not connected yet, as `npm run admin -- shop connect` would. */
export async function connectShops(ctx: Ctx, workspaceId: string, { shopAppSecret }: Secrets): Promise<void> {
  const known = await inWorkspace(ctx, workspaceId, connectedShops, { reads: true })
  for (const domain of [FERN_AND_FIG, OUTLET]) {
    if (known.some((shop) => shop.domain === domain)) continue
    const { missing } = await connectShop(ctx, workspaceId, { domain, clientId: SHOP_APP, clientSecret: shopAppSecret })
    if (missing.length > 0) throw new Error(`${domain} lacks ${missing.map(({ scope }) => scope).join(', ')}`)
  }
}
