/** Known by their names alone, because what they do knows who enqueues them. */
export const TRY = { name: 'rules:try', maxAttempts: 25 } as const
export const TRIAL = { name: 'rules:trial', maxAttempts: 25 } as const
