import type { Engine } from '../engine.ts'
import type { Pace } from './pacing.ts'

/** The same engine, which rests after each statement as long as it took, while the desk works. */
export function resting(engine: Engine, pace: Pace): Engine {
  const rested = async <T>(work: () => Promise<T>): Promise<T> => {
    const begun = performance.now()
    const result = await work()
    await pace.rest(performance.now() - begun, 1)
    return result
  }
  return {
    ...engine,
    run: (sql) => rested(() => engine.run(sql)),
    rows: (sql) => rested(() => engine.rows(sql)),
    each: (sql, take) => rested(() => engine.each(sql, take)),
  }
}
