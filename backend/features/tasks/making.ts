import { MOST_TASKS, type Task, type TaskWish } from '../../../shared/tasks.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { dayIn } from '../../platform/calendar.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { zoneOf } from '../settings/index.ts'
import { taskChanged, taskMade } from './events.ts'
import { lockTask } from './locking.ts'
import { nameOf, type Owner } from './owners.ts'
import { presentTask, sealWords, type TaskRow, taskColumns, taskJoins } from './rows.ts'
import { tellOnDay } from './telling.ts'

const MOST_DAYS = 3 * 366
const DAY_MS = 86_400_000

/** Makes a task of a ticket or customer that is there. */
export async function makeTask(ctx: Ctx, tx: Tx, owner: Owner, wish: TaskWish, by: Actor): Promise<Task> {
  await nameOf(tx, owner)
  await refuseDay(tx, wish.dueOn)
  await refusePerson(tx, wish.assigneeId)
  const { workspaceId, now } = tx
  const id = newId(now)
  const about = {
    ticketId: owner.kind === 'ticket' ? owner.id : null,
    customerId: owner.kind === 'customer' ? owner.id : null,
  }
  await tx.task.create({
    data: {
      workspaceId,
      id,
      ...about,
      words: sealWords(await ctx.keyring.box(tx), id, ctx.mask(wish.words)),
      assigneeId: wish.assigneeId,
      dueOn: new Date(wish.dueOn),
      createdById: by.kind === 'staff' ? by.id : null,
      createdAt: now,
    },
    select: { id: true },
  })
  await record(tx, [taskMade({ taskId: id, ...about, assigneeId: wish.assigneeId, by })])
  await tellOnDay(tx, { id, dueOn: wish.dueOn })
  return taskIn(ctx, tx, id)
}

type Change = TaskWish & { version: number }

/** Changes an open task. The same once more changes nothing. */
export async function changeTask(ctx: Ctx, tx: Tx, taskId: string, wish: Change, by: Actor): Promise<Task> {
  const { dueOn, assigneeId, doneAt, ...before } = await lockTask(tx, taskId)
  if (before.version !== wish.version)
    throw new DeskError(
      'stale_version',
      'Somebody changed this task since. Look at its newest state, then decide again.',
    )
  if (doneAt !== null) throw new DeskError('already_done', 'This task is done. Open it again to change it.')
  if (wish.dueOn !== dueOn) await refuseDay(tx, wish.dueOn)
  if (wish.assigneeId !== assigneeId) await refusePerson(tx, wish.assigneeId)
  await tx.task.update({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: taskId } },
    data: {
      words: sealWords(await ctx.keyring.box(tx), taskId, ctx.mask(wish.words)),
      assigneeId: wish.assigneeId,
      dueOn: new Date(wish.dueOn),
      version: { increment: 1 },
    },
    select: { id: true },
  })
  const { ticketId, customerId } = before
  await record(tx, [taskChanged({ taskId, ticketId, customerId, assigneeId: wish.assigneeId, by })])
  await tellOnDay(tx, { id: taskId, dueOn: wish.dueOn })
  return taskIn(ctx, tx, taskId)
}

/** One task as it is shown. @throws DeskError not_found */
export async function taskIn(ctx: Ctx, tx: Tx, taskId: string): Promise<Task> {
  const [row] = await tx.$queryRaw<TaskRow[]>(Prisma.sql`
    select ${taskColumns} from desk.task k ${taskJoins} where k.workspace_id = ${tx.workspaceId}::uuid and k.id = ${taskId}::uuid`)
  if (!row) throw new DeskError('not_found', 'There is no such task in your workspace.')
  return presentTask(await ctx.keyring.box(tx), dayIn(await zoneOf(tx), tx.now), row)
}

async function refuseDay(tx: Tx, dueOn: string): Promise<void> {
  const today = dayIn(await zoneOf(tx), tx.now)
  if (dueOn < today) throw new DeskError('invalid_request', 'This day has passed. Choose today or a later one.')
  if (Date.parse(dueOn) - Date.parse(today) > MOST_DAYS * DAY_MS)
    throw new DeskError('invalid_request', 'This is more than three years away. Choose a nearer day.')
}

async function refusePerson(tx: Tx, assigneeId: string | null): Promise<void> {
  if (assigneeId === null) return
  const { workspaceId } = tx
  const person = await tx.staff.findUnique({
    where: { workspaceId_id: { workspaceId, id: assigneeId } },
    select: { name: true, role: true, state: true },
  })
  if (!person) throw new DeskError('invalid_request', 'There is no such person in your workspace.')
  if (person.state === 'deactivated' || !['agent', 'supervisor', 'admin'].includes(person.role))
    throw new DeskError('invalid_request', `${person.name} does not work on tickets. Choose somebody else, or nobody.`)
  const open = await tx.task.count({ where: { workspaceId, assigneeId, doneAt: null } })
  if (open >= MOST_TASKS)
    throw new DeskError(
      'invalid_request',
      `${person.name} has ${MOST_TASKS} open tasks. Choose somebody else, or nobody.`,
    )
}
