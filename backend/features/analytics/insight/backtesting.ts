import { boundsAround, LEAST_OFFS, type Off, widthsOf } from './bounds.ts'
import { type Day, forecast, LEAST_DAYS, naive } from './forecasting.ts'

/** How far ahead days count for the error, how far ahead trials look for bounds, and how many trials there are at most. */
const AHEAD = 14
const FURTHEST = 42
const TRIALS = 6
/** The bounds of a past too short for trials are made of the forecast of its last week or two by what was known before them. */
const LEAST_FOR_BOUNDS = 21

/**
 * How far off one way to forecast would have been, each time only with what was known on that day.
 * @property error mean of what it was off in the two weeks after that day, in tickets a day
 * @property days how many days that is made of
 * @property held share of them that lay within bounds made of how far it was off on other days; null while there are too few
 * @property offs what bounds are made of
 */
export type Tries = { error: number; days: number; held: number | null; offs: Off[] }

/**
 * Tries the forecast and the plain guess on the same days, from as many as the past allows.
 * @property isShort nothing can be said of errors yet: only bounds are made of it
 */
export function tryOut(history: readonly Day[]): { model: Tries; naive: Tries; isShort: boolean } {
  const starts = Array.from({ length: TRIALS }, (_, n) => history.length - (n + 1) * AHEAD).filter(
    (at) => at >= LEAST_DAYS,
  )
  const isShort = starts.length === 0
  const trials = (isShort ? shortStart(history) : starts).map((at) => trial(history, at))
  return {
    model: triesOf(trials.map((one) => one.map(({ model }) => model))),
    naive: triesOf(trials.map((one) => one.map(({ naive: plain }) => plain))),
    isShort,
  }
}

const shortStart = ({ length }: readonly Day[]): number[] =>
  length >= LEAST_FOR_BOUNDS + LEAST_OFFS ? [Math.max(LEAST_FOR_BOUNDS, length - AHEAD)] : []

type Guess = Off & { on: number; root: number; came: number; error: number }

function trial(history: readonly Day[], at: number): { model: Guess; naive: Guess }[] {
  const known = history.slice(0, at)
  const came = history.slice(at, at + FURTHEST)
  const plain = naive(known, came.length)
  const expected = forecast(
    known,
    came.map(({ special }) => special),
  )
  return came.map(({ count }, ahead) => {
    const guess = (point: number, root: number): Guess => {
      const off = Math.sqrt(count) - root
      return { ahead, on: at + ahead, off, root, came: count, error: Math.abs(count - point) }
    }
    const { point, root } = expected[ahead] ?? { point: 0, root: 0 }
    return { model: guess(point, root), naive: guess(plain[ahead] ?? 0, Math.sqrt(plain[ahead] ?? 0)) }
  })
}

function triesOf(trials: readonly (readonly Guess[])[]): Tries {
  const all = trials.flat()
  const near = trials.map((one) => one.filter(({ ahead }) => ahead < AHEAD))
  const days = near.flat()
  const judged = near.flatMap((one) => one.map((guess) => isHeld(guess, one, all))).filter((one) => one !== null)
  return {
    error: days.reduce((sum, { error }) => sum + error, 0) / Math.max(1, days.length),
    days: days.length,
    held: judged.length === 0 ? null : judged.filter(Boolean).length / judged.length,
    offs: all.map(({ ahead, off }) => ({ ahead, off })),
  }
}

/** By the days of other trials, because those of one are off in the same direction; of a single trial by its other days. */
function isHeld(guess: Guess, own: readonly Guess[], all: readonly Guess[]): boolean | null {
  const days = new Set(own.map(({ on }) => on))
  const width = widthsOf(all.filter(({ on }) => !days.has(on))) ?? widthsOf(all.filter(({ on }) => on !== guess.on))
  if (width === null) return null
  const { lower, upper } = boundsAround(guess.root, width(guess.ahead))
  return lower <= guess.came && guess.came <= upper
}
