import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createContext, serve, work } from '../../backend/app.ts'
import { readConfig } from '../../backend/config.ts'
import { systemClock } from '../../backend/platform/clock.ts'
import { startGoogle } from '../../workbench/emulators/google/google.ts'
import type { GoogleSeed } from '../../workbench/emulators/google/seed.ts'
import { adminWith } from './admin.ts'
import { createDatabase } from './database.ts'

export const SUPPORT = 'support@honeyhill.example'
export const ARCHIVE = 'archive@honeyhill.example'
export const NORA = 'nora@honeyhill.example'
export const OMAR = 'omar@honeyhill.example'
export const CLEO = 'cleo@mail.example'

const robot = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ROBOT = 'desk@honeyhill.iam.gserviceaccount.com'

export type Ground = Awaited<ReturnType<typeof startGround>>

/** A Google Workspace and a prepared, empty database: what an admin starts from. Nothing of ours runs until it is started. */
export async function startGround(seed: Partial<GoogleSeed> = {}, more: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'sidedesk-ground-'))
  const database = await createDatabase()
  const google = await startGoogle({ clock: systemClock, seed: { ...workspaceOf(), ...seed }, pushInterval: 0 })
  const env = {
    DATABASE_URL: database.url,
    JOBS_DATABASE_URL: database.jobsUrl,
    LAKE_DATABASE_URL: database.lakeUrl,
    DATABASE_CONNECTIONS: '4',
    DATABASE_WAIT: '100',
    PORT: '0',
    HOST: '127.0.0.1',
    PUBLIC_URL: 'https://desk.example',
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
    GMAIL_UNITS_PER_MINUTE: '100000000',
    GOOGLE_CLIENT_ID: 'desk-client',
    GOOGLE_CLIENT_SECRET: 'desk-secret',
    PARSER_PROCESSES: '1',
    ...more,
  }
  const admin = adminWith(env)
  const robotFile = join(folder, 'robot.json')
  writeFileSync(robotFile, robotKey())
  const ctx = createContext(readConfig(env), { process: 'test' })
  const running = new Set<{ stop(): Promise<void> }>()
  const stopping = (one: { stop(): Promise<void> }) => {
    running.add(one)
    return {
      async stop() {
        if (running.delete(one)) await one.stop()
      },
    }
  }

  return {
    google,
    database,
    ctx,
    admin,
    env,
    robotFile,
    /** Takes jobs from now on, as the worker process does. */
    startWorker: async () => stopping(await work(ctx)),
    async startApi() {
      const api = await serve(ctx)
      stopping(api)
      return `http://127.0.0.1:${api.port}`
    },
    async stop() {
      for (const one of running) await one.stop()
      await ctx.close()
      await google.close()
      await database.drop()
      admin.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A workspace with its domain and one agent, made on the command line. */
export async function foundWorkspace({ admin }: Ground): Promise<void> {
  await admin.run('workspace', 'create', 'Honey Hill')
  await admin.run('domain', 'add', 'honeyhill.example')
  await admin.run('staff', 'invite', NORA)
}

/** Chooses an account on the consent page that the command printed. */
export const consent = (url: string, account: string): Promise<Response> => fetch(`${url}&account=${account}`)

const robotKey = () =>
  JSON.stringify({
    type: 'service_account',
    client_email: ROBOT,
    client_id: '42',
    private_key_id: 'k1',
    private_key: robot.privateKey.export({ type: 'pkcs8', format: 'pem' }),
  })

const workspaceOf = (): GoogleSeed => ({
  domains: ['honeyhill.example'],
  archive: ARCHIVE,
  users: [
    { email: NORA, name: 'Nora Lind', sendAs: [{ email: SUPPORT, name: 'Honey Hill' }] },
    { email: OMAR, name: 'Omar Sy' },
    { email: ARCHIVE, name: 'Archive', sendAs: [{ email: SUPPORT, name: 'Honey Hill' }] },
  ],
  groups: [{ email: SUPPORT, name: 'Support', members: [NORA, ARCHIVE] }],
  people: [{ email: CLEO, name: 'Cleo Marsh' }],
  oauthClients: [{ id: 'desk-client', secret: 'desk-secret', type: 'installed' }],
  refreshTokens: [],
  serviceAccounts: [
    {
      email: ROBOT,
      clientId: '42',
      publicKey: robot.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      scopes: ['https://www.googleapis.com/auth/gmail.modify', 'https://www.googleapis.com/auth/gmail.settings.basic'],
    },
  ],
})
