import { createWriter } from '../../backend/features/analytics/index.ts'
import { type LakePlace, openLakePlace } from '../../backend/features/analytics/lake/places/reading.ts'
import { createPool } from '../../backend/platform/database.ts'
import type { Desk } from './desk.ts'

export type LakeOfDesk = {
  /** Lets the desk come to rest, and brings all of it into the lake. */
  pull(): Promise<void>
  dir: string
  place: LakePlace
  stop(): Promise<void>
}

/** The writer of a desk's lake, which does what it is told when it is told. */
export function lakeOf(desk: Pick<Desk, 'ctx' | 'database' | 'settle'>): LakeOfDesk {
  const pool = createPool(desk.database.lakeUrl, 1, desk.ctx.log)
  const writer = createWriter(desk.ctx, pool)
  return {
    async pull() {
      await desk.settle()
      if (!(await writer.pull())) throw new Error('Another writer has the lake')
    },
    dir: desk.ctx.config.lake.dir,
    place: openLakePlace(desk.ctx.config.lake),
    async stop() {
      await writer.stop()
      if (!pool.ending) await pool.end()
    },
  }
}
