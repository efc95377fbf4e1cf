import { BULK_UNDO_MINUTES } from '../../../../shared/bulk-acts.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { enqueue } from '../../../platform/jobs.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { leads } from '../saved/rows.ts'
import { UNDO } from './queueing.ts'
import { type BulkRow, undoUntil } from './rows.ts'

/** Begins to take an act back. Pressing twice changes nothing. */
export async function undoIn(tx: Tx, bulkActId: string, by: Actor): Promise<void> {
  const { workspaceId } = tx
  const [act] = await tx.$queryRaw<Pick<BulkRow, 'state' | 'endedAt' | 'byId'>[]>`
    select state, ended_at as "endedAt", by_id::text as "byId" from desk.bulk_act
    where workspace_id = ${workspaceId}::uuid and id = ${bulkActId}::uuid for update`
  if (!act) throw new DeskError('not_found', 'There is no such act on many tickets.')
  if (act.state === 'undoing' || act.state === 'undone') return
  if (act.byId !== by.id && !leads(by))
    throw new DeskError('forbidden', 'Who began this takes it back, or a supervisor or admin. Ask one of them.')
  if (act.state === 'running') throw new DeskError('in_progress', 'It is still at work. Take it back when it is done.')
  if (undoUntil(act, tx.now) === null)
    throw new DeskError(
      'move_not_allowed',
      `It could be taken back for ${BULK_UNDO_MINUTES} minutes. Change the tickets by another act instead.`,
    )
  await tx.bulkAct.update({
    where: { workspaceId_id: { workspaceId, id: bulkActId } },
    data: { state: 'undoing' },
    select: { id: true },
  })
  await enqueue(tx, UNDO, { bulkActId, byId: by.id ?? workspaceId }, { key: `undo-bulk:${bulkActId}` })
}
