export type Random = () => number

/** Mulberry32: small, repeatable, good enough to draw with. @returns numbers from 0 to below 1 */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The seed of a random test: SEED of the environment, else a new one. Tell it before anything can fail. */
export const seedOfRun = (): number => Number(process.env['SEED'] ?? Math.floor(Math.random() * 1_000_000_000))
