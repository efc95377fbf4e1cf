import type { Command } from 'commander'
import { addDomain, domainOf, removeDomain, staffOf } from '../features/settings/index.ts'
import { inWorkspace } from '../platform/tenancy.ts'
import { chosenWorkspace, type OfWorkspace, workspaceOption } from './choosing.ts'
import { withDesk } from './desk.ts'

export function domainCommands(program: Command): void {
  const domain = program.command('domain').description('Google Workspace domains of a workspace')
  const act = (name: string, description: string) =>
    domain.command(name).argument('<domain>').description(description).addOption(workspaceOption())
  act('add', 'people who sign in with this domain belong to the workspace').action(add)
  act('remove', 'people of this domain can no longer sign in').action(remove)
  domain.command('list').description('the domains of a workspace').addOption(workspaceOption()).action(list)
}

const add = (domain: string, { workspace }: OfWorkspace) =>
  withDesk(async (ctx) => {
    const { id, name } = await chosenWorkspace(ctx, workspace)
    await addDomain(ctx, id, domain)
    console.log(`${domain.toLowerCase()} belongs to ${name}.`)
    console.log('Next: npm run admin -- staff invite you@example.com --role admin')
  })

const remove = (domain: string, { workspace }: OfWorkspace) =>
  withDesk(async (ctx) => {
    const { id, name } = await chosenWorkspace(ctx, workspace)
    const staff = await inWorkspace(ctx, id, staffOf, { reads: true })
    await removeDomain(ctx, id, domain)
    const locked = staff.filter(
      ({ email, state }) => state !== 'deactivated' && domainOf(email) === domain.toLowerCase(),
    )
    console.log(`${domain.toLowerCase()} no longer belongs to ${name}.`)
    if (locked.length > 0) console.log(`${locked.length} of the staff can no longer sign in with it.`)
  })

const list = ({ workspace }: OfWorkspace) =>
  withDesk(async (ctx) => {
    const { domains, name } = await chosenWorkspace(ctx, workspace)
    console.log(domains.length > 0 ? domains.join('\n') : `${name} has no domain yet.`)
  })
