import { randomFillSync } from 'node:crypto'

/** One question to the system costs as much for this as for twelve bytes. */
const PIECE = 8_192

let piece = Buffer.alloc(0)
let used = 0

/**
 * Random bytes for what is made by the million: ids, and beginnings of sealed values. They come from the system a piece at a time, and
 * none is handed out twice. Secrets that live long are asked for by themselves (`randomBytes`).
 * @param size at most 8,192
 */
export function randomPiece(size: number): Buffer {
  if (used + size > piece.length) {
    piece = randomFillSync(Buffer.allocUnsafeSlow(PIECE)) // a new one: what was handed out stays as it is
    used = 0
  }
  used += size
  return piece.subarray(used - size, used)
}
