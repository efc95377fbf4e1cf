import type { Command } from 'commander'
import { lakeStanding, rebuildLake } from '../features/analytics/index.ts'
import { chosenWorkspace, type OfWorkspace, workspaceOption } from './choosing.ts'
import { withDesk } from './desk.ts'
import { several } from './doctor/check.ts'
import { CommandRefused } from './failing.ts'

export function lakeCommands(program: Command): void {
  const lake = program.command('lake').description('files that figures are read from')
  lake.command('status').description('how fresh the figures are, and what holds them up').action(status)
  lake
    .command('rebuild')
    .description('has the figures read from the beginning; the old ones stay until the new ones are there')
    .option('--all', 'of every workspace')
    .addOption(workspaceOption())
    .action(rebuild)
}

const status = () =>
  withDesk(async (ctx) => {
    const { state, asOf, words, workspaces, files, rows, bytes } = await lakeStanding(ctx)
    console.log(`${state}: ${words}`)
    if (asOf === null) process.exitCode = 1
    else
      console.log(
        `As of ${asOf}: ${several(workspaces, 'workspace')}, ${several(rows, 'row')}, ${several(files, 'file')}, ${(bytes / 2 ** 20).toFixed(1)} MB.`,
      )
    if (state !== 'fresh') process.exitCode = 1
  })

const rebuild = ({ workspace, all = false }: OfWorkspace & { all?: boolean }) =>
  withDesk(async (ctx) => {
    const workspaceId = all ? null : (await chosenWorkspace(ctx, workspace)).id
    const count = await rebuildLake(ctx, workspaceId)
    if (count === 0)
      throw new CommandRefused(
        'There is no lake of it yet. It is made as soon as the process runs that keeps the figures: backend/lake.ts.',
      )
    console.log(
      `${several(count, 'workspace')} will be read from the beginning by the process that keeps the figures. Look at: npm run admin -- lake status`,
    )
  })
