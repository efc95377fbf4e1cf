import type { Task, WhoseTasks } from '../../../shared/tasks.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { dayIn } from '../../platform/calendar.ts'
import { packCursor, readCursor } from '../../platform/signer.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { zoneOf } from '../settings/index.ts'
import { presentTask, type TaskRow, taskColumns, taskJoins } from './rows.ts'

export type TaskList =
  | { kind: 'open'; assigneeId: string | null }
  | { kind: 'ticket' | 'customer'; id: string; state: 'open' | 'done' }

type Asked = { cursor?: string | undefined; limit: number }

export const listOf = (whose: WhoseTasks, me: string | null): TaskList => ({
  kind: 'open',
  assigneeId: whose === 'mine' ? me : null,
})

/** A page of tasks; the next one goes on behind its last. */
export async function tasksIn(
  ctx: Ctx,
  tx: Tx,
  list: TaskList,
  { cursor, limit }: Asked,
): Promise<{ items: Task[]; next: string | null }> {
  const name = `tasks/${tx.workspaceId}/${JSON.stringify(list)}`
  const place = readCursor(ctx.signer, name, cursor)
  const rows = await tx.$queryRaw<TaskRow[]>(tasksSql(tx.workspaceId, list, place, limit + 1))
  const box = await ctx.keyring.box(tx)
  const today = dayIn(await zoneOf(tx), tx.now)
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: shown.map((row) => presentTask(box, today, row)),
    next: last ? packCursor(ctx.signer, name, [placeOf(list, last), last.id]) : null,
  }
}

const isDone = (list: TaskList) => list.kind !== 'open' && list.state === 'done'
const placeOf = (list: TaskList, row: TaskRow) => (isDone(list) ? (row.doneAt?.toISOString() ?? '') : row.dueOn)

/** Exported so that a test can look at its plan. */
export function tasksSql(
  workspaceId: string,
  list: TaskList,
  place: readonly unknown[] | null,
  limit: number,
): Prisma.Sql {
  const [at, id] = place ?? []
  const done = isDone(list)
  const after = done
    ? Prisma.sql`and (k.done_at, k.id) < (${at}::timestamptz, ${id}::uuid)`
    : Prisma.sql`and (k.due_on, k.id) > (${at}::date, ${id}::uuid)`
  return Prisma.sql`
    select ${taskColumns}
    from (select * from desk.task k where k.workspace_id = ${workspaceId}::uuid and ${heldBy(workspaceId, list)}
      ${place ? after : Prisma.empty}
      order by ${done ? Prisma.sql`k.done_at desc, k.id desc` : Prisma.sql`k.due_on, k.id`} limit ${limit}) k
    ${taskJoins}
    order by ${done ? Prisma.sql`k.done_at desc, k.id desc` : Prisma.sql`k.due_on, k.id`}`
}

/** One person's open tasks stand in an index in their order; one ticket or customer has few. */
function heldBy(workspaceId: string, list: TaskList): Prisma.Sql {
  if (list.kind === 'open')
    return list.assigneeId === null
      ? Prisma.sql`k.assignee_id is null and k.done_at is null`
      : Prisma.sql`k.assignee_id = ${list.assigneeId}::uuid and k.done_at is null`
  const state = list.state === 'open' ? Prisma.sql`k.done_at is null` : Prisma.sql`k.done_at is not null`
  return list.kind === 'customer'
    ? Prisma.sql`k.customer_id = ${list.id}::uuid and ${state}`
    : Prisma.sql`k.ticket_id in (select ${list.id}::uuid union all
        select m.id from desk.ticket m where m.workspace_id = ${workspaceId}::uuid and m.merged_into_id = ${list.id}::uuid) and ${state}`
}
