import type { Actor } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { workBegan } from '../events.ts'
import { heldWorkOf } from './at-work.ts'
import { plannedEndSql } from './planned-end.ts'

/** Logs somebody in. @returns whether they were already, perhaps on another device: they are since then */
export async function logInIn(tx: Tx, staffId: string, by: Actor): Promise<boolean> {
  if (await heldWorkOf(tx, staffId)) return true
  const { workspaceId, now } = tx
  const id = newId(now)
  // Another process may have ended the last one a moment later than it is here.
  await tx.$executeRaw`
    insert into desk.work_session (workspace_id, id, staff_id, started_at)
    values (${workspaceId}::uuid, ${id}::uuid, ${staffId}::uuid, greatest(${now}, (
      select l.ended_at from desk.work_session l where l.workspace_id = ${workspaceId}::uuid and l.staff_id = ${staffId}::uuid
      order by l.started_at desc limit 1)))`
  await tx.$executeRaw`
    update desk.work_session w set planned_end_at = ${plannedEndSql(workspaceId, now)}
    where w.workspace_id = ${workspaceId}::uuid and w.id = ${id}::uuid`
  await record(tx, [workBegan({ staffId, sessionId: id, by })])
  return false
}
