import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from '../log.ts'
import { CHANNEL } from './bell.ts'
import { type News, readNews } from './news.ts'

/** Who hears what the bell tells. */
export type Ears = {
  heard(workspaceId: string, news: News): void
  /** Nothing is heard from now on. */
  deaf(): void
  /** All is heard from now on; what was told before may have been missed. */
  hears(): void
}

export type Listening = { stop(): Promise<void> }

const CONNECT_MS = 5_000
/** A connection that a network forgot is found out within so long. */
const ASK_EVERY_MS = 20_000
const ANSWER_MS = 5_000
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 10_000

/**
 * Listens on one connection of its own, for the whole process, and makes a new one whenever it is lost.
 * @param url of the database itself: a pooler that hands connections round does not hand notifications on
 */
export function listen(url: string, log: Logger, ears: Ears): Listening {
  const ending = new AbortController()
  const ended = keepListening(url, log, ears, ending.signal)
  return {
    async stop() {
      ending.abort()
      await ended
    },
  }
}

async function keepListening(url: string, log: Logger, ears: Ears, signal: AbortSignal): Promise<void> {
  let wait = FIRST_PAUSE_MS
  while (!signal.aborted) {
    try {
      await listenOnce(url, signal, {
        ...ears,
        hears() {
          wait = FIRST_PAUSE_MS
          ears.hears()
        },
      })
    } catch (error) {
      log.warn({ err: error }, 'live pages hear nothing from the database; it is tried again')
    }
    if (signal.aborted) return
    ears.deaf()
    await pause(wait, null, { signal, ref: false }).catch(() => null) // told to stop meanwhile
    wait = Math.min(wait * 2, LONGEST_PAUSE_MS)
  }
}

/** @returns when it was told to stop. @throws the database's error when the connection is lost */
async function listenOnce(url: string, signal: AbortSignal, ears: Ears): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'sidedesk live', // an operator sees who it is
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
  })
  const lost = new AbortController()
  let problem: unknown = null
  const lose = (error?: unknown) => {
    problem ??= error ?? new Error('the connection ended')
    lost.abort()
  }
  client.on('error', lose)
  client.on('end', () => lose())
  client.on('notification', ({ payload = '' }) => {
    const told = readNews(payload)
    if (told) ears.heard(told.workspaceId, told.news)
  })
  const over = AbortSignal.any([signal, lost.signal])
  try {
    await client.connect()
    await client.query(`listen ${CHANNEL}`)
    ears.hears()
    while (!over.aborted) {
      await pause(ASK_EVERY_MS, null, { signal: over, ref: false }).catch(() => null) // over before its time
      if (!over.aborted) await client.query('select 1')
    }
    if (!signal.aborted) throw problem
  } finally {
    void client.end().catch(() => null) // it is lost, or nobody waits for it
  }
}
