import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { timeIn, zoneOf } from '../../settings/index.ts'
import { heldWorkOf } from '../clocking/at-work.ts'
import { closeBreak, countChange } from '../clocking/closing.ts'
import { notAtWork } from '../clocking/not-at-work.ts'
import { breakBegan } from '../events.ts'
import { chosenKind } from './kinds.ts'

/**
 * Begins a break. @returns whether they were on it already, perhaps by another device
 * @throws DeskError not_at_work without a log-in, move_not_allowed on another break
 */
export async function beginBreakIn(tx: Tx, staffId: string, kindId: string, by: Actor): Promise<boolean> {
  const session = await heldWorkOf(tx, staffId)
  if (!session) throw await notAtWork(tx, staffId)
  const { onBreak } = session
  if (onBreak?.kind === kindId) return true
  if (onBreak)
    throw new DeskError(
      'move_not_allowed',
      `You are on a break since ${timeIn(await zoneOf(tx), onBreak.startedAt)} (${onBreak.label}). End it first.`,
    )
  const { id: kind, label, minutes } = await chosenKind(tx, kindId)
  const { workspaceId, now } = tx
  const sessionId = session.id
  await tx.$executeRaw`
    insert into desk.work_break (workspace_id, id, session_id, staff_id, kind, label, allowed_minutes, started_at)
    select w.workspace_id, ${newId(now)}::uuid, w.id, w.staff_id, ${kind}, ${label}, ${minutes}, greatest(${now}, w.started_at, (
      select max(l.ended_at) from desk.work_break l where l.workspace_id = w.workspace_id and l.session_id = w.id))
    from desk.work_session w where w.workspace_id = ${workspaceId}::uuid and w.id = ${sessionId}::uuid`
  await countChange(tx, sessionId)
  await record(tx, [breakBegan({ staffId, sessionId, kind, by })])
  return false
}

/** Ends a break. @returns whether they were back already @throws DeskError not_at_work without a log-in */
export async function endBreakIn(tx: Tx, staffId: string, by: Actor): Promise<boolean> {
  const session = await heldWorkOf(tx, staffId)
  if (!session) throw await notAtWork(tx, staffId)
  if (session.onBreak) await closeBreak(tx, session.id, { byId: null, reason: null }, by)
  return session.onBreak === null
}
