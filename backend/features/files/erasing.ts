import { objectKey } from '../../clients/objects/index.ts'
import type { Ctx } from '../../context.ts'
import { inWorkspace } from '../../platform/tenancy.ts'

/**
 * Erases files that no attachment names: the row first, so that no other mail takes it up, then the bytes. A process that dies between
 * the two is followed by another attempt: what has no row is erased all the same.
 */
export async function eraseFiles(ctx: Ctx, workspaceId: string, fileIds: readonly string[]): Promise<void> {
  const kept = await inWorkspace(ctx, workspaceId, async (tx) => {
    // Locked first, and looked at by a second statement: a mail that names the file at this moment is seen, or waits and finds it gone.
    await tx.$queryRaw`select from desk.stored_file where workspace_id = ${workspaceId}::uuid and id = any(${[...fileIds]}::uuid[]) order by id for update`
    await tx.$executeRaw`
      delete from desk.stored_file f where f.workspace_id = ${workspaceId}::uuid and f.id = any(${[...fileIds]}::uuid[])
        and not exists (select from desk.attachment a where a.workspace_id = f.workspace_id and a.file_id = f.id)`
    const where = { workspaceId, id: { in: [...fileIds] } }
    return new Set((await tx.storedFile.findMany({ where, select: { id: true } })).map(({ id }) => id))
  })
  for (const id of fileIds) if (!kept.has(id)) await ctx.objects.remove(objectKey(workspaceId, id))
}
