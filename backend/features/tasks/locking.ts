import { DeskError } from '../../platform/errors.ts'
import type { Tx } from '../../platform/tenancy.ts'

/** What acts need to know of a task before they change it. */
export type LockedTask = {
  ticketId: string | null
  customerId: string | null
  assigneeId: string | null
  dueOn: string
  doneAt: Date | null
  version: number
}

/** @throws DeskError not_found */
export async function lockTask(tx: Tx, taskId: string): Promise<LockedTask> {
  const [task] = await tx.$queryRaw<LockedTask[]>`
    select ticket_id::text as "ticketId", customer_id::text as "customerId", assignee_id::text as "assigneeId", due_on::text as "dueOn",
      done_at as "doneAt", version
    from desk.task where workspace_id = ${tx.workspaceId}::uuid and id = ${taskId}::uuid for update`
  if (!task) throw new DeskError('not_found', 'There is no such task in your workspace.')
  return task
}
