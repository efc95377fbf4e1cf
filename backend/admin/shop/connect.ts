import type { Ctx } from '../../context.ts'
import { subscribe } from '../../features/orders/index.ts'
import { type Connected, connectAgain, connectShop, installAddress, openShop } from '../../features/shops/index.ts'
import { DeskError } from '../../platform/errors.ts'
import { chosenWorkspace, type OfWorkspace } from '../choosing.ts'
import { withDesk } from '../desk.ts'
import { askForSecret } from './secret.ts'

export type Connect = OfWorkspace & { clientId?: string; install?: true; allOrders?: true }

/** From nothing to a shop whose orders are read; or the address that its owner opens. */
export const connect = (domain: string, { workspace, clientId, install, allOrders }: Connect): Promise<void> =>
  withDesk(async (ctx) => {
    const { id } = await chosenWorkspace(ctx, workspace)
    if (install) return sayAddress(ctx, id, { domain, allOrders: allOrders === true })
    const connected =
      clientId === undefined
        ? await connectAgain(ctx, id, domain)
        : await connectShop(ctx, id, { domain, clientId, clientSecret: await askForSecret() })
    await report(ctx, id, connected)
  })

function sayAddress(ctx: Ctx, workspaceId: string, wanted: { domain: string; allOrders: boolean }): void {
  const { domain, url } = installAddress(ctx, workspaceId, wanted)
  console.log(`Whoever owns ${domain} opens this address within a day, and presses Install:\n`)
  console.log(`${url}\n`)
  console.log('The page they come to says that the shop is connected. Then: npm run admin -- shop check')
}

async function report(ctx: Ctx, workspaceId: string, { shopId, name, domain, missing }: Connected): Promise<void> {
  const { currency, numberPrefix, numberSuffix } = await openShop(ctx, workspaceId, shopId)
  console.log(`Connected: ${name} (${domain}), ${currency}, orders like ${numberPrefix}1001${numberSuffix}.`)
  for (const { scope, without } of missing) console.log(`Not allowed: ${scope}. Without it ${without}.`)
  await subscribe(ctx, workspaceId, shopId).catch((error: unknown) => {
    if (!(error instanceof DeskError)) throw error
    console.log(`The worker asks for webhooks within the hour, because now: ${error.message}`)
  })
  console.log(`Its orders are being read. See how far: npm run admin -- shop check ${domain}`)
}
