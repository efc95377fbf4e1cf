const FIRST_S = 2
const LONGEST_S = 60

/** Seconds until an end that nobody saw is looked up, growing with the attempts. */
export const pauseAfter = (attempt: number): number => Math.min(LONGEST_S, FIRST_S * 2 ** Math.min(10, attempt - 1))
