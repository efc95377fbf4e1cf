import type { StoredObject } from '../../clients/objects/index.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { inWorkspace } from '../../platform/tenancy.ts'

/** Bytes are written before the row that names them; after so long no row will come any more. */
const GRACE_MS = 24 * 3_600_000
const AT_ONCE = 500

/** Takes away what a killed process left half written, and objects that no row names. */
export async function sweepObjects(ctx: Ctx, workspaceId: string): Promise<{ unfinished: number; unnamed: number }> {
  const before = ctx.clock.now().getTime() - GRACE_MS
  const swept = { unfinished: 0, unnamed: 0 }
  let old: StoredObject[] = []
  const sweep = async () => {
    swept.unnamed += await removeUnnamed(ctx, workspaceId, old)
    old = []
  }
  for await (const found of ctx.objects.list(workspaceId)) {
    if (madeAt(found.key) > before) continue
    if (found.whole) old.push(found)
    else {
      await ctx.objects.removeUnfinished(found)
      swept.unfinished++
    }
    if (old.length === AT_ONCE) await sweep()
  }
  await sweep()
  if (swept.unfinished + swept.unnamed > 0) ctx.log.info({ workspaceId, ...swept }, 'objects without rows were swept')
  return swept
}

async function removeUnnamed(ctx: Ctx, workspaceId: string, found: readonly StoredObject[]): Promise<number> {
  if (found.length === 0) return 0
  const keys = found.map(({ key }) => key)
  const rows = await inWorkspace(
    ctx,
    workspaceId,
    (tx) => tx.$queryRaw<{ key: string }[]>(namedSql(workspaceId, keys)),
    { reads: true },
  )
  const named = new Set(rows.map(({ key }) => key))
  const unnamed = keys.filter((key) => !named.has(key))
  for (const key of unnamed) await ctx.objects.remove(key)
  return unnamed.length
}

/** Which of these objects some row names. */
export const namedSql = (workspaceId: string, keys: string[]): Prisma.Sql => Prisma.sql`
      select object_key as key from desk.raw_mail where workspace_id = ${workspaceId}::uuid and object_key is not null and object_key = any(${keys}::text[])
      union all select object_key from desk.attachment where workspace_id = ${workspaceId}::uuid and object_key is not null and object_key = any(${keys}::text[])
      union all select key from unnest(${keys}::text[], ${keys.map(idOf)}::uuid[]) as asked (key, id)
        join desk.stored_file f on f.workspace_id = ${workspaceId}::uuid and f.id = asked.id
      union all select key from unnest(${keys}::text[], ${keys.map(idOf)}::uuid[]) as asked (key, id)
        join desk.customer_export_part p on p.workspace_id = ${workspaceId}::uuid and p.id = asked.id`

const idOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1)

/** Ids tell when they were made, by the same clock as everything here; a file's own time would be the machine's. */
const madeAt = (key: string): number => Number.parseInt(idOf(key).replaceAll('-', '').slice(0, 12), 16)
