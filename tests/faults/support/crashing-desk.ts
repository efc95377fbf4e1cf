import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { createContext } from '../../../backend/app.ts'
import { readConfig } from '../../../backend/config.ts'
import { connectMailbox } from '../../../backend/features/intake/index.ts'
import { addDomain, createWorkspace, inviteStaff } from '../../../backend/features/settings/index.ts'
import { systemOf } from '../../../backend/platform/actor.ts'
import { startGoogle } from '../../../workbench/emulators/google/google.ts'
import { freePort } from '../../../workbench/postgres/port.ts'
import { caller } from '../../support/caller.ts'
import { backendEnvironment } from '../../support/processes/backend-environment.ts'
import { startDurableDatabase } from '../../support/processes/durable-database.ts'
import { until } from '../../support/until.ts'
import { powerOf } from './power.ts'
import { supervised } from './supervised.ts'

const DOMAIN = 'fern.example'
export const SUPPORT = `support@${DOMAIN}`
export const ARCHIVE = `archive@${DOMAIN}`
const NORA = `nora@${DOMAIN}`
const ADA = `ada@${DOMAIN}`

export type CrashingDesk = Awaited<ReturnType<typeof startCrashingDesk>>

/** Real milliseconds after which every process has looked at the clock. */
const CLOCK_MS = 100

type Env = Record<string, string>

/** A desk of real processes on a database that keeps its promises: each part can be killed and started again. */
export async function startCrashingDesk(env: Env | ((folder: string) => Env) = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'sidedesk-faults-'))
  chmodSync(folder, 0o711)
  const clockFile = join(folder, 'clock-offset')
  let told = 0
  let ahead = 0
  const google = await startGoogle({
    clock: { now: () => new Date(Date.now() + ahead) },
    seed: googleSeed,
    pushInterval: 20,
    pushBackoff: 50,
  })
  const database = await startDurableDatabase(join(folder, 'database'))
  const owner = new pg.Pool({ connectionString: database.urls.owner, max: 3 })
  owner.on('error', () => undefined) // it is killed on purpose
  const port = await freePort()
  const environment = {
    ...backendEnvironment({
      urls: database.urls,
      folder,
      googleUrl: google.url,
      masterKey: randomBytes(32).toString('base64'),
      port,
    }),
    PUBSUB_TOPIC: 'projects/fern/topics/gmail',
    PUBSUB_ACCOUNT: 'push@fern.iam.example',
    CLOCK_OFFSET_FILE: clockFile,
    ...(typeof env === 'function' ? env(folder) : env),
  }
  const api = supervised('api', environment)
  const worker = supervised('worker', environment)
  await worker.start()
  const { workspaceId, mailboxId } = await provision(environment)
  await api.start()
  const url = `http://127.0.0.1:${port}`
  const { pubSub } = readConfig(environment)
  google.push.setTarget({ url: `${url}/v1/gmail/push`, audience: pubSub.audience, serviceAccount: pubSub.account })
  const callerFor = (email: string) => {
    const identity = { email, sub: google.users.get(email).sub, hd: DOMAIN, aud: 'addon-client' }
    return caller(url, () => google.mintIdentityToken(identity))
  }
  return {
    google,
    api,
    worker,
    workspaceId,
    mailboxId,
    power: powerOf(database.postgres, join(folder, 'database')),
    /** An agent, and an admin. */
    nora: callerFor(NORA),
    ada: callerFor(ADA),
    environment,
    /** As the superuser, and as who reads for the lake. */
    database: { ownerUrl: database.urls.owner, lakeUrl: database.urls.lake },
    /** Where pushes go, and by whom they are signed. */
    push: { url: `${url}/v1/gmail/push`, ...pubSub },
    /** What only some troubles need: the folder of all, and files that the processes look at. */
    folder,
    /** Asks the database as its owner, who sees every workspace. */
    async rows<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
      return (await owner.query<T>(text, values)).rows
    },
    /** One connection of the owner, for holding a lock. */
    connect: () => owner.connect(),
    /** Moves the clock of all processes and then of Google, who would sign tokens for times to come, and jobs that wait with it. */
    async travel(minutes: number) {
      told += minutes * 60_000
      const travelled = told
      writeFileSync(clockFile, String(travelled))
      await pause(CLOCK_MS)
      ahead = travelled
      await owner.query('update graphile_worker._private_jobs set run_at = run_at - make_interval(mins => $1)', [
        minutes,
      ])
    },
    /** Has the worker do a job of the workspace now, and waits until it is done. */
    async perform(job: string, body: object = {}) {
      const payload = JSON.stringify({ workspaceId, body })
      const key = `performed:${job}`
      await owner.query('select graphile_worker.add_job($1, $2::json, job_key := $3)', [job, payload, key])
      await until(`${job} to be done`, async () => {
        const { rowCount } = await owner.query('select from graphile_worker.jobs where key = $1', [key])
        return rowCount === 0
      })
    },
    async stop() {
      await Promise.all([api.end('SIGKILL'), worker.end('SIGKILL')])
      await owner.end()
      await google.close()
      await this.power.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What an operator does once, with the backend's own acts. */
async function provision(environment: Record<string, string>): Promise<{ workspaceId: string; mailboxId: string }> {
  const ctx = createContext(readConfig({ ...environment, LOG_LEVEL: 'error' }), { process: 'set-up' })
  try {
    const { workspaceId } = await createWorkspace(ctx, 'Fern & Fig')
    await addDomain(ctx, workspaceId, DOMAIN)
    await inviteStaff(ctx, workspaceId, { email: NORA, name: 'Nora', role: 'agent' }, systemOf(workspaceId))
    await inviteStaff(ctx, workspaceId, { email: ADA, name: 'Ada', role: 'admin' }, systemOf(workspaceId))
    const { mailboxId } = await connectMailbox(ctx, workspaceId, {
      address: SUPPORT,
      archiveAddress: ARCHIVE,
      access: 'refresh_token',
      secret: 'archive-refresh',
    })
    return { workspaceId, mailboxId }
  } finally {
    await ctx.close()
  }
}

const sendAs = [{ email: SUPPORT, name: 'Fern & Fig', verified: true }]
const googleSeed = {
  domains: [DOMAIN],
  archive: ARCHIVE,
  users: [
    { email: NORA, name: 'Nora', sendAs },
    { email: ADA, name: 'Ada' },
    { email: ARCHIVE, name: 'Archive', sendAs },
  ],
  groups: [{ email: SUPPORT, name: 'Support', members: [NORA, ARCHIVE] }],
  oauthClients: [{ id: 'desk-client', secret: 'desk-secret', type: 'installed' as const }],
  refreshTokens: [
    { token: 'archive-refresh', email: ARCHIVE, clientId: 'desk-client', scopes: ['https://mail.google.com/'] },
  ],
}
