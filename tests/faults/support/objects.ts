import { expect } from '@jest/globals'
import { createContext } from '../../../backend/app.ts'
import { objectKey } from '../../../backend/clients/objects/index.ts'
import { readConfig } from '../../../backend/config.ts'
import type { Ctx } from '../../../backend/context.ts'
import { openFile } from '../../../backend/features/files/index.ts'
import type { Box } from '../../../backend/platform/keyring.ts'
import { inWorkspace } from '../../../backend/platform/tenancy.ts'
import type { CrashingDesk } from './crashing-desk.ts'

/** What a row says that the store has. */
type Named = { id: string; kind: 'raw_mail' | 'stored_file'; size: number }

const NAMED = `
  select id::text, 'raw_mail' as kind, size::int from desk.raw_mail where object_key is not null
  union all select id::text, 'stored_file', size::int from desk.stored_file`

/** Acts with the backend's own code beside its processes. */
export async function beside<T>({ environment }: CrashingDesk, act: (ctx: Ctx) => Promise<T>): Promise<T> {
  const ctx = createContext(readConfig({ ...environment, LOG_LEVEL: 'error' }), { process: 'books' })
  try {
    return await act(ctx)
  } finally {
    await ctx.close()
  }
}

/**
 * Each object has its row and each row its object, and what was sealed comes out whole.
 * @returns how many there are
 */
export const expectObjectsWhole = (desk: CrashingDesk): Promise<number> =>
  beside(desk, async (ctx) => {
    const named = await desk.rows<Named>(NAMED)
    const stored: string[] = []
    for await (const { key, whole, name } of ctx.objects.list(desk.workspaceId)) stored.push(whole ? key : name)
    expect(stored.sort()).toEqual(named.map(({ id }) => objectKey(desk.workspaceId, id)).sort())
    const box = await inWorkspace(ctx, desk.workspaceId, (tx) => ctx.keyring.box(tx), { reads: true })
    const cut: Named[] = []
    for (const one of named) if ((await opened(ctx, desk, box, one)) !== one.size) cut.push(one)
    expect(cut).toEqual([])
    return named.length
  })

/** @returns how many bytes came out; it throws when some are missing or others than those that were sealed */
async function opened(ctx: Ctx, { workspaceId }: CrashingDesk, box: Box, { id, kind, size }: Named): Promise<number> {
  if (kind === 'raw_mail') return box.open(kind, id, await ctx.objects.get(objectKey(workspaceId, id))).length
  const read = await openFile(ctx, workspaceId, box, { id, size })
  let bytes = 0
  for await (const part of read(0, size)) bytes += part.length
  return bytes
}

/** Lets a day pass, after which what killed processes left behind is swept up, and has it swept. */
export async function swept(desk: CrashingDesk): Promise<void> {
  await desk.travel(25 * 60)
  await desk.perform('files:sweep')
}
