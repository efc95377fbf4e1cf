import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { type Fact, on } from '../../../platform/events.ts'
import { following } from '../../../platform/followers.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { staffDeactivated, staffRoleChanged, staffStartChanged } from '../../settings/index.ts'
import { dropSwapsWith } from '../swaps/dropping.ts'
import { cancelShifts } from './cancelling.ts'
import { planNow } from './jobs.ts'
import { lockPlan } from './locking.ts'

/**
 * Whoever leaves is planned no more, from that moment on: the shift that they are on ends now. Their row is held by whoever sends them
 * away, so nobody plans them meanwhile.
 */
async function endPlansOfLeavers(_ctx: Ctx, tx: Tx, facts: readonly Fact[]): Promise<void> {
  const ids = facts
    .filter(({ payload }) => !worksHere(String(payload['role'])))
    .map(({ payload }) => String(payload['staffId']))
  if (ids.length === 0) return
  const { workspaceId, now } = tx
  await tx.$executeRaw`
    update desk.shift set ends_at = ${now}
    where workspace_id = ${workspaceId}::uuid and staff_id = any(${ids}::uuid[]) and cancelled is null
      and starts_at < ${now} and starts_at > ${now}::timestamptz - interval '25 hours' and ends_at > ${now}`
  await tx.$executeRaw`
    update desk.shift set cancelled = 'left'
    where workspace_id = ${workspaceId}::uuid and staff_id = any(${ids}::uuid[]) and cancelled is null and starts_at >= ${now}`
  await tx.$executeRaw`
    delete from desk.shift_template_use u using desk.workspace w
    where u.workspace_id = ${workspaceId}::uuid and w.workspace_id = u.workspace_id and u.staff_id = any(${ids}::uuid[])
      and u.from_day > (${now}::timestamptz at time zone w.time_zone)::date`
  await tx.$executeRaw`
    update desk.shift_template_use u set to_day = (${now}::timestamptz at time zone w.time_zone)::date from desk.workspace w
    where u.workspace_id = ${workspaceId}::uuid and w.workspace_id = u.workspace_id and u.staff_id = any(${ids}::uuid[])
      and coalesce(u.to_day, 'infinity') > (${now}::timestamptz at time zone w.time_zone)::date`
  await dropSwapsWith(tx, ids)
}

const worksHere = (role: string): boolean => PEOPLE_AT_WORK.some((each) => each === role)

export const planEndFollower = following([staffDeactivated, staffRoleChanged], endPlansOfLeavers)

/** Somebody starts on another day: nothing is planned before it, and their template from it on. */
const planFromStart = (ctx: Ctx, workspaceId: string, { staffId }: { staffId: string }): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    await lockPlan(tx)
    const early = await tx.$queryRaw<{ id: string }[]>`
      select h.id::text from desk.shift h join desk.staff s on s.workspace_id = h.workspace_id and s.id = h.staff_id
      where h.workspace_id = ${workspaceId}::uuid and h.staff_id = ${staffId}::uuid and h.cancelled is null
        and h.starts_at > ${tx.now} and h.day < s.started_on`
    await cancelShifts(
      tx,
      early.map(({ id }) => id),
      'start',
    )
    await planNow(tx, [staffId])
  })

export const startReaction = on(staffStartChanged, 'workforce:plan-from-start', planFromStart)
