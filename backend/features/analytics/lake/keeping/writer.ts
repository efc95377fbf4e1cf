import type pg from 'pg'
import type { Ctx } from '../../../../context.ts'
import { systemClock } from '../../../../platform/clock.ts'
import { engineMemory } from '../memory.ts'
import type { Pulse } from '../places/layout.ts'
import { lakeToWrite } from '../places/opening.ts'
import type { LakeStore } from '../places/writing.ts'
import { type Checker, createChecker } from './checking.ts'
import { compact, PartsBroken } from './compacting.ts'
import { findLake } from './knowing.ts'
import { createPace } from './pacing.ts'
import { type Known, type Pulled, pull } from './pulling.ts'
import { createSweeper } from './sweeping.ts'
import { sayAgain } from './telling.ts'
import { wordsOf } from './trouble.ts'

/** Whoever holds it writes; the database takes it away from a session that dies. */
const LOCK = `select pg_try_advisory_lock(hashtext('sidedesk'), hashtext('lake')) as held`
const HOLDS = `select exists (select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()
  and classid::bigint = hashtext('sidedesk')::bigint & 4294967295 and objid::bigint = hashtext('lake')::bigint & 4294967295 and granted) as held`

export type LakeWriter = {
  /** @returns null while another process is the writer */
  pull(): Promise<Pulled | null>
  /** Puts together and sweeps, a little at a time. @returns whether there may be more to do */
  tidy(): Promise<boolean>
  /** Ends what is under way, which fails then and changes nothing; nothing is begun any more. */
  breakOff(): void
  stop(): Promise<void>
}

type WriterCtx = Pick<Ctx, 'config' | 'clock' | 'log'> & { live: Pick<Ctx['live'], 'ring'>; metrics?: Ctx['metrics'] }

/** Milliseconds. */
const SWEEP_MS = 60_000

/** What a writer holds while it is the one. */
type Holding = { client: pg.PoolClient; known: Known | null; broken: Set<string>; check: Checker; sweepAt: number }

/**
 * The one who writes the lake. It is one at a time by a lock of the database, on the connection that it reads by: who loses the connection
 * loses both.
 */
export function createWriter(ctx: WriterCtx, pool: pg.Pool): LakeWriter {
  const { config, clock, log, metrics = null } = ctx
  const { place, store } = lakeToWrite(config.lake, metrics)
  const sweep = createSweeper(store, () => performance.now())
  const limits = { memory: engineMemory(config.lake.memory), threads: config.lake.threads }
  const pace = createPace()
  let holding: Holding | null = null
  let isBrokenOff = false

  const begin = async (): Promise<Holding | null> => {
    if (holding) return holding
    if (isBrokenOff) return null
    const client = await pool.connect()
    try {
      const { rows } = await client.query<{ held: boolean }>(LOCK)
      if (rows[0]?.held !== true) {
        client.release()
        return null
      }
      const { known, broken, why } = await findLake(place)
      if (isBrokenOff) throw new Error('Broken off before it began')
      if (!known) log.info({ why }, 'the lake is built')
      for (const [workspaceId, because] of broken)
        log.warn({ workspaceId, because }, 'the lake of a workspace is broken and is built anew')
      const check = createChecker(place, () => performance.now()) // all of it was looked at just now
      holding = { client, known, broken: new Set(broken.keys()), check, sweepAt: performance.now() + SWEEP_MS }
      return holding
    } catch (error) {
      client.release(true)
      throw error
    }
  }

  const end = () => {
    holding?.client.release(true) // and its lock with it
    holding = null
  }

  const tell = (state: Pulse['state'], words: string, at = clock.now()) =>
    store.pulse({
      at: at.toISOString(),
      told: systemClock.now().toISOString(),
      commit: holding?.known?.root.commit ?? null,
      state,
      words,
    })

  const failed = async (error: unknown) => {
    if (isBrokenOff) return
    await tell('failing', wordsOf(error)).catch(() => undefined) // the same trouble may be in the way of saying so; its age says it then
    end()
  }

  /** What somebody did to the files behind our back: told by readers, or found when it is looked for. */
  const lookAround = async (own: Holding): Promise<void> => {
    for (const workspaceId of await place.reported()) own.broken.add(workspaceId)
    if (!own.known) return
    const root = await place.root().catch(() => null)
    if (root?.commit !== own.known.root.commit) {
      const { known, broken } = await findLake(place)
      own.known = known
      own.broken = new Set(broken.keys())
      log.warn({ found: known !== null, broken: broken.size }, 'the lake is not as it was left')
    }
    for (const [workspaceId, because] of own.known ? await own.check(own.known.manifests) : []) {
      log.warn({ workspaceId, because }, 'the lake of a workspace is broken and is built anew')
      own.broken.add(workspaceId)
    }
  }

  const guarded = (client: pg.PoolClient): LakeStore => ({
    ...store,
    async swapRoot(root) {
      const { rows } = await client.query<{ held: boolean }>(HOLDS)
      if (rows[0]?.held !== true) throw new Error('Another process writes the lake now')
      await store.swapRoot(root)
    },
  })

  return {
    async pull() {
      const own = await begin()
      if (!own) return null
      const now = clock.now()
      let endTelling = async (): Promise<void> => undefined
      try {
        await lookAround(own)
        const pulled = await pull({
          client: own.client,
          store: guarded(own.client),
          limits,
          pace,
          now,
          known: own.known,
          broken: own.broken,
          async rebuilding(workspaces) {
            log.info({ workspaces }, 'workspaces of the lake are read from the beginning')
            const words = `${workspaces} of the workspaces ${workspaces === 1 ? 'is' : 'are'} read from the beginning.`
            endTelling = await sayAgain(() => tell('rebuilding', words), config.lake.everyMs)
          },
        }).finally(() => endTelling())
        for (const workspaceId of own.broken) await place.forgive(workspaceId)
        own.known = pulled.known
        own.broken = new Set()
        await tell('following', '', now)
        for (const workspaceId of pulled.moved)
          ctx.live.ring(workspaceId, { kinds: new Set(['lake.moved']), tickets: new Set() })
        return pulled
      } catch (error) {
        await failed(error)
        throw error
      }
    },
    async tidy() {
      const own = holding
      if (!own?.known) return false
      try {
        const known = await compact({ store: guarded(own.client), place, limits }, own.known)
        if (known) own.known = known
        if (performance.now() > own.sweepAt && (await sweep(own.known)) !== null)
          own.sweepAt = performance.now() + SWEEP_MS
        return known !== null
      } catch (error) {
        if (error instanceof PartsBroken) {
          own.broken.add(error.workspaceId)
          log.warn(
            { err: error, workspaceId: error.workspaceId },
            'the lake of a workspace is broken and is built anew',
          )
          return false
        }
        await failed(error)
        throw error
      }
    },
    breakOff() {
      isBrokenOff = true
      end()
    },
    async stop() {
      await holding?.client.query('select pg_advisory_unlock_all()').catch(() => undefined) // its end gives the lock back as well, a little later
      end()
    },
  }
}
