import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'

/**
 * Lets one at a time act on the hours of a person who works here. Their row is held, too: who is sent away at this moment either is
 * gone already, or is logged out after this.
 * @throws DeskError not_found for who does not work on tickets
 */
export async function lockPerson(tx: Tx, staffId: string): Promise<void> {
  const [person] = await tx.$queryRaw<unknown[]>`
    select s.id::text from desk.staff s where s.workspace_id = ${tx.workspaceId}::uuid and s.id = ${staffId}::uuid
      and s.state <> 'deactivated' and s.role = any(${[...PEOPLE_AT_WORK]}::text[]) for share`
  if (!person)
    throw new DeskError('not_found', 'Nobody who works on tickets here has this id. Choose somebody of the team.')
  await lockHours(tx, staffId)
}

/** The same for hours of somebody who may have left. Not their row alone: giving tickets holds it, too, in another order. */
export const lockHours = (tx: Tx, staffId: string) =>
  tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`work of ${staffId}`}, 0))`

export type OpenBreak = { id: string; kind: string; label: string; allowedMinutes: number; startedAt: Date }
export type OpenSession = { id: string; startedAt: Date; onBreak: OpenBreak | null }

/** The session that somebody is in, held; null while they are not at work. */
export async function openSessionOf(tx: Tx, staffId: string): Promise<OpenSession | null> {
  const [session] = await tx.$queryRaw<Omit<OpenSession, 'onBreak'>[]>`
    select w.id::text, w.started_at as "startedAt" from desk.work_session w
    where w.workspace_id = ${tx.workspaceId}::uuid and w.staff_id = ${staffId}::uuid and w.ended_at is null for update`
  if (!session) return null
  const [onBreak = null] = await tx.$queryRaw<OpenBreak[]>`
    select b.id::text, b.kind, b.label, b.allowed_minutes::int as "allowedMinutes", b.started_at as "startedAt" from desk.work_break b
    where b.workspace_id = ${tx.workspaceId}::uuid and b.staff_id = ${staffId}::uuid and b.ended_at is null`
  return { ...session, onBreak }
}

/**
 * Holds somebody who is logged in, on a break or not: whoever logs out, or is sent away, at this moment waits until the caller is done.
 * @returns null for who is not at work
 */
export async function holdAtWork(tx: Tx, staffId: string): Promise<{ id: string; name: string } | null> {
  const [person] = await tx.$queryRaw<{ id: string; name: string }[]>`
    select s.id::text, s.name from desk.staff s
    join desk.work_session w on w.workspace_id = s.workspace_id and w.staff_id = s.id and w.ended_at is null
    where s.workspace_id = ${tx.workspaceId}::uuid and s.id = ${staffId}::uuid and s.state <> 'deactivated'
      and s.role = any(${[...PEOPLE_AT_WORK]}::text[]) for share of s, w`
  return person ?? null
}
