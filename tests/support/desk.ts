import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Logger, runOnce } from 'graphile-worker'
import { createContext, serve } from '../../backend/app.ts'
import { readConfig } from '../../backend/config.ts'
import { connectMailbox } from '../../backend/features/intake/index.ts'
import { addDomain, createWorkspace, inviteStaff } from '../../backend/features/settings/index.ts'
import { jobs } from '../../backend/features.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { systemClock, type TravellingClock, travellingClock } from '../../backend/platform/clock.ts'
import { createPool } from '../../backend/platform/database.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { ENDINGS_ARE_WRITTEN, taskList } from '../../backend/platform/worker.ts'
import { schedule } from '../../backend/schedule.ts'
import type { StaffRole } from '../../shared/roles.ts'
import { startGoogle } from '../../workbench/emulators/google/google.ts'
import type { ShopifySeed } from '../../workbench/emulators/shopify/seed.ts'
import type { ShopifyOptions } from '../../workbench/emulators/shopify/shopify.ts'
import { caller } from './caller.ts'
import { createDatabase } from './database.ts'
import { googleKey } from './google-key.ts'
import { robot } from './service-account.ts'

const DOMAIN = 'fern.example'
export const SUPPORT = `support@${DOMAIN}`
const ARCHIVE = `archive@${DOMAIN}`

/** One person of each role; nora and sam are agents. */
const STAFF = {
  nora: 'agent',
  sam: 'agent',
  vera: 'supervisor',
  frank: 'finance',
  ada: 'admin',
  rhea: 'read-only',
} as const satisfies Record<string, StaffRole>
export type StaffName = keyof typeof STAFF

const addressOf = (name: StaffName) => `${name}@${DOMAIN}`

export type Desk = Awaited<ReturnType<typeof startDesk>>

const PUBLIC_URL = 'https://desk.example'

/**
 * A whole desk: own database, Google emulation, API over HTTP, and a clock that travels. Jobs run when a test settles.
 * @param options.clockStands its time is only what was travelled: where seconds count, a slow machine counts no more of them
 * @param options.shopify starts an emulated Shopify with these shops, too; tests/support/shop.ts connects them
 */
export async function startDesk(
  options: { env?: Record<string, string>; shopify?: ShopifySeed; clockStands?: boolean } = {},
) {
  const clock = options.clockStands ? standingClock(untilNoon()) : travellingClock(untilNoon())
  const database = await createDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'sidedesk-desk-'))
  const google = await startGoogle({ clock, key: googleKey(), seed: googleSeed(), pushInterval: 0 })
  let url = ''
  const resolveUrl = (wanted: string) => wanted.replace(PUBLIC_URL, url)
  const shopify = options.shopify && (await startShop({ clock, seed: options.shopify, bucketSize: null, resolveUrl }))
  const config = readConfig({
    DATABASE_URL: database.url,
    JOBS_DATABASE_URL: database.jobsUrl,
    LAKE_DATABASE_URL: database.lakeUrl,
    DATABASE_CONNECTIONS: '6',
    DATABASE_WAIT: '100',
    PORT: '0',
    HOST: '127.0.0.1',
    PUBLIC_URL,
    MASTER_KEY: randomBytes(32).toString('base64'),
    OBJECTS_DIR: join(folder, 'objects'),
    LAKE_DIR: join(folder, 'lake'),
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
    ADDON_AUDIENCES: 'addon-client',
    GOOGLE_CERTS_URL: `${google.url}/oauth2/v3/certs`,
    GOOGLE_AUTH_URL: `${google.url}/o/oauth2/v2/auth`,
    GOOGLE_TOKEN_URL: `${google.url}/token`,
    GMAIL_URL: google.url,
    SHEETS_URL: google.url,
    GOOGLE_CLIENT_ID: 'desk-client',
    GOOGLE_CLIENT_SECRET: 'desk-secret',
    PUBSUB_TOPIC: 'projects/fern/topics/gmail',
    PUBSUB_ACCOUNT: 'push@fern.iam.example',
    PARSER_PROCESSES: '1',
    PUSH_PAUSE_MS: '0',
    GMAIL_UNITS_PER_MINUTE: '100000000',
    RATE_ACTOR: '1000',
    ...(shopify && { SHOPIFY_BASE_URL: shopify.url }),
    ...options.env,
  })
  const ctx = createContext(config, { process: 'test', clock })
  const api = await serve(ctx)
  url = `http://127.0.0.1:${api.port}`
  google.push.setTarget({
    url: `${url}/v1/gmail/push`,
    audience: config.pubSub.audience,
    serviceAccount: config.pubSub.account,
  })
  const pool = createPool(database.jobsUrl, 6, ctx.log)

  const { workspaceId } = await createWorkspace(ctx, 'Fern & Fig')
  await addDomain(ctx, workspaceId, DOMAIN)
  const staff = {} as Record<StaffName, { id: string; email: string; name: string }>
  for (const [name, role] of Object.entries(STAFF) as [StaffName, StaffRole][])
    staff[name] = await inviteStaff(
      ctx,
      workspaceId,
      { email: addressOf(name), name: capital(name), role },
      systemOf(workspaceId),
    )
  const mailbox = await connectMailbox(ctx, workspaceId, {
    address: SUPPORT,
    archiveAddress: ARCHIVE,
    access: 'refresh_token',
    secret: 'archive-refresh',
  })

  const tokenOf = (email: string, sub: string, hd: string) =>
    google.mintIdentityToken({ email, sub, hd, aud: 'addon-client' })

  const tasks = taskList(ctx, jobs, schedule)
  const due = { preset: ENDINGS_ARE_WRITTEN, pgPool: pool, taskList: tasks, noHandleSignals: true, logger: silent }

  let settled: Promise<unknown> = Promise.resolve()
  async function comeToRest(): Promise<void> {
    for (let round = 0; round < 20; round++) {
      await google.settle()
      await shopify?.settle()
      if (!(await hasDueJobs(pool))) return
      await runOnce(due)
    }
    throw new Error(`The desk does not come to rest: ${await dueJobs(pool)}`)
  }

  const desk = {
    ctx,
    url,
    clock,
    google,
    shopify,
    workspaceId,
    staff,
    mailbox,
    database,
    pool,
    /** Calls as one of the staff, with an identity token that Google would give. */
    as: (name: StaffName) => caller(url, () => tokenOf(addressOf(name), google.users.get(addressOf(name)).sub, DOMAIN)),
    /** Calls with any bearer, or none. */
    withToken: (token: string | null) => caller(url, () => token),
    tokenOf,
    /** Runs pushes, webhooks and due jobs until nothing is left to do. Who asks while another asks waits for its turn: a job that the other holds would be taken for one that never ends. */
    settle() {
      const turn = settled.then(comeToRest)
      settled = turn.catch(() => undefined)
      return turn
    },
    /** The record's rows of one type, oldest first. */
    events: (type: string) =>
      inWorkspace(
        ctx,
        workspaceId,
        (tx) => tx.event.findMany({ where: { workspaceId, type }, orderBy: { id: 'asc' } }),
        { reads: true },
      ),
    /** Moves the clock, and with it every job that waits. @param time `61 min`, `2 days` */
    async travel(time: string) {
      const ms = milliseconds(time)
      clock.travel(ms)
      await pool.query(`update graphile_worker._private_jobs set run_at = run_at - make_interval(secs => $1)`, [
        ms / 1_000,
      ])
    },
    async stop() {
      await api.stop()
      await ctx.close()
      await pool.end()
      await google.close()
      await shopify?.close()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
      for (const held of [tasks, desk]) letGo(held)
    },
  }
  await desk.settle()
  return desk
}

