import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { dayIn, instantIn } from '../../platform/calendar.ts'
import { enqueue, job } from '../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { type Notice, notify, person, ticketPath } from '../notices/index.ts'
import { zoneOf } from '../settings/index.ts'
import { lockTask } from './locking.ts'
import { nameOf, ownerOf } from './owners.ts'
import { openWords } from './rows.ts'

/** When a day begins for whoever is told, in minutes since midnight. */
const MORNING = 9 * 60

/** Somebody is told in the morning of that day, by the clocks of the workspace; at once when it has begun. */
export async function tellOnDay(tx: Tx, { id, dueOn }: { id: string; dueOn: string }): Promise<void> {
  const morning = instantIn(await zoneOf(tx), dueOn, MORNING)
  const begun = morning <= tx.now
  await enqueue(tx, tellJob, { taskId: id }, { key: `task:${id}`, at: begun ? tx.now : morning })
}

/** The mail on the day of a task, once for each day and person. Done, without a person, or put off since: none. */
export const tellJob = job('tasks:tell', z.object({ taskId: z.uuid() }), (ctx: Ctx, workspaceId, { taskId }) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const task = await tx.task.findUnique({
      where: { workspaceId_id: { workspaceId, id: taskId } },
      select: { words: true, createdById: true, createdAt: true },
    })
    if (!task) return
    const { dueOn, assigneeId, doneAt, ticketId, customerId } = await lockTask(tx, taskId)
    if (doneAt !== null || assigneeId === null) return
    const zone = await zoneOf(tx)
    if (dayIn(zone, tx.now) < dueOn) return tellOnDay(tx, { id: taskId, dueOn }) // the workspace moved to another zone
    const ownToday = task.createdById === assigneeId && dayIn(zone, task.createdAt) === dueOn
    if (ownToday) return
    const owner = ownerOf({ ticketId, customerId })
    const ticket = owner.kind === 'ticket' ? await nameOf(tx, owner) : null
    const words = openWords(await ctx.keyring.box(tx), taskId, task.words)
    const named = { id: `${taskId}/${dueOn}`, about: ticket ?? 'A customer', ticketId }
    await notify(ctx, tx, await person(tx, assigneeId), noticeOf(named, words))
  }),
)

type Named = { id: string; about: string; ticketId: string | null }

/** A customer's task has no page of its own. */
const noticeOf = ({ id, about, ticketId }: Named, words: string): Notice => ({
  kind: 'task',
  about: `task/${id}`,
  subject: `${about}: a task is due`,
  lines: [
    `${about}: this is to be done by you today.`,
    '',
    words,
    '',
    'It stands in «My tasks» on the homepage of the panel until you press Done.',
  ],
  path: ticketId === null ? '/desk' : ticketPath(ticketId),
  number: ticketId === null ? null : about,
})
