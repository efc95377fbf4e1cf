import type pg from 'pg'
import type { Logger } from '../log.ts'
import { bothNews, type News, NO_NEWS, packNews } from './news.ts'

/** Tells all processes what was recorded, after it was committed. */
export type Bell = {
  /** Costs the caller nothing: what comes together is told together, a moment later. */
  ring(workspaceId: string, news: News): void
  /** Tells what waits. */
  stop(): Promise<void>
}

/** The channel of PostgreSQL that pages listen to. */
export const CHANNEL = 'desk'

/** What is recorded within so many milliseconds is told at once, whatever the load. */
const TOGETHER_MS = 50

/**
 * A notification makes its transaction wait at its commit for every other one that notifies, also while the disk is written. So it is
 * sent in a transaction of its own that holds nothing else and waits for no disk: a notification need not outlive a crash.
 */
const RING = {
  name: 'ring',
  text: `select set_config('synchronous_commit', 'off', true), pg_notify('${CHANNEL}', news) from unnest($1::text[]) as news`,
}

export function createBell(pool: pg.Pool, log: Logger): Bell {
  const waiting = new Map<string, News>()
  let timer: NodeJS.Timeout | null = null
  let telling: Promise<void> = Promise.resolve()

  const tell = async () => {
    timer = null
    const texts = [...waiting].map(([workspaceId, news]) => packNews(workspaceId, news))
    waiting.clear()
    try {
      await pool.query({ ...RING, values: [texts] })
    } catch (error) {
      log.warn({ err: error }, 'live pages were not told what changed; they look by themselves soon')
    }
  }
  return {
    ring(workspaceId, news) {
      if (news.kinds.size === 0) return
      waiting.set(workspaceId, bothNews(waiting.get(workspaceId) ?? NO_NEWS, news))
      timer ??= setTimeout(() => {
        telling = tell()
      }, TOGETHER_MS).unref()
    },
    async stop() {
      if (timer) clearTimeout(timer)
      await telling
      if (waiting.size > 0) await tell()
    },
  }
}
