import type { BreakKind, BreakKinds, BreakKindsWish } from '../../../../shared/workforce.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { noteChange } from '../../settings/index.ts'
import { DEFAULT_WORK_SETTINGS } from '../settings.ts'
import { breakKindsIn } from './kinds.ts'

/**
 * Replaces the list. What is left out is retired and stays, because breaks that were taken bear it.
 * @throws DeskError stale_version, or invalid_request for a list that names one twice or retires all
 */
export const writeBreakKinds = (ctx: Ctx, { version, items }: BreakKindsWish, by: Actor): Promise<BreakKinds> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await takeNextVersion(tx, version)
    const before = await breakKindsIn(tx)
    const wanted = items.map(({ id, label, ...rest }) => ({ id: id ?? newId(tx.now), label: ctx.mask(label), ...rest }))
    const after = [...wanted, ...leftOut(before, wanted)]
    refuseUnclear(before, after, items)
    const { workspaceId } = tx
    await tx.breakKind.deleteMany({ where: { workspaceId } })
    await tx.breakKind.createMany({ data: after.map((kind, place) => ({ ...kind, workspaceId, place })) })
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'breaks', before, after, by })
    return { version: version + 1, items: after }
  })

const leftOut = (before: readonly BreakKind[], wanted: readonly BreakKind[]): BreakKind[] =>
  before.filter(({ id }) => !wanted.some((each) => each.id === id)).map((kind) => ({ ...kind, retired: true }))

/** @throws DeskError stale_version */
async function takeNextVersion(tx: Tx, seen: number): Promise<void> {
  const { graceMinutes, longestMinutes, required } = DEFAULT_WORK_SETTINGS
  const changed = await tx.$executeRaw`
    insert into desk.workforce_setting as w (workspace_id, grace_minutes, longest_minutes, required, kinds_version, updated_at)
    select ${tx.workspaceId}::uuid, ${graceMinutes}, ${longestMinutes}, ${required}, 1, ${tx.now}
    where ${seen}::int = 0 or exists (select from desk.workforce_setting where workspace_id = ${tx.workspaceId}::uuid)
    on conflict (workspace_id) do update set kinds_version = w.kinds_version + 1 where w.kinds_version = ${seen}::int`
  if (changed === 0)
    throw new DeskError(
      'stale_version',
      'Somebody changed the breaks since you opened them. Look at them again, then save yours.',
    )
}

function refuseUnclear(
  before: readonly BreakKind[],
  after: readonly BreakKind[],
  items: BreakKindsWish['items'],
): void {
  const unknown = items.find(({ id }) => id !== null && !before.some((each) => each.id === id))
  if (unknown)
    throw new DeskError('invalid_request', `There is no break ${unknown.id}. Leave the id of a new one empty.`)
  const ids = after.map(({ id }) => id)
  if (new Set(ids).size < ids.length) throw new DeskError('invalid_request', 'A break is there twice. Send it once.')
  const names = after.filter(({ retired }) => !retired).map(({ label }) => label.toLowerCase())
  const twice = after.find(
    ({ label, retired }) => !retired && names.filter((name) => name === label.toLowerCase()).length > 1,
  )
  if (twice) throw new DeskError('invalid_request', `Two breaks are called ${twice.label}. Give one another name.`)
  if (names.length === 0) throw new DeskError('invalid_request', 'One break at least must stay in use.')
}
