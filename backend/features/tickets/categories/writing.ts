import type { Categories, Category } from '../../../../shared/triage.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { maskCodes } from '../../gift-cards/index.ts'
import { noteChange } from '../../settings/index.ts'
import { categoriesIn } from './categories.ts'

/** The categories of a workspace, and the version that the next edit must name. */
export async function readCategories(tx: Tx): Promise<Categories> {
  const { workspaceId } = tx
  const { triageVersion: version } = await tx.workspace.findUniqueOrThrow({
    where: { workspaceId },
    select: { triageVersion: true },
  })
  return { version, items: [...(await categoriesIn(tx))] }
}

/**
 * Replaces the list. Ids stay for ever: tickets, policies and programs hold them.
 * @throws DeskError stale_version, or invalid_request for a list that leaves one out, names one twice or retires all
 */
export const writeCategories = (ctx: Ctx, { version, items }: Categories, by: Actor): Promise<Categories> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const next = await nextTriageVersion(tx, version)
    const before = await categoriesIn(tx)
    const after = items.map(({ id, labels, retired }) => ({ id, labels: masked(labels), retired }))
    refuseUnkept(before, after)
    const { workspaceId } = tx
    await tx.ticketCategory.deleteMany({ where: { workspaceId } })
    await tx.ticketCategory.createMany({
      data: after.map(({ id, labels, retired }, position) => ({ workspaceId, id, position, labels, retired })),
    })
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'categories', before, after, by })
    return { version: next, items: after }
  })

/**
 * Takes the next version of keywords and categories; whoever edits at the same time waits and is refused then.
 * @param seen what the editor saw
 * @throws DeskError stale_version
 */
export async function nextTriageVersion(tx: Tx, seen: number): Promise<number> {
  const changed = await tx.$executeRaw`
    update desk.workspace set triage_version = triage_version + 1
    where workspace_id = ${tx.workspaceId}::uuid and triage_version = ${seen}`
  if (changed === 0)
    throw new DeskError(
      'stale_version',
      'Somebody changed keywords or categories since you opened them. Look at them again, then save yours.',
    )
  return seen + 1
}

const masked = (labels: Category['labels']): Category['labels'] =>
  Object.fromEntries(Object.entries(labels).map(([language, label]) => [language, maskCodes(label)]))

function refuseUnkept(before: readonly Category[], after: readonly Category[]): void {
  const ids = after.map(({ id }) => id)
  const lost = before.find(({ id }) => !ids.includes(id))
  if (lost) throw new DeskError('invalid_request', `${lost.id} cannot be left out: tickets have it. Retire it instead.`)
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  if (twice !== undefined)
    throw new DeskError('invalid_request', `${twice} is there already. Give the new one another name.`)
  if (after.every(({ retired }) => retired))
    throw new DeskError('invalid_request', 'One category at least must stay in use.')
}
