import type { Ctx } from '../../context.ts'
import { systemOf } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { actionParkedLong } from './events.ts'
import { changeAction, lockAction } from './locking.ts'
import { LONG_MS } from './parking.ts'
import { remindAt } from './queueing.ts'

/** Says once that nobody has looked after a parked action for half an hour. */
export const remind = (ctx: Ctx, workspaceId: string, actionId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const { state, parkedAt, remindedAt, ticketId } = await lockAction(tx, actionId)
    if (state !== 'parked' || parkedAt === null || remindedAt !== null) return
    const due = new Date(parkedAt.getTime() + LONG_MS)
    if (due > tx.now) return remindAt(tx, actionId, due)
    await changeAction(tx, actionId, { remindedAt: tx.now })
    await record(tx, [actionParkedLong({ ticketId, actionId, by: systemOf(workspaceId) })])
  })
