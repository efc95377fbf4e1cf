import { rmSync } from 'node:fs'
import type { Ctx } from '../../../backend/context.ts'
import { createWriter } from '../../../backend/features/analytics/index.ts'
import { createPool } from '../../../backend/platform/database.ts'

/** Brings the figures to where the year ends, while no desk works beside: whoever opens a page finds every chart with its story. */
export async function tellTheFigures({ config, clock, log }: Pick<Ctx, 'config' | 'clock' | 'log'>): Promise<void> {
  rmSync(config.lake.dir, { recursive: true, force: true }) // of a desk that knew nothing yet: all is read from the beginning, which is faster than as changes
  const pool = createPool(config.db.lakeUrl, 1, log, { idleTimeoutMillis: 0, statement_timeout: 0 })
  const writer = createWriter({ config, clock, log, live: { ring() {} } }, pool)
  try {
    if ((await writer.pull()) === null) throw new Error('Another process keeps the figures of this desk')
  } finally {
    await writer.stop()
    await pool.end()
  }
}
