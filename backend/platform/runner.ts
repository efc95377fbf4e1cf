import type { Runner } from 'graphile-worker'
import type { Logger } from './log.ts'

const PAUSE_MS = 1_000

/**
 * Keeps a runner of the job queue going: when it ends unasked, because the database was away for too long, another one follows.
 * @param start makes a runner; its failure is tried again, but for the first time, which is the caller's to know
 * @param ended hears that a runner is gone, before the next one starts
 */
export async function keepRunning(
  log: Logger,
  start: () => Promise<Runner>,
  ended: () => void,
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
      const error = await runner.promise.then(
        () => null,
        (reason: unknown) => reason,
      )
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
