import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { workspacesWhere } from '../../../platform/among.ts'
import { enqueueAll, job } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { dropSwapsBegun } from '../swaps/dropping.ts'
import { lockPlan } from './locking.ts'
import { writeOut } from './writing-out.ts'

/** People whose plan one transaction writes. */
const AT_ONCE = 50

const planPeople = job(
  'workforce:plan-people',
  z.object({ staffIds: z.array(z.uuid()) }),
  (ctx: Ctx, workspaceId, { staffIds }) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      await lockPlan(tx)
      await writeOut(tx, staffIds)
    }),
)

/** Writes out the templates of some people; of many the first ones now, and the others by jobs. The plan is locked by whoever calls. */
export async function planNow(tx: Tx, staffIds: readonly string[]): Promise<void> {
  const [now, later] = [staffIds.slice(0, AT_ONCE), staffIds.slice(AT_ONCE)]
  await writeOut(tx, now)
  const chunks = Array.from({ length: Math.ceil(later.length / AT_ONCE) }, (_, n) =>
    later.slice(n * AT_ONCE, (n + 1) * AT_ONCE),
  )
  await enqueueAll(
    tx,
    chunks.map((chunk) => ({
      job: planPeople.name,
      payload: { staffIds: chunk },
      maxAttempts: planPeople.maxAttempts,
    })),
  )
}

/** One day more is planned with every night. */
export const planAhead = job('workforce:plan-ahead', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    await lockPlan(tx)
    const people = await tx.$queryRaw<{ staffId: string }[]>`
      select distinct u.staff_id::text as "staffId" from desk.shift_template_use u
      where u.workspace_id = ${tx.workspaceId}::uuid and coalesce(u.to_day, 'infinity') >= ${tx.now}::date - 1`
    await planNow(
      tx,
      people.map(({ staffId }) => staffId),
    )
  }),
)

/** What waits for a supervisor is what can still be approved; both are told. */
export const endOffers = job(
  'workforce:end-offers',
  z.object({}),
  (ctx: Ctx, workspaceId) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      await lockPlan(tx)
      await dropSwapsBegun(tx)
    }),
  { maxAttempts: 1 },
)

export const withOffers = workspacesWhere(
  (workspaceId) => Prisma.sql`
    exists (select from desk.shift_swap w where w.workspace_id = ${workspaceId} and w.state in ('asked', 'agreed'))`,
)

export const shiftJobs = [planPeople, planAhead, endOffers]
