import { readFileSync, statSync } from 'node:fs'

/** The only source of "now". Wall clock times are UTC instants. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }

/** A clock that can be moved forward; `offset` is in milliseconds. */
export type TravellingClock = Clock & { readonly offset: number; travel(milliseconds: number): void }

/** For tests and the demo in one process: real time plus what was travelled. */
export function travellingClock(offset = 0): TravellingClock {
  let ahead = offset
  return {
    now: () => new Date(Date.now() + ahead),
    get offset() {
      return ahead
    },
    travel(milliseconds) {
      ahead += milliseconds
    },
  }
}

/**
 * A clock that several processes share: real time plus the milliseconds written in a file.
 * @param path the file; while it does not exist the offset is 0. It is looked at no more than every 50 ms of real time
 */
export function fileClock(path: string): Clock {
  let offset = 0
  let lookedAt = 0
  let modified = -1
  return {
    now() {
      const real = Date.now()
      if (real - lookedAt >= 50) {
        lookedAt = real
        const found = statSync(path, { throwIfNoEntry: false })
        if (found && found.mtimeMs !== modified) {
          modified = found.mtimeMs
          offset = parseOffset(readFileSync(path, 'utf8'), path)
        }
      }
      return new Date(real + offset)
    },
  }
}

function parseOffset(text: string, path: string): number {
  const offset = Number(text.trim())
  if (!Number.isFinite(offset))
    throw new Error(`${path} must hold a number of milliseconds, not ${JSON.stringify(text)}`)
  return offset
}
