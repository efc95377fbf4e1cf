import { availableParallelism } from 'node:os'

/** Sets how many threads an engine has. @param run on a connection of that engine, which may set nothing else */
export type Crew = {
  /**
   * Before a statement begins. One that nobody asks beside has two threads. Others have one each: two of a statement would wait for each other
   * for most of what a figure costs. Nothing changes while a statement runs: the engine would wait for its end.
   * @param isWaitedFor whether others wait for their turn
   */
  begin(run: (sql: string) => Promise<unknown>, isWaitedFor: boolean): Promise<void>
  /** After it, however it ended. */
  end(): void
}

const MOST = Math.min(2, availableParallelism())

export function createCrew(): Crew {
  let statements = 0
  let threads = 1
  return {
    async begin(run, isWaitedFor) {
      statements++
      const wanted = statements > 1 || isWaitedFor ? 1 : MOST
      if (statements > 1 || wanted === threads) return
      await run(`set threads = ${wanted}`)
      threads = wanted
    },
    end() {
      statements--
    },
  }
}
