import { v7 } from 'uuid'
import { randomPiece } from './random.ts'

/** A new UUIDv7: ordered by the time it was made, so that new rows sit at the end of their index. */
export const newId = (at?: Date): string => v7(at ? { msecs: at.getTime(), random: randomPiece(16) } : undefined)

/** @returns the lowest id that may have been made at that time: what is older has a lower one */
export const firstIdAt = (at: Date): string => v7({ msecs: at.getTime(), seq: 0, random: new Uint8Array(16) })
