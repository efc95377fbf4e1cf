import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareDatabase } from '../../backend/platform/db/prepare.ts'
import { renewLogins } from '../../workbench/postgres/logins.ts'
import { startTemporaryPostgres } from '../../workbench/postgres/temporary.ts'
import { makeGoogleKey } from './google-key.ts'
import { COMPILED } from './processes/compiled.ts'
import { announce, announceFolder, runOnServer, TEMPLATE, type TestServer } from './test-server.ts'

/** Row-level security binds an owner who is no superuser: with one, every function that looks across it is proved to be allowed to. */
const OWNER = { username: 'desk_owner', password: 'desk_owner' }

/** One PostgreSQL for the whole run, with one prepared database that each test file clones. */
export default async function globalSetup() {
  Object.assign(process.env, { NODE_ENV: 'production', ...COMPILED }) // as processes of ours run
  makeGoogleKey()
  const server: TestServer = { postgres: undefined, folder: await mkdtemp(join(tmpdir(), 'sidedesk-run-')) }
  Object.assign(globalThis, { sidedeskTestServer: server })
  await chmod(server.folder, 0o711) // PostgreSQL's account has to pass through
  announceFolder(server.folder)
  try {
    server.postgres = await startTemporaryPostgres()
    const { url } = server.postgres
    await runOnServer(
      url,
      `create role ${OWNER.username} login createrole nosuperuser nobypassrls password '${OWNER.password}'`,
    )
    await runOnServer(url, `create database ${TEMPLATE} owner ${OWNER.username}`)
    await prepareDatabase(Object.assign(new URL(url), { pathname: TEMPLATE, ...OWNER }).href)
    announce({ url, logins: await renewLogins(url) })
  } catch (error) {
    announce({ problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }) // tests without a database still run
  }
}
