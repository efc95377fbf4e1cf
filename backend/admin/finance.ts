import type { Command } from 'commander'
import { reconcile, reconciliationsOf } from '../features/finance/index.ts'
import { chosenWorkspace, type OfWorkspace, workspaceOption } from './choosing.ts'
import { withDesk } from './desk.ts'
import { several } from './doctor/check.ts'
import { CommandRefused } from './failing.ts'
import { chosenShop } from './shop/choosing.ts'

export function financeCommands(program: Command): void {
  const finance = program.command('finance').description('books of what combined actions gave back')
  finance
    .command('reconcile')
    .argument('[shop]')
    .description('compares the journal with Shopify now, as every night does, and lists every difference')
    .addOption(workspaceOption())
    .action(compare)
}

const compare = (given: string | undefined, { workspace }: OfWorkspace) =>
  withDesk(async (ctx) => {
    const { id: workspaceId } = await chosenWorkspace(ctx, workspace)
    const shop = await chosenShop(ctx, workspaceId, given)
    if (!(await reconcile(ctx, workspaceId, shop.id)))
      throw new CommandRefused(
        `Shopify could not be asked to the end. Look at: npm run admin -- shop check ${shop.domain}. The worker goes on with it, at night at the latest.`,
      )
    const { items } = await reconciliationsOf(ctx, workspaceId, shop.id, { limit: 1 })
    const [newest] = items
    if (!newest) throw new Error('A comparison that ended is not there')
    const { from, to, compared, differences } = newest
    console.log(`${shop.domain}, ${from} to ${to}: ${several(compared, 'step')} compared.`)
    for (const { words } of differences) console.log(`- ${words}`)
    console.log(
      differences.length === 0 ? 'No difference found.' : `${several(differences.length, 'difference')} found.`,
    )
    if (differences.length > 0) process.exitCode = 1
  })
