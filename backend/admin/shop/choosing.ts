import type { Ctx } from '../../context.ts'
import { connectedShops, type ShopRow, shopDomain } from '../../features/shops/index.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { CommandRefused } from '../failing.ts'

export const CONNECT = 'Connect one: npm run admin -- shop connect fern.myshopify.com --client-id CLIENT_ID'

/** The shop that is meant: by its address, or the only one. @throws CommandRefused that lists them when it is not clear */
export async function chosenShop(ctx: Ctx, workspaceId: string, wanted: string | undefined): Promise<ShopRow> {
  const all = await inWorkspace(ctx, workspaceId, connectedShops, { reads: true })
  const domain = wanted === undefined ? undefined : shopDomain(wanted)
  const found = domain === undefined ? all : all.filter((shop) => shop.domain === domain)
  const [only] = found
  if (only && found.length === 1) return only
  if (all.length === 0) throw new CommandRefused(`No shop yet. ${CONNECT}`)
  const list = all.map((shop) => `  ${shop.domain}  ${shop.name}`).join('\n')
  throw new CommandRefused(`${domain === undefined ? 'Say which shop' : `There is no shop ${domain} here`}:\n${list}`)
}
