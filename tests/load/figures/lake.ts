import { join } from 'node:path'
import pg from 'pg'
import { createWriter } from '../../../backend/features/analytics/index.ts'
import { createPool } from '../../../backend/platform/database.ts'
import { type Figure, figure } from '../figure.ts'
import { cpuOf } from '../measuring/processes.ts'
import type { Ground } from '../world/ground.ts'

const CHANGED = 10_000

/** How fast the lake is built from the beginning, and how soon a day's changes are in it. */
export async function measureLake({ ctx, database, folder, postmaster }: Ground): Promise<Figure[]> {
  const lake = { ...ctx.config.lake, dir: join(folder, 'lake') }
  const pool = createPool(database.urls.lake, 1, ctx.log, { statement_timeout: 0 })
  const writer = createWriter({ ...ctx, config: { ...ctx.config, lake } }, pool)
  const owner = new pg.Client({ connectionString: database.urls.owner })
  await owner.connect()
  const timed = async (): Promise<number> => {
    const started = performance.now()
    const pulled = await writer.pull()
    if (!pulled || pulled.moved.length === 0) throw new Error('The pull brought nothing')
    return (performance.now() - started) / 1_000
  }
  try {
    const rows = await sourceRows(owner)
    const [own, server] = [cpuOf(process.pid), cpuOf(postmaster)]
    const built = await timed()
    const spent = (now: number, before: number) => ((now - before) / 1_000).toFixed(1)
    const note = `${Math.round(rows / 1_000)} thousand rows in ${built.toFixed(1)} s; CPU ${spent(cpuOf(process.pid), own)} s here, ${spent(cpuOf(postmaster), server)} s in PostgreSQL`
    await change(owner)
    const changed = await timed()
    return [
      figure('lake built anew, source rows', rows / built, '/s', { aim: '>= 100,000', note }),
      figure(`${CHANGED.toLocaleString('en')} changed tickets in the figures after`, changed, 's', { aim: '< 5' }),
      figure('memory of the process that built it', process.memoryUsage().rss / 2 ** 20, 'MB', {
        note: `LAKE_MEMORY ${lake.memory}`,
      }),
    ]
  } finally {
    await owner.query("delete from desk.event where type = 'ticket.tagged' and payload = '{\"measured\": 1}'")
    await owner.end()
    await writer.stop()
    await pool.end()
  }
}

async function sourceRows(owner: pg.Client): Promise<number> {
  const counts = ['ticket', 'message', 'event', 'sla_clock', 'customer'].map(
    (table) => `(select count(*) from desk.${table})`,
  )
  const { rows } = await owner.query<{ rows: number }>(`select (${counts.join(' + ')})::float8 as rows`)
  return rows[0]?.rows ?? 0
}

/** Of the largest workspace, at random places. */
async function change(owner: pg.Client): Promise<void> {
  await owner.query(`
    insert into desk.event (workspace_id, recorded_at, id, occurred_at, type, actor_kind, ticket_id, payload)
    select workspace_id, now(), gen_random_uuid(), now(), 'ticket.tagged', 'system', id, '{"measured": 1}'
    from (select workspace_id, id from desk.ticket
      where workspace_id = (select workspace_id from desk.ticket group by 1 order by count(*) desc limit 1)
      order by md5(id::text) limit ${CHANGED}) t`)
}
