import { z } from 'zod'
import type { Reminder } from '../../../../shared/queues.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { enqueue, job } from '../../../platform/jobs.ts'
import type { Box } from '../../../platform/keyring.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { type Notice, notify, person, ticketPath } from '../../notices/index.ts'
import { formatNumber } from '../../tickets/index.ts'
import { reminderDone, reminderSet } from '../events.ts'
import { laterThan } from '../snooze/times.ts'
import { openWords } from './showing.ts'

const MOST_WAITING = 100

type Wish = { ticketId: string; at: Date; words: string }

/** Somebody wants to be reminded of a ticket: by mail at that time, and on their homepage until it is done. */
export async function remindIn(ctx: Ctx, tx: Tx, { ticketId, at, words }: Wish, by: Actor): Promise<Reminder> {
  if (by.kind !== 'staff') throw new DeskError('forbidden', 'A reminder is for a person.')
  const waiting = await tx.reminder.count({ where: { workspaceId: tx.workspaceId, staffId: by.id, doneAt: null } })
  if (waiting >= MOST_WAITING)
    throw new DeskError('invalid_request', `You have ${MOST_WAITING} reminders. Finish some of them first.`)
  return remindSomebodyIn(ctx, tx, { ticketId, at, words, staffId: by.id }, by)
}

/** The same for a colleague, who has no say in it: what is handed over to them. However many they have, none is lost. */
export async function remindSomebodyIn(
  ctx: Ctx,
  tx: Tx,
  { ticketId, at, words, staffId }: Wish & { staffId: string },
  by: Actor,
): Promise<Reminder> {
  const { workspaceId, now } = tx
  const ticket = await tx.ticket.findUnique({
    where: { workspaceId_id: { workspaceId, id: ticketId } },
    select: { number: true },
  })
  if (!ticket) throw new DeskError('not_found', 'There is no such ticket in your workspace.')
  const remindAt = laterThan(now, at)
  const id = newId(now)
  const sealed = (await ctx.keyring.box(tx)).seal('reminder.words', id, ctx.mask(words))
  await tx.reminder.create({ data: { workspaceId, id, ticketId, staffId, remindAt, words: sealed, createdAt: now } })
  await record(tx, [reminderSet({ ticketId, reminderId: id, staffId, by })])
  await enqueue(tx, tellJob, { reminderId: id }, { key: `reminder:${id}`, at: remindAt })
  return { id, ticketId, number: formatNumber(ticket.number), remindAt: remindAt.toISOString(), words, done: false }
}

/** Done: it shows no more. Pressing twice changes nothing. */
export const finish = (ctx: Ctx, reminderId: string, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { workspaceId, now } = tx
    const where = { workspaceId, id: reminderId, staffId: by.id ?? workspaceId }
    const reminder = await tx.reminder.findFirst({ where, select: { ticketId: true, staffId: true } })
    if (!reminder) throw new DeskError('not_found', 'There is no such reminder of yours.')
    const { count } = await tx.reminder.updateMany({ where: { ...where, doneAt: null }, data: { doneAt: now } })
    if (count > 0) await record(tx, [reminderDone({ ...reminder, reminderId, by })])
  })

/** What one person wants to be reminded of, the nearest first. */
export async function remindersOf(ctx: Ctx, tx: Tx, staffId: string): Promise<Reminder[]> {
  const rows = await tx.$queryRaw<ReminderRow[]>`
    select r.id::text, r.ticket_id::text as "ticketId", t.number, r.remind_at as "remindAt", r.words from desk.reminder r
    join desk.ticket t on t.workspace_id = r.workspace_id and t.id = r.ticket_id
    where r.workspace_id = ${tx.workspaceId}::uuid and r.staff_id = ${staffId}::uuid and r.done_at is null
    order by r.remind_at, r.id limit ${MOST_WAITING}`
  const box = await ctx.keyring.box(tx)
  return rows.map((row) => present(box, row))
}

type ReminderRow = { id: string; ticketId: string; number: number; remindAt: Date; words: Uint8Array }

const present = (box: Box, { id, ticketId, number, remindAt, words }: ReminderRow): Reminder => ({
  id,
  ticketId,
  number: formatNumber(number),
  remindAt: remindAt.toISOString(),
  words: openWords(box, id, words),
  done: false,
})

/** The mail at the time of a reminder; who did it before, or left, gets none. */
export const tellJob = job(
  'queues:remind',
  z.object({ reminderId: z.uuid() }),
  (ctx: Ctx, workspaceId, { reminderId }) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      const reminder = await tx.reminder.findUnique({ where: { workspaceId_id: { workspaceId, id: reminderId } } })
      if (!reminder || reminder.doneAt !== null) return
      const { number } = await tx.ticket.findUniqueOrThrow({
        where: { workspaceId_id: { workspaceId, id: reminder.ticketId } },
        select: { number: true },
      })
      const words = openWords(await ctx.keyring.box(tx), reminderId, reminder.words)
      await notify(ctx, tx, await person(tx, reminder.staffId), noticeOf(reminder, formatNumber(number), words))
    }),
)

const noticeOf = ({ id, ticketId }: Pick<Reminder, 'id' | 'ticketId'>, number: string, words: string): Notice => ({
  kind: 'reminder',
  about: `reminder/${id}`,
  subject: `${number}: your reminder`,
  lines: [
    `You wanted to be reminded of ${number}${words ? ':' : '.'}`,
    ...(words ? ['', words] : []),
    '',
    'It stands on top of your queue in the panel until you press Done.',
  ],
  path: ticketPath(ticketId),
  number,
})
