import { availableParallelism } from 'node:os'

/** Sets how many threads an engine has. @param run on a connection of that engine, which may set nothing else */
export type Crew = {
  /**
   * Before a statement begins. Nothing changes while one runs, because the engine would wait for its end.
   * @param isSingle whether whoever asks wants this one alone, as they said before they began
   */
  begin(run: (sql: string) => Promise<unknown>, isSingle: boolean): Promise<void>
  /** After it, however it ended. */
  end(): void
}

const MOST = Math.min(2, availableParallelism())

/**
 * A question of one figure has two threads. Of several that are asked together each has one: they are answered two at a time, and two
 * threads of a statement would wait for each other for most of what a figure costs.
 */
export function createCrew(): Crew {
  let statements = 0
  let threads = 1
  let changing: Promise<void> = Promise.resolve()
  return {
    async begin(run, isSingle) {
      statements++
      if (statements > 1) return changing.catch(() => undefined) // whoever changes it is told
      const wanted = isSingle ? MOST : 1
      if (wanted === threads) return
      changing = run(`set threads = ${wanted}`).then(() => {
        threads = wanted
      })
      await changing
    },
    end() {
      statements--
    },
  }
}
