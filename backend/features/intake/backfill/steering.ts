import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { noteChange } from '../../settings/index.ts'
import { enqueueBackfill } from '../queueing.ts'
import { backfillChanged } from './events.ts'
import { type Backfill, lastBackfill, OPEN_STATES } from './runs.ts'
import { FIRST_SPAN } from './windows.ts'

/** Ten years: more is nobody's queue. */
export const MOST_MONTHS = 120

type Who = Pick<Actor, 'kind' | 'id'>

/**
 * Begins to read the mail of the last months before the go-live, or before the connection where none was chosen.
 * @throws DeskError invalid_request, not_found, in_progress while an earlier reading is not over
 */
export const startBackfill = (
  ctx: Ctx,
  workspaceId: string,
  { mailboxId, months }: { mailboxId: string; months: number },
  by: Who,
): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    if (!Number.isInteger(months) || months < 1 || months > MOST_MONTHS)
      throw new DeskError('invalid_request', `Choose 1 to ${MOST_MONTHS} months.`)
    const mailbox = await mailboxIn(tx, mailboxId)
    if (mailbox.kind !== 'archive')
      throw new DeskError('invalid_request', "Earlier mail is read from the archive, not from people's own inboxes.")
    const start = mailbox.liveFrom ?? mailbox.createdAt
    const until = new Date(Math.min(start.getTime(), tx.now.getTime()))
    const since = monthsBefore(until, months)
    const id = newId(tx.now)
    const { count } = await tx.mailboxBackfill.createMany({
      data: [
        {
          workspaceId,
          id,
          mailboxId,
          since,
          until,
          reachedAt: since,
          span: FIRST_SPAN,
          state: 'running',
          startedAt: tx.now,
          updatedAt: tx.now,
        },
      ],
      skipDuplicates: true, // one open run for each mailbox
    })
    if (count === 0) throw new DeskError('in_progress', 'Earlier mail of this mailbox is being read already.')
    await record(tx, [backfillChanged({ mailboxId, backfillId: id, what: 'started', by })])
    const box = await ctx.keyring.box(tx)
    await noteChange(tx, box, {
      setting: 'history',
      before: { mailboxId, months: 0 },
      after: { mailboxId, months },
      by,
    })
    await enqueueBackfill(tx, mailboxId)
  })

/** The same day of the month; the last one of a month that is shorter. */
export function monthsBefore(at: Date, months: number): Date {
  const day = new Date(at)
  day.setUTCDate(1)
  day.setUTCMonth(day.getUTCMonth() - months)
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate()
  day.setUTCDate(Math.min(at.getUTCDate(), last))
  return day
}

export type Steering = 'pause' | 'resume' | 'stop'

const STEERED = {
  pause: { to: 'paused', what: 'paused' },
  resume: { to: 'running', what: 'resumed' },
  stop: { to: 'stopped', what: 'stopped' },
} as const

/** Pauses, goes on, or gives up; what came in stays. Pressing twice changes nothing. @throws DeskError not_found */
export const steerBackfill = (
  ctx: Ctx,
  workspaceId: string,
  { mailboxId, act }: { mailboxId: string; act: Steering },
  by: Who,
): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    await mailboxIn(tx, mailboxId)
    const run = await lastBackfill(tx, mailboxId)
    const { to, what } = STEERED[act]
    if (run === null || !isOpen(run) || run.state === to) return
    const { count } = await tx.mailboxBackfill.updateMany({
      where: { workspaceId, id: run.id, state: { in: [...OPEN_STATES] } },
      data: { state: to, updatedAt: tx.now, problem: null, ...(to === 'stopped' && { endedAt: tx.now }) },
    })
    if (count === 0) return // it came to its end meanwhile
    await record(tx, [backfillChanged({ mailboxId, backfillId: run.id, what, by })])
    if (to === 'running') await enqueueBackfill(tx, mailboxId)
  })

export const isOpen = ({ state }: Pick<Backfill, 'state'>): boolean =>
  (OPEN_STATES as readonly string[]).includes(state)

/** @throws DeskError not_found */
export async function mailboxIn(tx: Tx, id: string) {
  const mailbox = await tx.mailbox.findUnique({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } } })
  if (!mailbox) throw new DeskError('not_found', 'There is no such mailbox in this workspace.')
  return mailbox
}
