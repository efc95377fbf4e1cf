import { availableParallelism } from 'node:os'

/** Sets how many threads an engine has. @param run on a connection of that engine, which may set nothing else */
export type Crew = {
  /**
   * Before a statement begins. One that nobody asks beside has two threads. Others have one each: two of a statement would wait for each other
   * for most of what a figure costs. Nothing changes while a statement runs: the engine would wait for its end.
   * @param isOneOfSeveral whether others were asked together with it
   */
  begin(run: (sql: string) => Promise<unknown>, isOneOfSeveral: boolean): Promise<void>
  /** After it, however it ended. */
  end(): void
}

const MOST = Math.min(2, availableParallelism())

export function createCrew(): Crew {
  let statements = 0
  let threads = 1
  let changing: Promise<void> = Promise.resolve()
  return {
    async begin(run, isOneOfSeveral) {
      statements++
      if (statements > 1) return changing.catch(() => undefined) // whoever changes it is told
      const wanted = isOneOfSeveral ? 1 : MOST
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
