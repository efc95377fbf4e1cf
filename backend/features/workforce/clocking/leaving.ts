import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { systemOf } from '../../../platform/actor.ts'
import type { Fact } from '../../../platform/events.ts'
import { following } from '../../../platform/followers.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { staffDeactivated, staffRoleChanged } from '../../settings/index.ts'
import { closeSessions } from './closing.ts'

/** Whoever leaves is at work no more, from that moment on. Their row is held by whoever sends them away, so nothing begins meanwhile. */
async function endWorkOfLeavers(_ctx: Ctx, tx: Tx, facts: readonly Fact[]): Promise<void> {
  const gone = facts.filter(({ payload }) => !worksHere(String(payload['role'])))
  if (gone.length === 0) return
  const ids = gone.map(({ payload }) => payload['staffId'])
  const open = await tx.$queryRaw<{ sessionId: string }[]>`
    select w.id::text as "sessionId" from desk.work_session w
    where w.workspace_id = ${tx.workspaceId}::uuid and w.staff_id = any(${ids}::uuid[]) and w.ended_at is null for update`
  const closings = open.map(({ sessionId }) => ({ sessionId, at: tx.now }))
  await closeSessions(tx, closings, { how: 'left', byId: null, reason: null }, systemOf(tx.workspaceId))
}

const worksHere = (role: string): boolean => PEOPLE_AT_WORK.some((each) => each === role)

export const leavingFollower = following([staffDeactivated, staffRoleChanged], endWorkOfLeavers)
