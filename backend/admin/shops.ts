import type { Command } from 'commander'
import { beginLoad, checkFeeds, unsubscribe } from '../features/orders/index.ts'
import { connectedShops, disconnectShop, type ShopState } from '../features/shops/index.ts'
import { DeskError } from '../platform/errors.ts'
import { inWorkspace } from '../platform/tenancy.ts'
import { chosenWorkspace, type OfWorkspace, workspaceOption } from './choosing.ts'
import { withDesk } from './desk.ts'
import { several } from './doctor/check.ts'
import { printChecks } from './doctor/printing.ts'
import { checkWorkspaceShops } from './doctor/shops.ts'
import { CONNECT, chosenShop } from './shop/choosing.ts'
import { connect } from './shop/connect.ts'
import { privacyCommands } from './shop/privacy.ts'
import { minute, printTable } from './table.ts'

export function shopCommands(program: Command): void {
  const shop = program.command('shop').description('Shopify shops whose orders are shown beside the mail')
  shop
    .command('connect')
    .argument('<shop>', 'its address, such as fern.myshopify.com')
    .description('gets access, and begins to read its orders; repeat it to renew the access')
    .option(
      '--client-id <id>',
      "of the app in your own organisation; its secret is asked for, or read from SHOP_CLIENT_SECRET; left out, the stored app's",
    )
    .option('--install', "prints the address that installs the desk's own app in a shop of another organisation")
    .option('--all-orders', 'with --install: asks for orders older than 60 days, too')
    .addOption(workspaceOption())
    .action(connect)
  const act = (name: string, description: string) =>
    shop.command(name).argument('[shop]').description(description).addOption(workspaceOption())
  act('check', 'says what is missing, in words; changes nothing').action(check)
  act('load', 'reads all orders again after a failure').option('--anew', 'also when they were read before').action(load)
  act('disconnect', 'ends the access and forgets its orders').action(disconnect)
  shop.command('list').description('all shops').addOption(workspaceOption()).action(list)
  privacyCommands(shop)
}

const check = (given: string | undefined, { workspace }: OfWorkspace) =>
  withDesk(async (ctx) => {
    const { id } = await chosenWorkspace(ctx, workspace)
    const only = given === undefined ? null : await chosenShop(ctx, id, given)
    const found = await checkWorkspaceShops(ctx, { id })
    const checks = only
      ? found.filter(({ about }) => about.startsWith(`${only.domain}:`) || about === 'privacy')
      : found
    printChecks(checks)
    const problems = checks.filter(({ state }) => state === 'problem').length
    console.log(
      problems === 0
        ? '\nNo problem found.'
        : `\n${several(problems, 'problem')} found. More help: docs/guides/first-shop.md`,
    )
    if (problems > 0) process.exitCode = 1
  })

const load = (given: string | undefined, { workspace, anew }: OfWorkspace & { anew?: true }) =>
  withDesk(async (ctx) => {
    const { id } = await chosenWorkspace(ctx, workspace)
    const { id: shopId, domain } = await chosenShop(ctx, id, given)
    const begun = await beginLoad(ctx, id, shopId, { anew: anew === true })
    console.log(
      begun
        ? `All orders of ${domain} are being read. See how far: npm run admin -- shop check ${domain}`
        : `The orders of ${domain} were read, or are just being read. To read them again all the same: add --anew`,
    )
  })

const disconnect = (given: string | undefined, { workspace }: OfWorkspace) =>
  withDesk(async (ctx) => {
    const { id } = await chosenWorkspace(ctx, workspace)
    const shop = await chosenShop(ctx, id, given)
    await unsubscribe(ctx, id, shop.id).catch((error: unknown) => {
      if (!(error instanceof DeskError)) throw error
      console.log(
        'Shopify could not be told to stop sending; what it still sends is refused, and it gives up after hours.',
      )
    })
    await disconnectShop(ctx, id, shop.id)
    console.log(
      `${shop.name} is disconnected. The worker deletes what was kept of its orders; tickets lose their links to them.`,
    )
    console.log('Uninstall the app in Shopify, too, if it is not needed any more: Settings > Apps and sales channels.')
  })

const list = ({ workspace }: OfWorkspace) =>
  withDesk(async (ctx) => {
    const { id } = await chosenWorkspace(ctx, workspace)
    const [shops, feeds] = await inWorkspace(
      ctx,
      id,
      async (tx) => [await connectedShops(tx), await checkFeeds(tx)] as const,
      {
        reads: true,
      },
    )
    const rows = shops.map((shop) => {
      const feed = feeds.find(({ shopId }) => shopId === shop.id)
      return [shop.domain, shop.name, STATE[shop.state], String(feed?.orders ?? 0), minute(feed?.comparedAt ?? null)]
    })
    printTable(['shop', 'name', 'state', 'orders', 'last compared'], rows, `No shop yet. ${CONNECT}`)
  })

const STATE: Record<ShopState, string> = {
  connected: 'connected',
  needs_access: 'needs access: connect it again',
  frozen: 'frozen by Shopify',
  uninstalled: 'the app was removed in the shop',
  disconnected: 'disconnected',
}
