/** Names of the queue's work, for those who enqueue it. */
export const REAPPLY = { name: 'sla:reapply', maxAttempts: 25 }
export const ADOPT = { name: 'sla:adopt', maxAttempts: 25 }
export const TRY = { name: 'sla:try', maxAttempts: 5 }
