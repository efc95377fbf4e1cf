import { ALIVE, type Alive } from './alive.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'

const EVERY_MS = 1_000

/** A pool is dead when so many looks in a row found it without a lock: one that lost its connection takes its lock again sooner. */
const LOOKS = 3

/** Pools of others that hold jobs but no lock. A job fetched before its pool's lock was taken is younger than this and is left alone. */
const SILENT = `
  select distinct locked_by as id from graphile_worker._private_jobs as job
  where locked_at < now() - interval '1 second' and locked_by <> all ($2::text[])
    and not exists (
      select from pg_locks where locktype = 'advisory' and granted and classid = $1 and objid = hashtext(job.locked_by)::bit(32)::bigint::oid
        and database = (select oid from pg_database where datname = current_database()))`

/**
 * Gives the jobs and queues of dead workers back, within seconds. It looks through the connection that says that it lives itself,
 * so that a worker cut off from the database takes nobody for dead.
 */
export function reap(alive: Alive, { log, metrics }: { log: Logger; metrics: Metrics }): { stop(): Promise<void> } {
  const silent = new Map<string, number>()
  let round: Promise<void> = Promise.resolve()
  const look = async (): Promise<void> => {
    const client = await alive.connection()
    const { rows } = await client.query<{ id: string }>(SILENT, [ALIVE, [...alive.own]])
    const found = rows.map(({ id }) => ({ id, looks: (silent.get(id) ?? 0) + 1 }))
    silent.clear()
    for (const { id, looks } of found) silent.set(id, looks)
    const dead = found.filter(({ looks }) => looks >= LOOKS).map(({ id }) => id)
    if (dead.length === 0) return
    await client.query('select graphile_worker.force_unlock_workers($1)', [dead])
    metrics.freedWorkers.inc(dead.length)
    log.warn({ workers: dead.length }, 'jobs of dead workers were given back')
  }
  const failed = (error: unknown) => {
    silent.clear()
    log.error({ err: error }, 'looking for dead workers failed')
  }
  const timer = setInterval(() => {
    round = round.then(look).catch(failed)
  }, EVERY_MS)
  return {
    async stop() {
      clearInterval(timer)
      await round
    },
  }
}
