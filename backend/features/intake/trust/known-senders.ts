import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { emailKey } from '../../settings/index.ts'
import { localOf, shapeOf } from './shapes.ts'

/** Of one local part at so many houses there is no telling who imitates whom. */
const MOST = 200

/** Who was proved before and has the same local part as one of these writers, or the same shape: one question for many mails. */
export async function knownAmong(tx: Tx, addresses: readonly string[]): Promise<string[]> {
  const locals = [
    ...new Set(
      addresses
        .map(emailKey)
        .filter((key) => key.includes('@'))
        .map(localOf),
    ),
  ]
  if (locals.length === 0) return []
  const rows = await tx.ask<{ key: string }>(knownWith(tx.workspaceId, locals))
  return rows.map(({ key }) => key)
}

/** Exported so that a test can ask PostgreSQL for its plan. `A` is the character behind `@`. */
export const knownWith = (workspaceId: string, locals: readonly string[]): Prisma.Sql => Prisma.sql`
  select k.key from unnest(${locals}::text[]) as l (part)
  cross join lateral (
    select s.key from desk.known_sender s
    where s.workspace_id = ${workspaceId}::uuid and s.shape >= l.part || '@' and s.shape < l.part || 'A'
    order by s.shape, s.key limit ${MOST}) k`

/** Whoever is proved to have written is known from now on. In the order of keys, so that two who write at once do not wait in a ring. */
export async function rememberKnown(tx: Tx, keys: readonly (string | null)[]): Promise<void> {
  const proven = [...new Set(keys.filter((key) => key !== null))].toSorted()
  if (proven.length === 0) return
  await tx.$executeRaw`
    insert into desk.known_sender (workspace_id, key, shape, last_at)
    values ${Prisma.join(proven.map((key) => Prisma.sql`(${tx.workspaceId}::uuid, ${key}, ${shapeOf(key)}, ${tx.now})`))}
    on conflict (workspace_id, key) do nothing`
}
