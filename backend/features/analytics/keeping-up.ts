import type { Ctx } from '../../context.ts'
import { createPool } from '../../platform/database.ts'
import { openLake } from './lake.ts'
import { pullEvents } from './pulling.ts'

/** How far the figures may lie behind, in milliseconds. */
const EVERY_MS = 10_000

/**
 * Keeps the lake up to date until stopped; a pull that fails changes nothing and is tried again.
 * @param everyMs pause between two pulls
 */
export async function keepLake(ctx: Ctx, everyMs = EVERY_MS): Promise<{ stop(): Promise<void> }> {
  const lake = await openLake(ctx.config.lakeFile)
  const pool = createPool(ctx.config.db.lakeUrl, 2, ctx.log)
  const pull = async (): Promise<void> => {
    try {
      const events = await pullEvents(pool, lake)
      if (events > 0) ctx.log.debug({ events }, 'events came into the lake')
    } catch (error) {
      ctx.log.error({ err: error }, 'a pull into the lake failed')
    }
  }
  let running = pull()
  const timer = setInterval(() => {
    running = running.then(pull)
  }, everyMs)
  return {
    async stop() {
      clearInterval(timer)
      await running
      await pool.end()
      lake.close()
    },
  }
}
