import type pg from 'pg'
import type { Ctx } from '../../../../context.ts'
import type { Pulse } from '../places/layout.ts'
import { type LakePlace, openLakePlace } from '../places/reading.ts'
import { folderStore, type LakeStore } from '../places/writing.ts'
import { findLake } from './knowing.ts'
import { type Known, type Pulled, pull } from './pulling.ts'

/** Whoever holds it writes; the database takes it away from a session that dies. */
const LOCK = `select pg_try_advisory_lock(hashtext('sidedesk'), hashtext('lake')) as held`
const HOLDS = `select exists (select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and classid = hashtext('sidedesk')::oid
  and objid = hashtext('lake')::oid and granted) as held`

export type LakeWriter = {
  /** @returns null while another process is the writer */
  pull(): Promise<Pulled | null>
  stop(): Promise<void>
}

type WriterCtx = Pick<Ctx, 'config' | 'clock' | 'log'> & { live: Pick<Ctx['live'], 'ring'> }

/**
 * The one who writes the lake. It is one at a time by a lock of the database, on the connection that it reads by: who loses the connection
 * loses both.
 */
export function createWriter(ctx: WriterCtx, pool: pg.Pool): LakeWriter {
  const { config, clock, log } = ctx
  const place: LakePlace = openLakePlace(config.lake)
  const store: LakeStore = folderStore(config.lake.dir)
  let client: pg.PoolClient | null = null
  let known: Known | null = null
  let broken = new Map<string, string>()

  const begin = async (): Promise<pg.PoolClient | null> => {
    if (client) return client
    const candidate = await pool.connect()
    try {
      const { rows } = await candidate.query<{ held: boolean }>(LOCK)
      if (rows[0]?.held !== true) {
        candidate.release()
        return null
      }
      const found = await findLake(place)
      if (!found.known) log.info({ why: found.why }, 'the lake is built')
      for (const [workspaceId, why] of found.broken)
        log.warn({ workspaceId, why }, 'the lake of a workspace is broken and is built anew')
      known = found.known
      broken = found.broken
      client = candidate
      return candidate
    } catch (error) {
      candidate.release(true)
      throw error
    }
  }

  const end = () => {
    client?.release(true) // and its lock with it
    client = null
    known = null
  }

  const tell = (state: Pulse['state'], words: string) =>
    store.pulse({ at: clock.now().toISOString(), commit: known?.root.commit ?? null, state, words })

  return {
    async pull() {
      const holder = await begin()
      if (!holder) return null
      const now = clock.now()
      try {
        const pulled = await pull({
          client: holder,
          store: { ...store, swapRoot: (root) => whileHeld(holder, () => store.swapRoot(root)) },
          limits: config.lake,
          now,
          known,
          broken: new Set(broken.keys()),
          async rebuilding(workspaces) {
            log.info({ workspaces }, 'the lake is made anew')
            await tell('rebuilding', `${workspaces} of the workspaces are read from the beginning.`)
          },
        })
        known = pulled.known
        broken = new Map()
        await store.pulse({ at: now.toISOString(), commit: known.root.commit, state: 'following', words: '' })
        for (const workspaceId of pulled.moved)
          ctx.live.ring(workspaceId, { kinds: new Set(['lake.moved']), tickets: new Set() })
        return pulled
      } catch (error) {
        end()
        await tell('failing', wordsOf(error)).catch(() => undefined) // the same trouble may be in the way of saying so; its age says it then
        throw error
      }
    },
    async stop() {
      end()
    },
  }
}

async function whileHeld(client: pg.PoolClient, work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ held: boolean }>(HOLDS)
  if (rows[0]?.held !== true) throw new Error('Another process writes the lake now')
  await work()
}

function wordsOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown }
  const message = error instanceof Error ? error.message : ''
  if (code === 'ENOSPC' || /no space left/i.test(message)) return 'The disk of the figures is full.'
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM')
    return 'The folder of the figures cannot be written to.'
  if (/out of memory/i.test(message)) return 'The figures need more memory than they may use (LAKE_MEMORY).'
  return 'New figures could not be made; it is tried again.'
}
