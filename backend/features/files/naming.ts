import { Prisma } from '../../generated/prisma/client.ts'
import { enqueue } from '../../platform/jobs.ts'
import type { Tx } from '../../platform/tenancy.ts'
import type { KeptFile } from './keeping.ts'
import { ERASE, SCAN } from './queueing.ts'

/**
 * Gives kept files their rows, in the transaction that files their mails. Two mails that bring the same file at the same moment share
 * the row of whoever was first.
 * @returns the id that an attachment names, by hash
 * @throws Error when a file that was here before is gone: the next attempt keeps it anew
 */
export async function nameFiles(tx: Tx, files: readonly KeptFile[]): Promise<ReadonlyMap<string, string>> {
  if (files.length === 0) return new Map()
  const { workspaceId, now } = tx
  const fresh = [...new Map(files.filter((file) => file.fresh).map((file) => [file.hash, file])).values()]
  if (fresh.length > 0)
    await tx.send(Prisma.sql`
      insert into desk.stored_file (workspace_id, id, hash, size, content_type, scan, created_at)
      values ${Prisma.join(fresh.map(({ id, hash, size, contentType, scan }) => Prisma.sql`(${workspaceId}::uuid, ${id}::uuid, ${hash}, ${size}::int, ${contentType}, ${scan}, ${now}::timestamptz)`))}
      on conflict do nothing`)
  const hashes = [...new Set(files.map(({ hash }) => hash))]
  const rows = await tx.ask<{ id: string; hash: string }>(Prisma.sql`
    select id::text, hash from desk.stored_file where workspace_id = ${workspaceId}::uuid and hash = any(${hashes}::text[])`)
  const ids = new Map(rows.map(({ hash, id }) => [hash, id]))
  if (hashes.some((hash) => !ids.has(hash)))
    throw new Error('A file was erased meanwhile; the next attempt keeps it anew')
  const unneeded = files.filter(({ fresh: written, hash, id }) => written && ids.get(hash) !== id).map(({ id }) => id)
  if (unneeded.length > 0) await releaseFiles(tx, unneeded)
  if (fresh.some(({ scan }) => scan === 'waiting')) await enqueue(tx, SCAN, {}, { key: `${SCAN.name}/${workspaceId}` })
  return ids
}

/**
 * Has the bytes of files erased that no attachment names any more, once this transaction is committed; those that another one names
 * stay. Safe to call twice.
 */
export async function releaseFiles(tx: Tx, fileIds: readonly string[]): Promise<void> {
  for (let at = 0; at < fileIds.length; at += AT_ONCE)
    await enqueue(tx, ERASE, { fileIds: fileIds.slice(at, at + AT_ONCE) })
}

const AT_ONCE = 500
