import type { Ctx } from '../../../../context.ts'
import { createPool } from '../../../../platform/database.ts'
import { createWriter } from './writer.ts'

/**
 * Keeps the lake up to date until stopped; a pull that fails changes nothing and is tried again. While another process does it, this one
 * waits to take over.
 * @param everyMs pause between two pulls
 */
export async function keepLake(ctx: Ctx, everyMs = ctx.config.lake.everyMs): Promise<{ stop(): Promise<void> }> {
  const pool = createPool(ctx.config.db.lakeUrl, 1, ctx.log, { idleTimeoutMillis: 0, statement_timeout: 0 })
  const writer = createWriter(ctx, pool)
  let timer: NodeJS.Timeout | null = null
  let stopped = false
  let running: Promise<void> = Promise.resolve()
  const pull = async (): Promise<void> => {
    try {
      const pulled = await writer.pull()
      if (pulled && pulled.moved.length > 0)
        ctx.log.debug({ workspaces: pulled.moved.length, rebuilt: pulled.rebuilt }, 'the lake moved on')
      if (pulled) await writer.tidy()
    } catch (error) {
      ctx.log.error({ err: error }, 'a pull into the lake failed')
    }
    if (!stopped) timer = setTimeout(again, everyMs)
  }
  const again = () => {
    running = pull()
  }
  again()
  return {
    async stop() {
      stopped = true
      if (timer) clearTimeout(timer)
      await running
      await writer.stop()
      await pool.end()
    },
  }
}
