export const FORGET = { name: 'orders:forget', maxAttempts: 25 }
