import type { Command } from 'commander'
import { createWorkspace, pauseEffects } from '../features/settings/index.ts'
import { allWorkspaces, chosenWorkspace } from './choosing.ts'
import { withDesk } from './desk.ts'
import { CommandRefused } from './failing.ts'
import { minute, printTable } from './table.ts'

export function workspaceCommands(program: Command): void {
  const workspace = program.command('workspace').description('organisations that use this Sidedesk')
  workspace
    .command('create')
    .argument('<name>')
    .description('makes a workspace with its own encryption key')
    .action(create)
  workspace.command('list').description('all workspaces').action(list)
  workspace
    .command('pause')
    .argument('<id or name>')
    .description('stops everything that would leave Sidedesk: replies and orders; mail is still read')
    .action((wanted: string) => pause(wanted, true))
  workspace
    .command('resume')
    .argument('<id or name>')
    .description('lets it act outside again; what waited is sent')
    .action((wanted: string) => pause(wanted, false))
}

const create = (given: string) =>
  withDesk(async (ctx) => {
    const name = given.trim()
    if (name === '' || name.length > 100) throw new CommandRefused('A workspace needs a name of 1 to 100 characters.')
    if ((await allWorkspaces(ctx)).some((known) => known.name === name))
      throw new CommandRefused(`There is a workspace called "${name}" already.`)
    const { workspaceId } = await createWorkspace(ctx, name)
    console.log(`Created ${workspaceId}  ${name}`)
    console.log('Next: npm run admin -- domain add example.com')
  })

const list = () =>
  withDesk(async (ctx) => {
    const rows = (await allWorkspaces(ctx)).map(({ id, name, domains, effectsPaused, createdAt }) => [
      id,
      name,
      domains.join(', ') || '(no domain)',
      effectsPaused ? 'paused' : 'running',
      minute(createdAt),
    ])
    printTable(['id', 'name', 'domains', 'effects', 'created'], rows, 'There is no workspace yet.')
  })

const pause = (wanted: string, paused: boolean) =>
  withDesk(async (ctx) => {
    const { id, name, effectsPaused } = await chosenWorkspace(ctx, wanted)
    if (effectsPaused === paused) return console.log(`${name} is ${paused ? 'paused' : 'running'} already.`)
    await pauseEffects(ctx, id, paused)
    console.log(paused ? `${name} is paused: nothing is sent until it is resumed.` : `${name} acts outside again.`)
    if (!paused && ctx.config.effectsPaused) console.log('But EFFECTS_PAUSED is set, which pauses every workspace.')
  })
