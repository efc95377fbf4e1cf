import { setTimeout as sleep } from 'node:timers/promises'
import type { Ctx } from '../../../../context.ts'
import { createPool } from '../../../../platform/database.ts'
import { createWriter } from './writer.ts'

/** A stop waits so long for a pull to end by itself, and breaks it off then: one that reads all of a desk takes minutes. Milliseconds. */
const PATIENCE_MS = 5_000

/**
 * Keeps the lake up to date until stopped; a pull that fails changes nothing and is tried again. While another process does it, this one
 * waits to take over.
 * @param everyMs pause between two pulls
 */
export async function keepLake(
  ctx: Ctx,
  { everyMs = ctx.config.lake.everyMs, patienceMs = PATIENCE_MS }: { everyMs?: number; patienceMs?: number } = {},
): Promise<{ stop(): Promise<void> }> {
  const pool = createPool(ctx.config.db.lakeUrl, 1, ctx.log, { idleTimeoutMillis: 0, statement_timeout: 0 })
  const writer = createWriter(ctx, pool)
  let timer: NodeJS.Timeout | null = null
  let stopped = false
  let isBrokenOff = false
  let running: Promise<void> = Promise.resolve()
  const pull = async (): Promise<void> => {
    try {
      const pulled = await writer.pull()
      if (pulled && pulled.moved.length > 0)
        ctx.log.debug({ workspaces: pulled.moved.length, rebuilt: pulled.rebuilt }, 'the lake moved on')
      if (pulled) await writer.tidy()
    } catch (error) {
      if (isBrokenOff) ctx.log.info('a pull into the lake was broken off; the next one does all of it')
      else ctx.log.error({ err: error }, 'a pull into the lake failed')
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
      const patience = new AbortController()
      const isOver = sleep(patienceMs, true, { signal: patience.signal }).catch(() => false)
      if (await Promise.race([running.then(() => false), isOver])) {
        isBrokenOff = true
        writer.breakOff()
      }
      patience.abort()
      await running
      await writer.stop()
      await pool.end()
    },
  }
}
