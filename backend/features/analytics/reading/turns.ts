import { DeskError } from '../../../platform/errors.ts'

/** Lets so many work at once, so many more wait, and nobody beyond that. */
export type Turns = { take<T>(work: () => Promise<T>): Promise<T> }

/**
 * @param atOnce how many work at the same time
 * @param waiting how many may wait for their turn
 * @param waitMs how long somebody waits before they are sent away
 */
export function createTurns({ atOnce, waiting, waitMs }: { atOnce: number; waiting: number; waitMs: number }): Turns {
  let working = 0
  const line: { begin(): void }[] = []

  const turn = (): Promise<void> => {
    if (working < atOnce) {
      working++
      return Promise.resolve()
    }
    if (line.length >= waiting) return Promise.reject(tooMany())
    return new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => {
        line.splice(line.indexOf(place), 1)
        reject(tooMany())
      }, waitMs)
      const place = {
        begin() {
          clearTimeout(giveUp)
          resolve()
        },
      }
      line.push(place)
    })
  }

  const handOn = () => {
    const next = line.shift()
    if (next) next.begin()
    else working--
  }

  return {
    async take(work) {
      await turn()
      try {
        return await work()
      } finally {
        handOn()
      }
    },
  }
}

const tooMany = () =>
  new DeskError('unavailable', 'Many people ask for figures just now. Try again in a few seconds.', { retryAfter: 5 })
