/** Names of the jobs of acts on many tickets, for whoever enqueues them. */
export const RUN = { name: 'queues:bulk', maxAttempts: 25 } as const
export const UNDO = { name: 'queues:undo-bulk', maxAttempts: 25 } as const
