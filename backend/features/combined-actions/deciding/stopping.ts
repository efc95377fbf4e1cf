import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { actionStopped } from '../events.ts'
import { type ActionRow, lockAction } from '../locking.ts'
import { isInHand } from './undoing.ts'
import { endEarly, told, type Withdrawn } from './withdrawing.ts'

/**
 * Ends a parked action: what is done stays, the rest is not done. Pressed twice it says the same.
 * @throws DeskError not_found, forbidden, or move_not_allowed when it is not parked
 */
export const stopAction = (ctx: Ctx, actionId: string, by: Actor): Promise<Withdrawn> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const action = await lockAction(tx, actionId)
    if (action.state === 'stopped') return told(await ctx.keyring.box(tx), action)
    return stop(ctx, tx, action, { by })
  })

type Stopping = { by: Actor; releasesAt?: Date }

function stop(ctx: Ctx, tx: Tx, action: ActionRow, how: Stopping): Promise<Withdrawn> {
  const { by } = how
  if (action.state !== 'parked' || !isInHand(action, by)) throw refusal(action, by)
  return endEarly(ctx, tx, action, { ...how, as: 'stopped', event: actionStopped })
}

/** By then the action that takes up the rest holds the goods itself, so that the warehouse never sends them in between. */
const TAKEN_OVER_MS = 30_000

/** Another action takes up the rest of this one, in the same transaction. A second press finds it ended already. */
export async function endRevised(ctx: Ctx, tx: Tx, actionId: string, by: Actor): Promise<void> {
  const action = await lockAction(tx, actionId)
  const releasesAt = new Date(tx.now.getTime() + TAKEN_OVER_MS)
  if (action.state === 'parked') await stop(ctx, tx, action, { by, releasesAt })
  else if (action.state !== 'stopped')
    throw new DeskError('stale_version', 'The action that this is the rest of has gone on meanwhile. Look at it again.')
}

const refusal = (action: ActionRow, by: Actor): DeskError =>
  isInHand(action, by)
    ? new DeskError('move_not_allowed', 'Only an action that stands still can be ended. Look at it again.')
    : new DeskError('forbidden', 'Only whoever looks after an action, or a supervisor, may end it.')
