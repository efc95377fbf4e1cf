import { join } from 'node:path'
import type { DatabaseUrls } from './durable-database.ts'

export type Surroundings = {
  urls: DatabaseUrls
  /** For objects and the lake. */
  folder: string
  googleUrl: string
  /** 32 bytes as base64. */
  masterKey: string
  port: number
}

/** What a deployment puts into the environment; nothing but these reaches a backend process. */
export const backendEnvironment = ({ urls, folder, googleUrl, masterKey, port }: Surroundings) => ({
  DATABASE_URL: urls.app,
  JOBS_DATABASE_URL: urls.jobs,
  LAKE_DATABASE_URL: urls.lake,
  PORT: String(port),
  HOST: '127.0.0.1',
  PUBLIC_URL: 'https://desk.example',
  MASTER_KEY: masterKey,
  OBJECTS_DIR: join(folder, 'objects'),
  LAKE_DIR: join(folder, 'lake'),
  ADDON_AUDIENCES: 'addon-client',
  GOOGLE_CERTS_URL: `${googleUrl}/oauth2/v3/certs`,
  GOOGLE_TOKEN_URL: `${googleUrl}/token`,
  GMAIL_URL: googleUrl,
  SHEETS_URL: googleUrl,
  GMAIL_UNITS_PER_MINUTE: '100000000',
  GOOGLE_CLIENT_ID: 'desk-client',
  GOOGLE_CLIENT_SECRET: 'desk-secret',
  RATE_ACTOR: '100000',
  RATE_WORKSPACE: '100000',
  RATE_ADDRESS: '100000',
})
