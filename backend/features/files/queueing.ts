/** Names of this feature's jobs, for whoever enqueues them. */
export const ERASE = { name: 'files:erase', maxAttempts: 25 }
export const SCAN = { name: 'files:scan', maxAttempts: 3 }
