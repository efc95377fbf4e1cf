import { saveView } from '../../../backend/features/queues/index.ts'
import { systemOf } from '../../../backend/platform/actor.ts'
import { inWorkspace } from '../../../backend/platform/tenancy.ts'
import { SavedFilter, type SavedViewInput } from '../../../shared/queues.ts'
import type { Ground } from './ground.ts'

/** One that open work is full of, and one that it hardly has. */
const SAVED: Pick<SavedViewInput, 'name' | 'filter'>[] = [
  { name: 'Urgent', filter: SavedFilter.parse({ priorities: ['urgent'] }) },
  { name: 'Calls', filter: SavedFilter.parse({ channels: ['call'] }) },
]

/** A world is kept between runs; its views are saved once. @returns their ids, in this order */
export async function saveViews({ ctx }: Ground, workspaceId: string): Promise<string[]> {
  const by = { ...systemOf(workspaceId), kind: 'staff', id: workspaceId, role: 'admin' } as const
  const select = { id: true, name: true }
  const known = await inWorkspace(ctx, workspaceId, (tx) => tx.savedView.findMany({ where: { workspaceId }, select }), {
    reads: true,
  })
  const ids: string[] = []
  for (const view of SAVED) {
    const found = known.find(({ name }) => name === view.name)
    ids.push((found ?? (await saveView(ctx, null, { ...view, scope: 'workspace', orderBy: 'due' }, by))).id)
  }
  return ids
}
