import type { Ctx } from '../../../context.ts'
import { systemOf } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { actionEnded } from '../events.ts'
import { changeAction, lockAction } from '../locking.ts'
import { wakeAt } from '../queueing.ts'
import { type At, lookAt } from './looking.ts'
import { nextOf } from './next.ts'
import { takeStep } from './taking-step.ts'

/**
 * Goes on with an action as far as it may go now. May run any number of times and beside itself: each step is done once, and nothing
 * that waits holds a transaction or a worker.
 */
export async function runAction(ctx: Ctx, at: At): Promise<void> {
  for (;;) {
    const next = nextOf(await lookAt(ctx, at), ctx.clock.now())
    if (next.what === 'rest') return next.until === null ? undefined : comeAgain(ctx, at, next.until)
    if (next.what === 'end') return end(ctx, at)
    if (next.what === 'leave') await leave(ctx, at)
    else {
      const seconds = await takeStep(ctx, at, next.step)
      if (seconds === 'never') return
      if (seconds > 0) return comeAgain(ctx, at, new Date(ctx.clock.now().getTime() + seconds * 1_000))
    }
  }
}

const comeAgain = (ctx: Ctx, { workspaceId, actionId }: At, when: Date): Promise<void> =>
  inWorkspace(ctx, workspaceId, (tx) => wakeAt(tx, actionId, when))

/** The undo window is over. Whoever took the action back in this moment was first. */
const leave = (ctx: Ctx, { workspaceId, actionId }: At): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const action = await lockAction(tx, actionId)
    if (nextOf(action, tx.now).what === 'leave') await changeAction(tx, actionId, { state: 'running' })
  })

const end = (ctx: Ctx, { workspaceId, actionId }: At): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const action = await lockAction(tx, actionId)
    if (nextOf(action, tx.now).what !== 'end') return
    await changeAction(tx, actionId, { state: 'done', endedAt: tx.now, problem: null, problemWords: null })
    await record(tx, [actionEnded({ ticketId: action.ticketId, actionId, by: systemOf(workspaceId) })])
  })
