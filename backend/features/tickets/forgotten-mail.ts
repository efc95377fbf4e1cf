import { createHmac, randomBytes } from 'node:crypto'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'

const PLACE = 'forgetting_key.secret'

/**
 * Keeps that these mails were forgotten, so that they are not filed again when Gmail is read anew. What is kept is a hash with a secret of
 * the workspace: it tells a mail that is brought again, and nothing of one that is not.
 * @param mailKeys as `mailKeyOf` makes them
 */
export async function rememberForgotten(tx: Tx, box: Box, mailKeys: readonly string[]): Promise<void> {
  if (mailKeys.length === 0) return
  const secret = (await secretOf(tx, box)) ?? (await makeSecret(tx, box))
  const keys = [...new Set(mailKeys.map((key) => markOf(secret, key)))].sort()
  await tx.$executeRaw`
    insert into desk.forgotten_mail (workspace_id, key, at)
    select ${tx.workspaceId}::uuid, key, ${tx.now} from unnest(${keys}::text[]) as k (key) on conflict do nothing`
}

/** Which of these mails were forgotten. One primary-key look-up where nothing ever was. */
export async function forgottenAmong(tx: Tx, box: Box, mailKeys: readonly string[]): Promise<Set<string>> {
  const secret = await secretOf(tx, box)
  if (!secret || mailKeys.length === 0) return new Set()
  const byMark = new Map(mailKeys.map((key) => [markOf(secret, key), key]))
  const rows = await tx.$queryRaw<{ key: string }[]>`
    select key from desk.forgotten_mail where workspace_id = ${tx.workspaceId}::uuid and key = any(${[...byMark.keys()]}::text[])`
  return new Set(rows.flatMap(({ key }) => byMark.get(key) ?? []))
}

const markOf = (secret: Buffer, mailKey: string): string =>
  createHmac('sha256', secret).update(mailKey).digest('base64url').slice(0, 32)

async function secretOf(tx: Tx, box: Box): Promise<Buffer | null> {
  const row = await tx.forgettingKey.findUnique({ where: { workspaceId: tx.workspaceId }, select: { secret: true } })
  return row && box.open(PLACE, tx.workspaceId, row.secret)
}

/** Two who forget the first mail at once share the secret of whoever was first. */
async function makeSecret(tx: Tx, box: Box): Promise<Buffer> {
  const { workspaceId, now } = tx
  const secret = box.seal(PLACE, workspaceId, randomBytes(32))
  await tx.$executeRaw`
    insert into desk.forgetting_key (workspace_id, secret, created_at) values (${workspaceId}::uuid, ${secret}, ${now}) on conflict do nothing`
  const kept = await secretOf(tx, box)
  if (!kept) throw new Error('The secret of forgotten mails was written and is not there')
  return kept
}
