import { prepareDatabase } from '../../backend/platform/db/prepare.ts'
import { renewLogins } from '../../workbench/postgres/logins.ts'
import { startTemporaryPostgres } from '../../workbench/postgres/temporary.ts'
import { makeGoogleKey } from './google-key.ts'
import { COMPILED } from './processes/compiled.ts'
import { announce, runOnServer, TEMPLATE, type TestServer } from './test-server.ts'

/** One PostgreSQL for the whole run, with one prepared database that each test file clones. */
export default async function globalSetup() {
  Object.assign(process.env, { NODE_ENV: 'production', ...COMPILED }) // as processes of ours run
  makeGoogleKey()
  const server: TestServer = { postgres: undefined }
  Object.assign(globalThis, { sidedeskTestServer: server })
  try {
    server.postgres = await startTemporaryPostgres()
    const { url } = server.postgres
    await runOnServer(url, `create database ${TEMPLATE}`)
    await prepareDatabase(Object.assign(new URL(url), { pathname: TEMPLATE }).href)
    announce({ url, logins: await renewLogins(url) })
  } catch (error) {
    announce({ problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }) // tests without a database still run
  }
}
