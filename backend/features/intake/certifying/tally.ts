import { z } from 'zod'

/** How many mails of a stretch of time ended how. `missing`: unknown here; `waiting`: known and not ended. */
export const Tally = z.object({
  listed: z.int(),
  missing: z.int(),
  waiting: z.int(),
  outcomes: z.record(z.string(), z.int()),
})
export type Tally = z.infer<typeof Tally>

export const NOTHING: Tally = { listed: 0, missing: 0, waiting: 0, outcomes: {} }

export const sumOf = (one: Tally, other: Tally): Tally => ({
  listed: one.listed + other.listed,
  missing: one.missing + other.missing,
  waiting: one.waiting + other.waiting,
  outcomes: Object.fromEntries(
    [...new Set([...Object.keys(one.outcomes), ...Object.keys(other.outcomes)])].map((outcome) => [
      outcome,
      (one.outcomes[outcome] ?? 0) + (other.outcomes[outcome] ?? 0),
    ]),
  ),
})

const DAY_MS = 86_400_000
const LONGEST_MS = 64 * DAY_MS
/** So few mails in a piece that the next one may be twice as long. */
const FEW = 200

/** The piece of time at hand: what is counted of it so far, and how long it is. */
export const Piece = z.object({ ms: z.number(), tally: Tally })
export type Piece = z.infer<typeof Piece>

export const FIRST_PIECE: Piece = { ms: DAY_MS, tally: NOTHING }

/** A quiet mailbox is counted in long pieces, a busy one by days: a piece that fails is counted again from its begin. */
export const nextPiece = ({ ms, tally }: Piece): Piece => ({
  ms: tally.listed < FEW ? Math.min(2 * ms, LONGEST_MS) : tally.listed > 10 * FEW ? Math.max(ms / 2, DAY_MS) : ms,
  tally: NOTHING,
})

/** Short enough that a mailbox which gets five hundred mails in it is not ours. */
const SHORTEST_MS = 60_000

/** A piece in whose middle Google forgot the page is tried again at half its length: one of a single page has none to forget. */
export const halfPiece = ({ ms }: Piece): Piece => ({ ms: Math.max(ms / 2, SHORTEST_MS), tally: NOTHING })
