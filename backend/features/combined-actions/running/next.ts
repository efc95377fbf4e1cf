import type { StepState } from '../../../../shared/combined-actions.ts'
import type { LiveAction, LiveStep } from './looking.ts'

/** What an action does next: a step, leaving, its end, or nothing until an instant (null: until somebody wakes it). */
export type Next =
  | { what: 'step'; step: LiveStep }
  | { what: 'leave' }
  | { what: 'end' }
  | { what: 'rest'; until: Date | null }

const FINAL: ReadonlySet<StepState> = new Set(['done', 'dropped'])
const REST: Next = { what: 'rest', until: null }

/** Steps come one after another; while the action can be taken back or waits to be agreed to, only the hold does. */
export function nextOf({ state, steps, leavesAt }: LiveAction, now: Date): Next {
  const open = steps.find((step) => !FINAL.has(step.state))
  const hold = steps.find(({ kind }) => kind === 'hold')
  const release = steps.find(({ kind }) => kind === 'release')
  switch (state) {
    case 'waiting_approval':
      return stepOr(hold, REST)
    case 'undoable':
      return stepOr(hold, leavesAt !== null && leavesAt <= now ? { what: 'leave' } : { what: 'rest', until: leavesAt })
    case 'running':
      return open === undefined ? { what: 'end' } : stepOr(open, REST)
    case 'undone':
    case 'declined':
    case 'stopped':
      return stepOr(hold, stepOr(release, REST)) // a hold that was begun has an end before it is let go
    default:
      return REST
  }
}

/** A step that was refused, or that a person must look at, holds up what comes after it. */
function stepOr(step: LiveStep | undefined, otherwise: Next): Next {
  if (step === undefined || FINAL.has(step.state)) return otherwise
  if (step.state === 'refused' || step.state === 'needs_person') return step.kind === 'hold' ? otherwise : REST
  return { what: 'step', step }
}
