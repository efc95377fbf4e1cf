import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { actionSchedule } from '../../../backend/features/combined-actions/jobs.ts'
import { enqueue } from '../../../backend/platform/jobs.ts'
import { inWorkspace } from '../../../backend/platform/tenancy.ts'
import { supervised } from '../../faults/support/supervised.ts'
import { backendEnvironment } from '../processes/backend-environment.ts'
import { startShopDesk } from '../shop.ts'
import { until } from '../until.ts'
import { startTraps } from './traps.ts'

export type KilledDesk = Awaited<ReturnType<typeof startKilledDesk>>

/** A desk whose worker is a process of its own that reaches Shopify through traps, and is started again whenever it dies. */
export async function startKilledDesk() {
  const masterKey = randomBytes(32).toString('base64')
  const folder = mkdtempSync(join(tmpdir(), 'sidedesk-killed-'))
  const clockFile = join(folder, 'clock-offset')
  const desk = await startShopDesk({ connect: ['fern.myshopify.com'], env: { MASTER_KEY: masterKey } })
  let dying: Promise<void> | undefined
  let kills = 0
  const die = async () => {
    kills++
    await worker.end('SIGKILL')
    await desk.pool.query(GIVE_BACK)
    await worker.start()
  }
  const kill = () => {
    dying ??= die().finally(() => {
      dying = undefined
    })
    return dying
  }
  const traps = await startTraps(() => desk.shopify.url, kill)
  const { url: app, jobsUrl: jobs, lakeUrl: lake, ownerUrl: owner } = desk.database
  const worker = supervised('worker', {
    ...backendEnvironment({ urls: { owner, app, jobs, lake }, folder, googleUrl: desk.google.url, masterKey, port: 0 }),
    SHOPIFY_BASE_URL: traps.url,
    CLOCK_OFFSET_FILE: clockFile,
    PARSER_PROCESSES: '1',
    LOG_LEVEL: 'info',
  })
  const keepTime = () => writeFileSync(clockFile, String(desk.clock.offset))

  return {
    desk,
    traps,
    worker,
    kills: () => kills,
    /** Kills the worker now, and starts it again. */
    kill,
    async start() {
      keepTime()
      await worker.start()
    },
    /** Time passes for everybody, and what nobody works on is taken up. */
    async pass(time: string) {
      await desk.travel(time)
      keepTime()
      await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
        for (const { job } of actionSchedule) await enqueue(tx, job, {})
      })
    },
    /** Until no job is due or at work, or for some seconds: a call that hangs is not waited for. */
    async rest(seconds = 8) {
      const idle = async () => {
        await dying
        const { rows } = await desk.pool.query<{ count: number }>(DUE)
        return rows[0]?.count === 0
      }
      await until('the worker to rest', idle, { seconds, everyMs: 40 }).catch(() => undefined)
    },
    async stop() {
      await dying
      await worker.end('SIGKILL')
      await traps.close()
      await desk.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What other workers do some seconds after one has died (backend/platform/reaper.ts); here nobody waits for it. */
const GIVE_BACK = `select graphile_worker.force_unlock_workers(array_agg(distinct locked_by))
  from graphile_worker._private_jobs where locked_by is not null having count(*) > 0`

const DUE = `select count(*)::int as count from graphile_worker.jobs
  where run_at <= now() and (locked_at is not null or attempts < max_attempts)`
