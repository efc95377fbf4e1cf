import { writeFileSync } from 'node:fs'
import { startBackend } from '../../backend/app.ts'
import { readConfig } from '../../backend/config.ts'
import type { Google } from '../emulators/google/google.ts'
import type { Shopify } from '../emulators/shopify/shopify.ts'
import { SHOP } from '../scenarios/fern-and-fig.ts'
import { ADDON_CLIENT } from './addon.ts'
import type { Database } from './database.ts'
import { CLIENT_ID } from './google.ts'
import { freePort } from './port.ts'
import type { Secrets } from './secrets.ts'

/** The name that the add-on, Google and browsers would know the backend by. */
export const PUBLIC_URL = `https://desk.${SHOP.domain}`

const PUSH_ACCOUNT = `push@${SHOP.domain}`

interface Surroundings {
  database: Database
  google: Google
  shopify: Shopify
  secrets: Secrets
  clock: { now(): Date }
  file: (name: string) => string
  /** Preferred, so that links in mails still lead somewhere after the next start; 0 is any. */
  port: number
}

export type RunningBackend = Awaited<ReturnType<typeof startDesk>>

/** The real backend; that Google and Shopify are emulations it can only tell by the addresses. */
export async function startDesk({ database, google, shopify, secrets, clock, file, port }: Surroundings) {
  const taken = await freePort(port)
  const environment: Record<string, string> = {
    DATABASE_URL: database.appUrl,
    JOBS_DATABASE_URL: database.jobsUrl,
    LAKE_DATABASE_URL: database.lakeUrl,
    PORT: String(taken),
    HOST: '127.0.0.1',
    PUBLIC_URL,
    PAGES_URL: `http://127.0.0.1:${taken}`,
    MASTER_KEY: secrets.masterKey,
    OBJECTS_DIR: file('objects'),
    LAKE_DIR: file('lake'),
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
    ADDON_AUDIENCES: ADDON_CLIENT,
    WEBHOOKS_TO_PRIVATE: 'true',
    GOOGLE_CERTS_URL: `${google.url}/oauth2/v3/certs`,
    GOOGLE_AUTH_URL: `${google.url}/o/oauth2/v2/auth`,
    GOOGLE_TOKEN_URL: `${google.url}/token`,
    GMAIL_URL: google.url,
    SHEETS_URL: google.url,
    GMAIL_UNITS_PER_MINUTE: '100000000',
    GOOGLE_CLIENT_ID: CLIENT_ID,
    GOOGLE_CLIENT_SECRET: secrets.clientSecret,
    PUBSUB_TOPIC: 'projects/fern-and-fig/topics/gmail',
    PUBSUB_ACCOUNT: PUSH_ACCOUNT,
    SHOPIFY_BASE_URL: shopify.url,
  }
  writeForAdmin(file('demo.env'), environment)
  const config = readConfig(environment)
  const backend = await startBackend(config, { clock })
  const url = `http://127.0.0.1:${backend.port}`
  google.push.setTarget({ url: `${url}/v1/gmail/push`, audience: config.pubSub.audience, serviceAccount: PUSH_ACCOUNT })
  let ended: Promise<void> | undefined
  const stop = () => {
    ended ??= backend.stop()
    return ended
  }
  return { url, ctx: backend.ctx, stop }
}

/** So that `npm run admin` can be tried on the demo; only its owner may read it. */
function writeForAdmin(path: string, environment: Record<string, string>): void {
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o600 })
}
