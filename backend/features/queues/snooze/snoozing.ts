import { z } from 'zod'
import type { SnoozeUntil } from '../../../../shared/queues.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { type Actor, systemOf } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { type Fact, record } from '../../../platform/events.ts'
import { enqueue, enqueueAll, job } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'
import { lockTicket } from '../../tickets/index.ts'
import { ticketSnoozed, ticketWoken } from '../events.ts'
import { snoozedUntil, UNTIL_ANSWER } from './times.ts'

const OPEN: readonly string[] = ['new', 'open', 'pending', 'on_hold']

export const snooze = (ctx: Ctx, ticketId: string, until: SnoozeUntil, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await snoozeIn(tx, ticketId, snoozedUntil(until, tx.now, await zoneOf(tx)), by)
  })

/** Takes a ticket out of the work views. Its clock runs on: a promise to a customer does not sleep. */
export async function snoozeIn(tx: Tx, ticketId: string, until: Date, by: Actor): Promise<void> {
  const ticket = await lockTicket(tx, ticketId)
  if (ticket.voidReason || !OPEN.includes(ticket.status))
    throw new DeskError('move_not_allowed', 'Only an open ticket can be snoozed: nobody works on this one any more.')
  await tx.$executeRaw`
    update desk.ticket set snoozed_until = ${until}::timestamptz where workspace_id = ${tx.workspaceId}::uuid and id = ${ticketId}::uuid`
  const seconds = lastsFor(tx, until)
  await record(tx, [ticketSnoozed({ ticketId, seconds, by })])
  if (seconds !== null) await enqueue(tx, wakeJob, { ticketId }, { key: keyOf(ticketId), at: until })
}

type Asleep = { ticketId: string; until: Date; by: Fact['by'] }

/** Tickets that nothing but a merge woke sleep on. Whoever calls has seen that they are awake, open, and that their time lies ahead. */
export async function sleepOn(tx: Tx, tickets: readonly Asleep[]): Promise<void> {
  if (tickets.length === 0) return
  await tx.$executeRaw`
    update desk.ticket t set snoozed_until = one.until
    from unnest(${tickets.map(({ ticketId }) => ticketId)}::uuid[], ${tickets.map(({ until }) => until)}::timestamptz[]) as one (id, until)
    where t.workspace_id = ${tx.workspaceId}::uuid and t.id = one.id`
  await record(
    tx,
    tickets.map(({ ticketId, until, by }) => ticketSnoozed({ ticketId, seconds: lastsFor(tx, until), by })),
  )
  const { name, maxAttempts } = wakeJob
  await enqueueAll(
    tx,
    tickets
      .filter(({ until }) => lastsFor(tx, until) !== null)
      .map(({ ticketId, until }) => {
        const delayMs = until.getTime() - tx.now.getTime()
        return { job: name, payload: { ticketId }, key: keyOf(ticketId), maxAttempts, delayMs }
      }),
  )
}

const keyOf = (ticketId: string) => `snooze:${ticketId}`

/** Seconds; null until the customer writes. */
const lastsFor = ({ now }: Tx, until: Date): number | null =>
  until.getTime() === UNTIL_ANSWER.getTime() ? null : secondsUntil(now, until)

const secondsUntil = (now: Date, until: Date) => Math.round((until.getTime() - now.getTime()) / 1_000)

type Why = 'time' | 'answer' | 'hand' | 'ended' | 'merged'

/** Puts tickets back into the work views; those that are awake stay as they are. */
export async function wakeIn(tx: Tx, ticketIds: readonly string[], why: Why, by: Fact['by']): Promise<void> {
  if (ticketIds.length === 0) return
  const woken = await tx.ask<{ id: string }>(Prisma.sql`
    update desk.ticket set snoozed_until = null
    where workspace_id = ${tx.workspaceId}::uuid and id = any(${[...ticketIds]}::uuid[]) and snoozed_until is not null
    returning id::text`)
  await record(
    tx,
    woken.map(({ id }) => ticketWoken({ ticketId: id, why, by })),
  )
}

export const wake = (ctx: Ctx, ticketId: string, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockTicket(tx, ticketId)
    await wakeIn(tx, [ticketId], 'hand', by)
  })

/** Its time has come. It may have been snoozed again meanwhile, for longer. */
export const wakeJob = job('queues:wake', z.object({ ticketId: z.uuid() }), (ctx: Ctx, workspaceId, { ticketId }) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const { workspaceId: _, now } = tx
    const due = await tx.ticket.findFirst({
      where: { workspaceId, id: ticketId, snoozedUntil: { lte: now } },
      select: { id: true },
    })
    if (due) await wakeIn(tx, [ticketId], 'time', systemOf(workspaceId))
  }),
)
