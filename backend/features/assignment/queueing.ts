import { enqueue } from '../../platform/jobs.ts'
import type { Tx } from '../../platform/tenancy.ts'

/** Known by its name alone, because what it does knows who wakes it. */
export const GIVE = { name: 'assignment:give', maxAttempts: 25 } as const

/** One after another in a workspace: two at once would only wait for each other. */
export const wakeGiving = (tx: Tx): Promise<void> => enqueue(tx, GIVE, {}, { queue: `assignment:${tx.workspaceId}` })

/** Somebody who goes hands back what waits for an answer. */
export const HAND_BACK = { name: 'assignment:hand-back', maxAttempts: 25 } as const
