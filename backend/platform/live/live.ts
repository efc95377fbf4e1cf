import type { Response } from 'express'
import type pg from 'pg'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Moments } from '../moments.ts'
import { createBell } from './bell.ts'
import { createHub, type Shown } from './hub.ts'
import { type Ears, type Listening, listen } from './listening.ts'
import type { News } from './news.ts'
import type { Viewer } from './viewers.ts'

/** Pages that change while somebody looks: what is recorded anywhere is seen everywhere within a second. */
export type Live = {
  /** Tells every process that listens what a transaction has recorded. */
  ring(workspaceId: string, news: News): void
  /** Shows the parts of a page, and each anew whenever it changes. @throws DeskError rate_limited */
  watch(response: Response, viewer: Viewer, shown: readonly Shown[]): void
  readonly viewers: number
  /** Ends all that is shown; what comes later is served as before. */
  endAll(): Promise<void>
  /** Ends all, and tells what was not told yet. */
  close(): Promise<void>
}

/** @param url of the database; it is listened to from the first viewer on, so that a process without any holds no connection for it */
export function createLive(
  { url, pool, closing }: { url: string; pool: pg.Pool; closing: readonly string[] },
  { log, metrics, moments }: { log: Logger; metrics: Pick<Metrics, 'liveViewers'>; moments: Moments },
): Live {
  const bell = createBell(pool, log)
  const hub = createHub(log, { closing, counted: (viewers) => metrics.liveViewers.set(viewers) })
  /** What this process kept is from before the news: first it is forgotten, then parts are made anew. */
  const ears: Ears = {
    deaf: hub.deaf,
    heard(workspaceId, news) {
      moments.end(workspaceId)
      hub.heard(workspaceId, news)
    },
    hears() {
      moments.endAll()
      hub.hears()
    },
  }
  let listening: Listening | null = null
  const endAll = async () => {
    hub.stop()
    const last = listening
    listening = null
    await last?.stop()
  }
  return {
    ring: bell.ring,
    watch(response, viewer, shown) {
      hub.watch(response, viewer, shown)
      listening ??= listen(url, log, ears)
    },
    get viewers() {
      return hub.size
    },
    endAll,
    async close() {
      await endAll()
      await bell.stop()
    },
  }
}
