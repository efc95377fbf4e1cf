import { EventEmitter } from 'node:events'
import type { WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import type { Logger } from './log.ts'

/** First key of the advisory locks that say "this worker pool is alive". */
export const ALIVE = 0x51de

/** Shared, so that a session that the server has not yet given up cannot keep its successor waiting. */
const LOCK = 'select pg_advisory_lock_shared($1, hashtext($2))'

export type Alive = {
  /** Hand it to graphile-worker: a pool is locked as soon as it exists. */
  events: WorkerEvents
  /** The worker pools of this process, which it never takes for dead. */
  own: ReadonlySet<string>
  /**
   * The connection that holds the locks of all own pools, made anew when it was lost.
   * @throws the database's error while it cannot be reached
   */
  connection(): Promise<pg.PoolClient>
  /** The worker pools so far have ended: what they still hold is anybody's. */
  forget(): void
  release(): Promise<void>
}

type Held = { client: pg.PoolClient; locked: Set<string> }

/**
 * Holds one session lock per worker pool of this process. A killed process loses its connection, and with it the lock:
 * that is how the reaper knows, without any heartbeat to wait for. (The queue itself waits four hours: facts/stack.md section 3.)
 * A process that lives on takes its locks again on a new connection, at once and then whenever it is asked for.
 */
export async function keepAlive(pool: pg.Pool, log: Logger): Promise<Alive> {
  const own = new Set<string>()
  const events: WorkerEvents = new EventEmitter()
  let held: Held | null = null
  let ending = false
  let turn: Promise<unknown> = Promise.resolve()

  const open = async (): Promise<Held> => {
    const client = await pool.connect()
    client.once('end', () => {
      if (held?.client !== client) return
      held = null
      client.release(true)
      renew()
    })
    held = { client, locked: new Set() }
    return held
  }
  const hold = async (): Promise<pg.PoolClient> => {
    if (ending) throw new Error('This worker has ended')
    const { client, locked } = held ?? (await open())
    for (const id of own) {
      if (locked.has(id)) continue
      await client.query(LOCK, [ALIVE, id])
      locked.add(id)
    }
    return client
  }
  const connection = (): Promise<pg.PoolClient> => {
    const next = turn.then(hold, hold)
    turn = next
    return next
  }
  const renew = () => {
    if (!ending)
      connection().catch((error: unknown) =>
        log.warn({ err: error }, 'a worker cannot say that it lives; it tries again'),
      )
  }

  events.on('pool:create', ({ workerPool }) => {
    own.add(workerPool.id)
    renew()
  })
  await connection()
  return {
    events,
    own,
    connection,
    forget() {
      own.clear()
      const last = held
      held = null
      last?.client.release(true) // closing the session gives its locks back
    },
    async release() {
      ending = true
      await turn.catch(() => null) // whoever asked was told
      const last = held
      held = null
      last?.client.release(true) // closing the session gives its locks back
    },
  }
}
