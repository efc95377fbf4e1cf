import type { ActionState, StepState } from '../../../../shared/combined-actions.ts'

/** How an action stands, in a word. */
export const STATE_WORDS: Record<ActionState, string> = {
  waiting_approval: 'waits for approval',
  undoable: 'agreed, can still be taken back',
  running: 'is running',
  parked: 'stands still',
  done: 'done',
  undone: 'taken back',
  declined: 'declined',
  stopped: 'stopped half-way',
}

export const STEP_WORDS: Record<StepState, string> = {
  planned: 'not yet',
  running: 'running',
  waiting: 'Shopify works on it',
  done: 'done',
  refused: 'refused',
  unknown: 'being looked up',
  needs_person: 'needs a person',
  dropped: 'not done',
}
