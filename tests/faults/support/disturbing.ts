import { setTimeout as pause } from 'node:timers/promises'
import type { Random } from '../../support/random.ts'

/** Goes on with `arrive` at random moments until `trouble` is over, so that each kind of moment is met sooner or later. */
export async function whileArriving(arrive: () => void, random: Random, trouble: () => Promise<void>): Promise<void> {
  let over = false
  const arriving = async () => {
    while (!over) {
      arrive()
      await pause(10 + random() * 120)
    }
  }
  const ending = trouble().finally(() => {
    over = true
  })
  await Promise.all([ending, arriving()])
}

/** A random moment of work, in milliseconds. */
export const moment = (random: Random, most = 900): Promise<void> => pause(random() * most)
