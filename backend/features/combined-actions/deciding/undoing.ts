import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { actionUndone } from '../events.ts'
import { type ActionRow, lockAction } from '../locking.ts'
import { keeperOf, mayOf } from '../showing/may.ts'
import { endEarly, told, type Withdrawn } from './withdrawing.ts'

/**
 * Takes an action back while nothing has left. It wins or loses against the runner as a whole: whoever holds the row first. Pressed
 * twice it says the same.
 * @throws DeskError not_found, forbidden, or already_done when something has left
 */
export const undoAction = (ctx: Ctx, actionId: string, by: Actor): Promise<Withdrawn> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const action = await lockAction(tx, actionId)
    if (action.state === 'undone') return told(await ctx.keyring.box(tx), action)
    if (!mayOf(action, by).includes('undo')) throw tooLate(action, by)
    return endEarly(ctx, tx, action, { as: 'undone', by, event: actionUndone })
  })

function tooLate(action: ActionRow, by: Actor): DeskError {
  if (!isInHand(action, by))
    return new DeskError('forbidden', 'Only whoever looks after an action, or a supervisor, may take it back.')
  const words: Partial<Record<ActionRow['state'], string>> = {
    running: 'It is on its way already and cannot be taken back. Open it to see how far it is.',
    parked: 'A part of it has left already. End it here: what is done stays, the rest is not done.',
  }
  return new DeskError('already_done', words[action.state] ?? 'It is over already: there is nothing to take back.')
}

/** Whether the state, and not the person, stands in the way. */
export const isInHand = (action: Pick<ActionRow, 'byId' | 'keeperId'>, by: Actor): boolean =>
  by.kind === 'staff' && (by.id === keeperOf(action) || by.role === 'supervisor' || by.role === 'admin')
