import { enqueue } from '../../platform/jobs.ts'
import type { Tx } from '../../platform/tenancy.ts'

/** Goes on with an action as far as it may go now. */
export const RUN = { name: 'combined-actions:run', maxAttempts: 25 }
/** Tells supervisors of an action that nobody looks after. */
export const REMIND = { name: 'combined-actions:remind', maxAttempts: 25 }

/** Whoever works on an action does it alone. */
export const runQueue = (actionId: string) => `action:${actionId}`

/** Now. Without a job key: a wake-up must not be lost to a job that is being taken at this moment. */
export const wake = (tx: Tx, actionId: string): Promise<void> =>
  enqueue(tx, RUN, { actionId }, { queue: runQueue(actionId) })

/** Later: of several only the last counts, and one that was lost is made good by the minute's tick. */
export const wakeAt = (tx: Tx, actionId: string, at: Date): Promise<void> =>
  enqueue(tx, RUN, { actionId }, { queue: runQueue(actionId), key: `${RUN.name}:${actionId}`, at })

export const remindAt = (tx: Tx, actionId: string, at: Date): Promise<void> =>
  enqueue(tx, REMIND, { actionId }, { key: `${REMIND.name}:${actionId}`, at })
