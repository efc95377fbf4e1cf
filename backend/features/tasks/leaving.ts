import type { Ctx } from '../../context.ts'
import { record } from '../../platform/events.ts'
import { following } from '../../platform/followers.ts'
import { customerJoined } from '../customers/index.ts'
import { staffDeactivated } from '../settings/index.ts'
import { taskChanged } from './events.ts'

type Row = { taskId: string; ticketId: string | null; customerId: string | null }

/** Open tasks of whoever leaves are nobody's: everybody sees them there. */
const handBack = following<Ctx>([staffDeactivated], async (_ctx, tx, facts) => {
  const leavers = facts.map(({ payload }) => String(payload['staffId']))
  const tasks = await tx.$queryRaw<Row[]>`
    update desk.task set assignee_id = null, version = version + 1
    where workspace_id = ${tx.workspaceId}::uuid and assignee_id = any(${leavers}::uuid[]) and done_at is null
    returning id::text as "taskId", ticket_id::text as "ticketId", customer_id::text as "customerId"`
  await record(
    tx,
    tasks.map((task) => taskChanged({ ...task, assigneeId: null, by: { kind: 'system', id: null } })),
  )
})

/** Somebody without an address turned out to be a customer that we know: their tasks go along. */
const goAlong = following<Ctx>([customerJoined], async (_ctx, tx, facts) => {
  for (const { payload } of facts) // one act joins two customers
    await tx.task.updateMany({
      where: { workspaceId: tx.workspaceId, customerId: String(payload['customerId']) },
      data: { customerId: String(payload['intoId']) },
    })
})

export const taskFollowers = [handBack, goAlong]
