import type { KeyScope } from '../../../shared/roles.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { KeyActor } from '../../platform/actor.ts'
import { askDirectory, askWorkspace } from '../../platform/asking.ts'
import { hashOf } from '../../platform/crypto.ts'
import { DeskError } from '../../platform/errors.ts'
import { inWorkspace } from '../../platform/tenancy.ts'

/** A key's use is written down so often, however much it is used. */
const NOTED_EVERY_MS = 3_600_000

type Row = { name: string; scopes: KeyScope[]; revokedAt: Date | null; expiresAt: Date | null; usedAt: Date | null }

/** @throws DeskError unauthenticated for a key that is unknown, revoked or past its end */
export async function keyActor(ctx: Ctx, key: string): Promise<KeyActor> {
  const refused = new DeskError('unauthenticated', 'This API key is not valid.')
  const [found] = await askDirectory<{ workspaceId: string | null; id: string | null }>(
    ctx,
    Prisma.sql`select workspace_id::text as "workspaceId", api_key_id::text as id from app.api_key_of_hash(${hashOf(key)})`,
  )
  const { workspaceId, id } = found ?? {}
  if (!workspaceId || !id) throw refused
  const [row] = await askWorkspace<Row>(
    ctx,
    workspaceId,
    Prisma.sql`select name, scopes, revoked_at as "revokedAt", expires_at as "expiresAt", used_at as "usedAt"
      from desk.api_key where workspace_id = ${workspaceId}::uuid and id = ${id}::uuid`,
  )
  if (!row || row.revokedAt) throw refused
  const now = ctx.clock.now()
  if (row.expiresAt && row.expiresAt <= now)
    throw new DeskError(
      'unauthenticated',
      'This API key has reached its end. Ask an admin of the workspace for a new one.',
    )
  const actor = { kind: 'key', id, workspaceId, name: row.name, scopes: row.scopes } as const
  if (isDue(row.usedAt, now)) await noteUse(ctx, actor)
  return actor
}

const isDue = (usedAt: Date | null, now: Date) => !usedAt || now.getTime() - usedAt.getTime() >= NOTED_EVERY_MS

/** Calls that come at the same moment do not wait for each other's note. */
const noteUse = (ctx: Ctx, { workspaceId, id }: KeyActor): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    await tx.$executeRaw`
      update desk.api_key set used_at = ${tx.now} where workspace_id = ${workspaceId}::uuid and id in (
        select id from desk.api_key where workspace_id = ${workspaceId}::uuid and id = ${id}::uuid for update skip locked)`
  })
