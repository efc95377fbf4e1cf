import { v7 } from 'uuid'

/** A new UUIDv7: ordered by the time it was made, so that new rows sit at the end of their index. */
export const newId = (at?: Date): string => v7(at ? { msecs: at.getTime() } : undefined)
