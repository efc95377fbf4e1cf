import type { Runner } from 'graphile-worker'
import type { Logger } from './log.ts'

const PAUSE_MS = 1_000

/** Jobs that still run when a runner gives up get so long to end with it. */
const PATIENCE_MS = 30_000

type Options = {
  /** Makes a runner; its failure is tried again, but for the first time, which is the caller's to know. */
  start: () => Promise<Runner>
  /** Hears that a runner is gone, before the next one starts. */
  ended: () => void
  patienceMs?: number | undefined
}

/**
 * Keeps a runner of the job queue going: when it ends unasked, because the database was away for too long, another one follows. A runner
 * may also begin its shutdown and never end it: graphile-worker 0.18 counts the ends that it still has to write, and counts one too few
 * after it failed to write one. Such a runner takes no job any more; it is left after a while, and what it held is given back.
 */
export async function keepRunning(
  log: Logger,
  { start, ended, patienceMs = PATIENCE_MS }: Options,
): Promise<{ stop(): Promise<void> }> {
  let stopping = false
  let runner: Runner | null = await start()

  const restart = async (): Promise<Runner | null> => {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      if (stopping) return null
      try {
        return await start()
      } catch (error) {
        log.warn({ err: error }, 'the job queue cannot be joined; it is tried again')
      }
    }
  }
  const watch = async (): Promise<void> => {
    while (runner !== null) {
      if (stopping) return runner.stop() // it came up while we were told to stop
      const error = await Promise.race([endOf(runner), lostPatience(runner, patienceMs, () => stopping)])
      if (stopping) return
      log.error({ err: error }, 'the job queue was left unasked; another runner follows')
      runner = null
      ended()
      runner = await restart()
    }
  }
  const watched = watch()
  return {
    async stop() {
      stopping = true
      await runner?.stop()
      await watched
    },
  }
}

const endOf = (runner: Runner): Promise<unknown> =>
  runner.promise.then(
    () => null,
    (reason: unknown) => reason,
  )

/** Comes some time after the runner has begun a shutdown that nobody asked for. */
const lostPatience = (runner: Runner, ms: number, asked: () => boolean): Promise<Error> =>
  new Promise((resolve) => {
    runner.events.once('pool:gracefulShutdown', () => {
      if (asked()) return
      const leave = () => runner.stop().then(() => resolve(new Error('Its shutdown did not end')), resolve)
      setTimeout(leave, ms).unref() // its stop ends the schedule, and waits for no job of a shutdown that has begun
    })
  })
