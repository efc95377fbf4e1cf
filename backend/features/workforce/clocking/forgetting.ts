import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { systemOf } from '../../../platform/actor.ts'
import { workspacesWhere } from '../../../platform/among.ts'
import { job } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { type Closing, closeSessions } from './closing.ts'
import { graceSql, plannedEndSql, workOverAtSql } from './planned-end.ts'

/** Closes what nobody logged out of. A minute that fails is made up by the next one. */
export const closeForgotten = job(
  'workforce:close-forgotten',
  z.object({}),
  (ctx: Ctx, workspaceId) => inWorkspace(ctx, workspaceId, (tx) => closeForgottenIn(tx)),
  { maxAttempts: 1 },
)

/** Workspaces in which somebody is at work. */
export const atWork = workspacesWhere(
  (workspaceId) => Prisma.sql`
    exists (select from desk.work_session w where w.workspace_id = ${workspaceId} and w.ended_at is null)`,
)

/** @param staffId of one person only */
export async function closeForgottenIn(tx: Tx, staffId?: string): Promise<void> {
  await tx.$executeRaw(replanning(tx, staffId))
  const held = await tx.$queryRaw<{ id: string }[]>(forgottenOf(tx, null, staffId))
  if (held.length === 0) return
  // Asked again now that they are held: somebody may have gone on a break, or come back, until then.
  const ids = held.map(({ id }) => id)
  const rows = await tx.$queryRaw<{ id: string; at: Date }[]>(forgottenOf(tx, ids))
  const closings: Closing[] = rows.map(({ id, at }) => ({ sessionId: id, at }))
  await closeSessions(tx, closings, { how: 'forgotten', byId: null, reason: null }, systemOf(tx.workspaceId))
}

type At = Pick<Tx, 'workspaceId' | 'now'>

const openOf = (workspaceId: string, staffId?: string): Prisma.Sql => Prisma.sql`
  w.workspace_id = ${workspaceId}::uuid and w.ended_at is null ${staffId === undefined ? Prisma.empty : Prisma.sql`and w.staff_id = ${staffId}::uuid`}`

/** Shifts may have been planned, moved or cancelled since somebody logged in. */
const replanning = ({ workspaceId, now }: At, staffId?: string): Prisma.Sql => {
  const plannedEnd = plannedEndSql(workspaceId, now)
  return Prisma.sql`
    update desk.work_session w set planned_end_at = ${plannedEnd}
    where ${openOf(workspaceId, staffId)} and w.planned_end_at is distinct from ${plannedEnd}`
}

/**
 * Sessions that nobody logged out of, with their end, as soon as the grace time is over as well. Exported so that a test can look at its
 * plan.
 * @param ids null holds what is found, and passes over what somebody acts on right now
 */
export const forgottenOf = (
  { workspaceId, now }: At,
  ids: readonly string[] | null,
  staffId?: string,
): Prisma.Sql => Prisma.sql`
  select w.id::text, ${workOverAtSql(workspaceId)} as at from desk.work_session w
  where ${openOf(workspaceId, staffId)} and ${workOverAtSql(workspaceId)} + ${graceSql(workspaceId)} <= ${now}
    ${ids === null ? Prisma.sql`order by w.id for update of w skip locked` : Prisma.sql`and w.id = any(${ids}::uuid[])`}`
