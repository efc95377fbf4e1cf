import { setImmediate as othersFirst } from 'node:timers/promises'

/** Makes one after the other, and lets whatever else the process has to do come between two: figures of years of hours take their time. */
export async function eachInTurn<One, Other>(
  all: readonly One[],
  make: (one: One, n: number) => Other,
): Promise<Other[]> {
  const made: Other[] = []
  for (const [n, one] of all.entries()) {
    made.push(make(one, n))
    await othersFirst()
  }
  return made
}
