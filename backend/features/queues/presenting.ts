import type { QueueView } from '../../../shared/queues.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Queue } from './reading.ts'
import { presentRow } from './views/rows.ts'

/** A queue for programs. */
export const presentQueue = (queue: Queue, { id, workspaceId, name }: Actor): QueueView => ({
  view: queue.wanted.view,
  of: queue.wanted.of,
  counts: queue.counts,
  items: queue.rows.map(presentRow),
  next: queue.next,
  me: { id: id ?? workspaceId, name },
  workspace: queue.workspace,
  running: queue.running,
})
