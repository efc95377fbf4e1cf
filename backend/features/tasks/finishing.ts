import type { Task } from '../../../shared/tasks.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { taskDone, taskReopened } from './events.ts'
import { lockTask } from './locking.ts'
import { taskIn } from './making.ts'
import { tellOnDay } from './telling.ts'

/** Done, or open again. Pressing twice changes nothing. */
export async function turn(ctx: Ctx, tx: Tx, taskId: string, done: boolean, by: Actor): Promise<Task> {
  const { ticketId, customerId, dueOn, doneAt } = await lockTask(tx, taskId)
  if ((doneAt !== null) === done) return taskIn(ctx, tx, taskId)
  const doneById = done && by.kind === 'staff' ? by.id : null
  await tx.task.update({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: taskId } },
    data: { doneAt: done ? tx.now : null, doneById, version: { increment: 1 } },
    select: { id: true },
  })
  const about = { taskId, ticketId, customerId, by }
  await record(tx, [done ? taskDone(about) : taskReopened(about)])
  if (!done) await tellOnDay(tx, { id: taskId, dueOn })
  return taskIn(ctx, tx, taskId)
}
