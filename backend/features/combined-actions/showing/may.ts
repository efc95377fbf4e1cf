import type { ActionState, ActionView, StepKind, StepState } from '../../../../shared/combined-actions.ts'
import type { Actor } from '../../../platform/actor.ts'
import { mayAct } from './acts-on-orders.ts'

type May = ActionView['may'][number]
type Facts = {
  state: ActionState
  byId: string
  keeperId: string | null
  steps: readonly { kind: StepKind; state: StepState }[]
}

/** Steps that can be taken back, or that nobody outside sees. */
const HARMLESS: readonly StepKind[] = ['hold', 'tag', 'release']

/** Whoever looks after an action: who confirmed it, until it is handed over. */
export const keeperOf = ({ byId, keeperId }: Pick<Facts, 'byId' | 'keeperId'>): string => keeperId ?? byId

/** What a person may do with an action now. The acts themselves look again. */
export function mayOf({ state, steps, ...whose }: Facts, actor: Actor): May[] {
  if (!mayAct(actor) || actor.kind !== 'staff') return []
  const lead = actor.role !== 'agent'
  const own = keeperOf(whose) === actor.id
  const allowed: Record<May, boolean> = {
    undo: (own || lead) && isUntouched(state, steps),
    resume: (own || lead) && state === 'parked',
    stop: (own || lead) && state === 'parked',
    review_again: own && state === 'parked' && steps.some(isLeft),
    approve: whose.byId !== actor.id && lead && state === 'waiting_approval',
    draft_answer: ANSWERED.includes(state) && steps.some((step) => isTold(step, state)),
  }
  return (Object.keys(allowed) as May[]).filter((act) => allowed[act])
}

/** What a form could plan again. */
const isLeft = ({ kind, state }: Facts['steps'][number]): boolean =>
  !HARMLESS.includes(kind) && state !== 'done' && state !== 'dropped'

/** Nothing has left, and nothing may have. */
function isUntouched(state: ActionState, steps: Facts['steps']): boolean {
  if (state === 'undoable' || state === 'waiting_approval') return true
  return (
    state === 'parked' &&
    steps.every((step) => HARMLESS.includes(step.kind) || ['planned', 'refused', 'dropped'].includes(step.state))
  )
}

/** Offered from the start, so that nobody looks for it; pressed too early it says when. */
const ANSWERED: readonly ActionState[] = ['undoable', 'running', 'done', 'stopped']

/** What a customer would notice: once it is over, only what is done. */
function isTold({ kind, state: its }: Facts['steps'][number], state: ActionState): boolean {
  if (HARMLESS.includes(kind)) return false
  return state === 'done' || state === 'stopped' ? its === 'done' : its !== 'dropped' && its !== 'refused'
}
