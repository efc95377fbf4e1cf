import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Something on this machine is in the way: the message says what, and what to do. */
export class SetupError extends Error {}

/** Progress goes to stderr, so that a task's own output can be piped. */
export const tell = (line) => console.error(line)