/**
 * Every desk begins at noon of its day, so that no story runs into midnight because of the hour at which it is told. TEST_DAY=2027-10-31
 * tells it on that day instead of today: the last of a month, a Sunday, the day on which clocks go back.
 */
function untilNoon(): number {
  const now = systemClock.now().getTime()
  const day = process.env['TEST_DAY']
  return (day ? Date.parse(`${day}T00:00:00Z`) : now - (now % UNITS.day)) + UNITS.day / 2 - now
}

function standingClock(offset: number): TravellingClock {
  const moving = travellingClock(offset)
  const began = moving.now().getTime() - moving.offset
  return {
    now: () => new Date(began + moving.offset),
    get offset() {
      return moving.offset
    },
    travel: moving.travel,
  }
}

/** The queue's library never forgets the tasks that it was given, and the file of a test keeps its desk: 12 MB for each. */
function letGo(held: object): void {
  for (const name of Object.keys(held)) Reflect.deleteProperty(held, name)
}

/** Most desks have no shop, and the emulator with its schema is slow to load. */
async function startShop(options: ShopifyOptions) {
  const { startShopify } = await import('../../workbench/emulators/shopify/shopify.ts')
  return startShopify(options)
}

const silent = new Logger(() => () => undefined)

async function hasDueJobs(pool: ReturnType<typeof createPool>): Promise<boolean> {
  const { rowCount } = await pool.query(
    'select from graphile_worker._private_jobs where run_at <= now() and attempts < max_attempts limit 1',
  )
  return rowCount !== 0
}

/** Names of the jobs that are due, and what went wrong with them: who reads that a desk does not rest asks for this next. */
async function dueJobs(pool: ReturnType<typeof createPool>): Promise<string> {
  const { rows } = await pool.query<{ said: string }>(
    `select distinct concat_ws(' ', task.identifier, job.last_error) as said
     from graphile_worker._private_jobs job join graphile_worker._private_tasks task on task.id = job.task_id
     where job.run_at <= now() and job.attempts < job.max_attempts`,
  )
  return rows.map(({ said }) => said).join('; ')
}

const googleSeed = () => ({
  domains: [DOMAIN],
  archive: ARCHIVE,
  users: [
    ...(Object.keys(STAFF) as StaffName[]).map((name) => ({
      email: addressOf(name),
      name: capital(name),
      sendAs: [{ email: SUPPORT, name: 'Fern & Fig', verified: true }],
    })),
    { email: ARCHIVE, name: 'Archive', sendAs: [{ email: SUPPORT, name: 'Fern & Fig', verified: true }] },
  ],
  groups: [
    {
      email: SUPPORT,
      name: 'Support',
      members: ['nora', 'sam', 'vera', 'ada'].map((name) => `${name}@${DOMAIN}`).concat(ARCHIVE),
    },
  ],
  serviceAccounts: [robot()],
  oauthClients: [
    { id: 'desk-client', secret: 'desk-secret', type: 'installed' as const, redirectUris: [`${PUBLIC_URL}/signed-in`] },
  ],
  refreshTokens: [
    { token: 'archive-refresh', email: ARCHIVE, clientId: 'desk-client', scopes: ['https://mail.google.com/'] },
  ],
})

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

const UNITS = {
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  hours: 3_600_000,
  day: 86_400_000,
  days: 86_400_000,
} as const

function milliseconds(time: string): number {
  const [count, unit] = time.split(' ')
  const each = Object.entries(UNITS).find(([name]) => name === unit)?.[1]
  if (!each) throw new Error(`Not a time: ${time}`)
  return Number(count) * each
}
