export type StoryClock = ReturnType<typeof storyClock>

/** The workbench's now, which can stand at another moment while one piece of synchronous work runs. */
export function storyClock(clock: { now(): Date }) {
  let standing: Date | undefined
  return {
    now: () => standing ?? clock.now(),
    at<T>(moment: Date, work: () => T): T {
      standing = moment
      try {
        return work()
      } finally {
        standing = undefined
      }
    },
  }
}
