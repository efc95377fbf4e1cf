import { systemOf } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { actionParked, type Problem } from './events.ts'
import { type ActionRow, changeAction } from './locking.ts'
import { remindAt } from './queueing.ts'

type Why = { problem: Problem; words: string }

/** When supervisors hear of an action that nobody looks after. Milliseconds. */
export const LONG_MS = 30 * 60_000

/** Stops a held action until a person goes on with it. One that is over stays over and only says what is wrong. */
export async function park(tx: Tx, box: Box, action: ActionRow, why: Why): Promise<void> {
  if (!GOING_ON.has(action.state)) return trouble(tx, box, action, why)
  await changeAction(tx, action.id, {
    ...said(box, action.id, why),
    state: 'parked',
    parkedAt: tx.now,
    remindedAt: null,
  })
  const { ticketId, id: actionId } = action
  await record(tx, [actionParked({ ticketId, actionId, problem: why.problem, by: systemOf(tx.workspaceId) })])
  await remindAt(tx, actionId, new Date(tx.now.getTime() + LONG_MS))
}

const GOING_ON: ReadonlySet<string> = new Set(['waiting_approval', 'undoable', 'running'])

/** Says what is wrong with a held action that goes on all the same. */
export const trouble = (tx: Tx, box: Box, action: Pick<ActionRow, 'id'>, why: Why): Promise<void> =>
  changeAction(tx, action.id, said(box, action.id, why))

export const WORDS = 'combined_action.problem_words'

const said = (box: Box, id: string, { problem, words }: Why) => ({ problem, problemWords: box.seal(WORDS, id, words) })
