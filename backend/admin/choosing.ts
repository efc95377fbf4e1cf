import { Option } from 'commander'
import type { Ctx } from '../context.ts'
import { workspaceIn } from '../features/settings/index.ts'
import { inWorkspace, workspaceIds } from '../platform/tenancy.ts'
import { CommandRefused } from './failing.ts'

export type OfWorkspace = { workspace?: string }

export const workspaceOption = () =>
  new Option('-w, --workspace <id or name>', 'which workspace; not needed when there is one')

export type KnownWorkspace = { id: string; name: string; effectsPaused: boolean; domains: string[]; createdAt: Date }

export async function allWorkspaces(ctx: Ctx): Promise<KnownWorkspace[]> {
  const all: KnownWorkspace[] = []
  for (const id of await workspaceIds(ctx)) all.push(await inWorkspace(ctx, id, workspaceIn, { reads: true }))
  return all
}

/** The workspace that is meant. @throws CommandRefused that lists them when it is not clear */
export async function chosenWorkspace(ctx: Ctx, wanted: string | undefined): Promise<KnownWorkspace> {
  const all = await allWorkspaces(ctx)
  const found = wanted === undefined ? all : all.filter(({ id, name }) => id === wanted || name === wanted)
  const [only] = found
  if (only && found.length === 1) return only
  if (all.length === 0)
    throw new CommandRefused('There is no workspace yet. Make one: npm run admin -- workspace create "Your company"')
  const list = all.map(({ id, name }) => `  ${id}  ${name}`).join('\n')
  const what =
    wanted === undefined
      ? 'Say which workspace with --workspace'
      : `There is no single workspace "${wanted}". Take an id`
  throw new CommandRefused(`${what}:\n${list}`)
}
