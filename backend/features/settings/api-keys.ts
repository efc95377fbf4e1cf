import { randomBytes } from 'node:crypto'
import type { KeyScope } from '../../../shared/roles.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { type KeyActor, systemOf } from '../../platform/actor.ts'
import { askDirectory, askWorkspace } from '../../platform/asking.ts'
import { hashOf } from '../../platform/crypto.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { apiKeyCreated, apiKeyRevoked } from './events.ts'

const PREFIX = 'sdk_'

export const looksLikeApiKey = (token: string): boolean => token.startsWith(PREFIX)

/** @returns the key itself, shown this once; only its hash is stored */
export async function createApiKey(
  ctx: Ctx,
  workspaceId: string,
  name: string,
  scopes: KeyScope[],
): Promise<{ id: string; key: string }> {
  const key = PREFIX + randomBytes(32).toString('base64url')
  const id = newId()
  await inWorkspace(ctx, workspaceId, async (tx) => {
    await tx.$executeRaw`select app.add_api_key(${hashOf(key)}, ${id}::uuid)`
    await tx.apiKey.create({ data: { workspaceId, id, name, keyHash: hashOf(key), scopes, createdAt: tx.now } })
    await record(tx, [apiKeyCreated({ apiKeyId: id, by: systemOf(workspaceId) })])
  })
  return { id, key }
}

export const revokeApiKey = (ctx: Ctx, workspaceId: string, id: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const { count } = await tx.apiKey.updateMany({
      where: { workspaceId, id, revokedAt: null },
      data: { revokedAt: tx.now },
    })
    if (count === 0) throw new DeskError('not_found', 'There is no such key in use.')
    await record(tx, [apiKeyRevoked({ apiKeyId: id, by: systemOf(workspaceId) })])
  })

/** @throws DeskError unauthenticated for a key that is unknown or revoked */
export async function keyActor(ctx: Ctx, key: string): Promise<KeyActor> {
  const refused = new DeskError('unauthenticated', 'This API key is not valid.')
  const [found] = await askDirectory<{ workspaceId: string | null; id: string | null }>(
    ctx,
    Prisma.sql`select workspace_id::text as "workspaceId", api_key_id::text as id from app.api_key_of_hash(${hashOf(key)})`,
  )
  const { workspaceId, id } = found ?? {}
  if (!workspaceId || !id) throw refused
  const [row] = await askWorkspace<{ name: string; scopes: KeyScope[]; revokedAt: Date | null }>(
    ctx,
    workspaceId,
    Prisma.sql`select name, scopes, revoked_at as "revokedAt" from desk.api_key where workspace_id = ${workspaceId}::uuid and id = ${id}::uuid`,
  )
  if (!row || row.revokedAt) throw refused
  return { kind: 'key', id, workspaceId, name: row.name, scopes: row.scopes }
}
