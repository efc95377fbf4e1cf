import { DISPLAY_NAME } from '../../../../shared/wallboard.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { askWorkspace } from '../../../platform/asking.ts'
import { hashOf } from '../../../platform/crypto.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { noteChange } from '../../settings/index.ts'
import { displayMade, displayRevoked } from '../events.ts'
import { newDisplayKey, workspaceOfKey } from './keys.ts'

const MOST = 20

/** @returns the key, shown this once; only its hash is stored. @throws DeskError invalid_request */
export const makeDisplay = (ctx: Ctx, typed: string, by: StaffActor): Promise<string> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { workspaceId, now } = tx
    const name = typed.trim()
    if (name === '' || name.length > DISPLAY_NAME)
      throw new DeskError('invalid_request', `Say in 1 to ${DISPLAY_NAME} characters where the screen hangs.`)
    if ((await tx.displayLink.count({ where: { workspaceId, revokedAt: null } })) >= MOST)
      throw new DeskError(
        'invalid_request',
        `A workspace has ${MOST} display links at most. Revoke one that hangs nowhere.`,
      )
    const key = newDisplayKey(workspaceId)
    const id = newId(now)
    await tx.displayLink.create({
      data: { workspaceId, id, name, keyHash: hashOf(key), madeById: by.id, madeAt: now },
    })
    await record(tx, [displayMade({ displayId: id, by })])
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'displays', before: null, after: { name }, by })
    return key
  })

/** From its commit on the link shows nothing, also where it is open. @throws DeskError not_found */
export const revokeDisplay = (ctx: Ctx, id: string, by: StaffActor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { workspaceId, now } = tx
    const where = { workspaceId, id, revokedAt: null }
    const display = await tx.displayLink.findFirst({ where, select: { name: true } })
    const { count } = await tx.displayLink.updateMany({ where, data: { revokedAt: now } })
    if (!display || count === 0) throw new DeskError('not_found', 'There is no such display link in use.')
    await record(tx, [displayRevoked({ displayId: id, by })])
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'displays', before: display, after: null, by })
  })

export type Display = { id: string; name: string; madeAt: Date; madeBy: string }

/** Links in use, in the order in which they were made. */
export async function displaysIn(tx: Tx): Promise<Display[]> {
  const rows = await tx.displayLink.findMany({
    where: { workspaceId: tx.workspaceId, revokedAt: null },
    select: { id: true, name: true, madeAt: true, madeBy: { select: { name: true } } },
    orderBy: { id: 'asc' },
    take: MOST,
  })
  return rows.map(({ madeBy, ...rest }) => ({ ...rest, madeBy: madeBy.name }))
}

export type DisplayScreen = { id: string; workspaceId: string }

/** Which screen a key opens; null for one that was revoked or never made. */
export async function displayOf(ctx: Pick<Ctx, 'pool'>, key: string): Promise<DisplayScreen | null> {
  const workspaceId = workspaceOfKey(key)
  if (!workspaceId) return null
  const sql = Prisma.sql`
    select l.id::text from desk.display_link l
    where l.workspace_id = ${workspaceId}::uuid and l.key_hash = ${hashOf(key)} and l.revoked_at is null`
  const [row] = await askWorkspace<{ id: string }>(ctx, workspaceId, sql)
  return row ? { id: row.id, workspaceId } : null
}
