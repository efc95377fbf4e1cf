import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { remindIn } from '../queues/index.ts'
import { openHoursIn } from '../sla/index.ts'
import { lockTicket } from '../tickets/index.ts'
import { promiseConfirmed, promiseDropped } from './events.ts'
import { remindingAt } from './promises/reminding-at.ts'

type On = { ticketId: string; promiseId: string }

/** What was promised becomes a reminder of whoever presses. Pressing twice makes one. */
export const confirm = (ctx: Ctx, { ticketId, promiseId }: On, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const promise = await openPromise(tx, { ticketId, promiseId })
    if (!promise) return
    const words = (await ctx.keyring.box(tx)).openText('spoken_promise.words', promiseId, promise.words)
    const at = remindingAt(promise.dueAt, tx.now, await openHoursIn(tx))
    await remindIn(ctx, tx, { ticketId, at, words: `You wrote: ${words}`.slice(0, 500) }, by)
    await end(tx, promiseId, 'confirmed')
    await record(tx, [promiseConfirmed({ ticketId, promiseId, by })])
  })

export const drop = (ctx: Ctx, { ticketId, promiseId }: On, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    if (!(await openPromise(tx, { ticketId, promiseId }))) return
    await end(tx, promiseId, 'dropped')
    await record(tx, [promiseDropped({ ticketId, promiseId, by })])
  })

/** Null when somebody has decided already. */
async function openPromise(tx: Tx, { ticketId, promiseId }: On) {
  await lockTicket(tx, ticketId)
  const promise = await tx.spokenPromise.findUnique({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: promiseId } },
  })
  if (promise?.ticketId !== ticketId) throw new DeskError('not_found', 'There is no such promise on this ticket.')
  return promise.state === 'proposed' ? promise : null
}

const end = (tx: Tx, id: string, state: 'confirmed' | 'dropped') =>
  tx.spokenPromise.update({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } }, data: { state } })

/** Somebody has seen that an answer says other than what was done. */
export const see = (ctx: Ctx, { ticketId, differenceId }: { ticketId: string; differenceId: string }, by: Actor) =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockTicket(tx, ticketId)
    const where = { workspaceId: tx.workspaceId, id: differenceId, ticketId }
    await tx.saidOtherwise.updateMany({ where: { ...where, seenAt: null }, data: { seenAt: tx.now } })
  })
