import type { SavedViewInput } from '../../../../shared/queues.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { noteChange } from '../../settings/index.ts'
import { savedViewDeleted, savedViewWritten } from '../events.ts'
import { checkedNames, driveOf } from './checking.ts'
import { savedViewOf } from './finding.ts'
import { leads, mayWrite, type SavedRow } from './rows.ts'

/** A drop-down has room for these, and each is counted with every card. */
const MOST = { workspace: 30, own: 15 } as const

/**
 * Saves a view. Everything that is wrong is refused before anything is written.
 * @param id the view that is changed; null for a new one
 */
export async function saveIn(ctx: Ctx, tx: Tx, { id, input }: Wish, by: Actor): Promise<SavedRow> {
  const before = id === null ? null : await ownView(tx, id, by)
  refuseForAll(input, by)
  if (before === null || scopeOf(before) !== input.scope) await refuseFull(tx, input.scope, by)
  const after = await write(tx, id ?? newId(tx.now), input, by)
  await note(ctx, tx, { before, after }, by)
  return after
}

type Wish = { id: string | null; input: SavedViewInput }

/** What is set for everybody is among the changes; one's own views are one's own business. */
const note = async (
  ctx: Ctx,
  tx: Tx,
  { before, after }: { before: SavedRow | null; after: SavedRow | null },
  by: Actor,
): Promise<void> =>
  noteChange(tx, await ctx.keyring.box(tx), { setting: 'views', before: said(before), after: said(after), by })

function said(row: SavedRow | null) {
  if (row === null || row.ownerId !== null) return null
  const { id: _id, ownerId: _ownerId, drive: _drive, updatedAt: _updatedAt, ...view } = row
  return view
}

export const save = (ctx: Ctx, id: string | null, input: SavedViewInput, by: Actor): Promise<SavedRow> =>
  inWorkspace(ctx, by.workspaceId, (tx) => saveIn(ctx, tx, { id, input }, by))

/** Deletes a view; its tickets stay. */
export const drop = (ctx: Ctx, id: string, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const view = await ownView(tx, id, by)
    await tx.savedView.delete({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } } })
    await record(tx, [savedViewDeleted({ savedViewId: id, scope: scopeOf(view), by })])
    await note(ctx, tx, { before: view, after: null }, by)
  })

const scopeOf = ({ ownerId }: SavedRow) => (ownerId === null ? 'workspace' : 'own')

async function write(tx: Tx, id: string, input: SavedViewInput, by: Actor): Promise<SavedRow> {
  const { name, scope, orderBy } = input
  const { workspaceId, now } = tx
  const filter = await checkedNames(tx, input.filter)
  const ownerId = scope === 'own' ? by.id : null
  await refuseTaken(tx, { id, name, ownerId })
  const tag = filter.tags[0] ?? null // the one that the view is read by
  const columns = { ...filter, tag, name, ownerId, orderBy, drive: driveOf({ filter, orderBy }), updatedAt: now }
  await tx.savedView.upsert({
    where: { workspaceId_id: { workspaceId, id } },
    create: { ...columns, workspaceId, id, createdById: by.id ?? workspaceId, createdAt: now },
    update: columns,
  })
  await record(tx, [savedViewWritten({ savedViewId: id, scope, by })])
  return savedViewOf(tx, id, by.id)
}

async function ownView(tx: Tx, id: string, by: Actor): Promise<SavedRow> {
  const view = await savedViewOf(tx, id, by.id)
  if (!mayWrite(view, by))
    throw new DeskError(
      'forbidden',
      'This view is the workspace’s: a supervisor or an admin may change it. Save one of your own.',
    )
  return view
}

function refuseForAll({ scope }: SavedViewInput, by: Actor): void {
  if (scope === 'workspace' && !leads(by))
    throw new DeskError('forbidden', 'A supervisor or an admin saves views for everybody. Save it as your own.')
}

async function refuseFull(tx: Tx, scope: SavedViewInput['scope'], by: Actor): Promise<void> {
  const ownerId = scope === 'own' ? by.id : null
  const count = await tx.savedView.count({ where: { workspaceId: tx.workspaceId, ownerId } })
  if (count >= MOST[scope])
    throw new DeskError(
      'invalid_request',
      scope === 'own'
        ? `You have ${MOST.own} views, which is all there is room for. Delete one first.`
        : `The workspace has ${MOST.workspace} views, which is all there is room for. Delete one first.`,
    )
}

async function refuseTaken(tx: Tx, { id, name, ownerId }: { id: string; name: string; ownerId: string | null }) {
  const where = { workspaceId: tx.workspaceId, ownerId, name, id: { not: id } }
  if (await tx.savedView.findFirst({ where, select: { id: true } }))
    throw new DeskError(
      'invalid_request',
      `There is a view «${name}» already. Choose another name, or change that one.`,
    )
}
