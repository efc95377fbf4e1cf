import { hashOf } from './crypto.ts'
import { DeskError } from './errors.ts'
import type { Box } from './keyring.ts'
import type { Tx } from './tenancy.ts'

/** How long a key is remembered. */
export const KEPT_MS = 48 * 3_600_000

/** One write request as it is remembered: same key and same body is the same request. */
export type Claim = { actorId: string; key: string; bodyHash: string; taken: boolean }

/** The row is found by this in the AAD of its sealed reply. */
const rowId = (claim: Claim) => `${claim.actorId}/${claim.key}`

/** @param key the Idempotency-Key header; 8 to 200 characters, chosen by the caller, new for every intended write */
export function newClaim(actorId: string, key: string, what: { method: string; path: string; body: unknown }): Claim {
  return { actorId, key, bodyHash: hashOf(JSON.stringify([what.method, what.path, what.body ?? null])), taken: false }
}

/** Takes the key inside the writing transaction: a second request with it waits for the first, then finds its row. */
export async function claim(tx: Tx, wanted: Claim): Promise<void> {
  if (wanted.taken) throw new Error('A request has one writing transaction; this one opened a second')
  const inserted = await tx.$executeRaw`
    insert into desk.idempotency_key (workspace_id, actor_id, key, body_hash, created_at)
    values (${tx.workspaceId}::uuid, ${wanted.actorId}::uuid, ${wanted.key}, ${wanted.bodyHash}, ${tx.now})
    on conflict do nothing`
  if (inserted === 0) throw new AlreadyClaimed()
  wanted.taken = true
}

/** Someone else holds or held the key: answer with what they got. */
export class AlreadyClaimed extends Error {
  override name = 'AlreadyClaimed'
}

/** `unanswered`: the write is committed, its answer is not stored: a moment later it is, unless the process died in between. */
export type Remembered = { status: number; reply: unknown } | 'unanswered' | null

/**
 * What is known of a request.
 * @throws DeskError idempotency_key_reused when the key came with another body
 */
export async function remembered(tx: Tx, box: Box, wanted: Claim): Promise<Remembered> {
  const found = await tx.idempotencyKey.findUnique({
    where: { workspaceId_actorId_key: { workspaceId: tx.workspaceId, actorId: wanted.actorId, key: wanted.key } },
  })
  if (!found) return null
  if (found.bodyHash !== wanted.bodyHash)
    throw new DeskError(
      'idempotency_key_reused',
      'This Idempotency-Key was used for another request. Use a new key for a new write.',
    )
  if (found.status === null || found.reply === null) return 'unanswered'
  return {
    status: found.status,
    reply: JSON.parse(box.openText('idempotency_key', rowId(wanted), found.reply)),
  }
}

/** Keeps the answer beside the key, for 48 hours. */
export async function remember(tx: Tx, box: Box, wanted: Claim, status: number, reply: unknown): Promise<void> {
  await tx.idempotencyKey.update({
    where: { workspaceId_actorId_key: { workspaceId: tx.workspaceId, actorId: wanted.actorId, key: wanted.key } },
    data: { status, reply: box.seal('idempotency_key', rowId(wanted), JSON.stringify(reply)) },
  })
}

/** Forgets keys older than 48 hours. */
export async function forgetOldKeys(tx: Tx): Promise<number> {
  const { count } = await tx.idempotencyKey.deleteMany({
    where: { workspaceId: tx.workspaceId, createdAt: { lt: new Date(tx.now.getTime() - KEPT_MS) } },
  })
  return count
}
