import { randomBytes } from 'node:crypto'
import type { KeyScope } from '../../../shared/roles.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { hashOf } from '../../platform/crypto.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { noteChange } from './changes.ts'
import { apiKeyCreated, apiKeyRevoked } from './events.ts'

const PREFIX = 'sdk_'

/** So long an old key goes on after it was replaced, so that its program can be told. */
export const REPLACED_MS = 24 * 3_600_000

const MOST = 100

export const looksLikeApiKey = (token: string): boolean => token.startsWith(PREFIX)

type Who = Pick<Actor, 'kind' | 'id'>
type Wanted = { name: string; scopes: KeyScope[]; expiresAt?: Date | null }
type Made = { id: string; key: string }

/**
 * @param wanted.expiresAt from then on it opens nothing; null or left out is never
 * @returns the key itself, shown this once; only its hash is stored
 */
export const createApiKey = (ctx: Ctx, workspaceId: string, wanted: Wanted, by: Who): Promise<Made> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const made = await write(tx, wanted, by)
    const { name, scopes, expiresAt = null } = wanted
    const after = { name, scopes, expiresAt }
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'api_keys', before: null, after, by })
    return made
  })

/** A new key with the same name, scopes and end; the old one goes on for a day. An old one in its last day passes no end on. */
export const replaceApiKey = (ctx: Ctx, workspaceId: string, id: string, by: Who): Promise<Made> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const old = await lockKey(tx, id)
    const end = new Date(tx.now.getTime() + REPLACED_MS)
    const expiresAt = old.expiresAt && old.expiresAt < end ? old.expiresAt : end
    const lasts = old.expiresAt && old.expiresAt > end ? old.expiresAt : null
    const made = await write(tx, { name: old.name, scopes: old.scopes, expiresAt: lasts }, by)
    await tx.apiKey.update({ where: { workspaceId_id: { workspaceId, id } }, data: { expiresAt } })
    const { name, scopes } = old
    const before = { name, scopes, expiresAt: old.expiresAt }
    const after = { name, scopes, expiresAt, replaced: true }
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'api_keys', before, after, by })
    return made
  })

/** @throws DeskError not_found for a key that is not in use */
export const revokeApiKey = (ctx: Ctx, workspaceId: string, id: string, by: Who): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const { name, scopes } = await lockKey(tx, id)
    await tx.apiKey.update({ where: { workspaceId_id: { workspaceId, id } }, data: { revokedAt: tx.now } })
    await record(tx, [apiKeyRevoked({ apiKeyId: id, by })])
    const before = { name, scopes }
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'api_keys', before, after: null, by })
  })

async function write(tx: Tx, { name, scopes, expiresAt = null }: Wanted, by: Who): Promise<Made> {
  const { workspaceId, now } = tx
  const inUse = { workspaceId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }
  if ((await tx.apiKey.count({ where: inUse })) >= MOST)
    throw new DeskError(
      'invalid_request',
      `A workspace keeps at most ${MOST} keys. Revoke one that is not used any more.`,
    )
  const key = PREFIX + randomBytes(32).toString('base64url')
  const id = newId(now)
  await tx.$executeRaw`select app.add_api_key(${hashOf(key)}, ${id}::uuid)`
  await tx.apiKey.create({ data: { workspaceId, id, name, keyHash: hashOf(key), scopes, createdAt: now, expiresAt } })
  await record(tx, [apiKeyCreated({ apiKeyId: id, by })])
  return { id, key }
}

async function lockKey(tx: Tx, id: string): Promise<{ name: string; scopes: KeyScope[]; expiresAt: Date | null }> {
  const [row] = await tx.$queryRaw<{ name: string; scopes: KeyScope[]; expiresAt: Date | null }[]>`
    select name, scopes, expires_at as "expiresAt" from desk.api_key
    where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid and revoked_at is null
      and coalesce(expires_at, 'infinity') > ${tx.now} for update`
  if (!row) throw new DeskError('not_found', 'There is no such key in use.')
  return row
}
