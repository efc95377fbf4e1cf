import { prepareDatabase } from '../../backend/platform/db/prepare.ts'
import { renewLogins } from '../../workbench/postgres/logins.ts'
import { socketFolder } from '../../workbench/postgres/server.ts'
import { startTemporaryPostgres } from '../../workbench/postgres/temporary.ts'
import type { Postgres } from '../../workbench/postgres.ts'
import { makeGoogleKey } from './google-key.ts'
import { COMPILED } from './processes/compiled.ts'
import { makeScratch } from './scratch.ts'
import { announce, announceFolder, runOnServer, TEMPLATE, type TestServer } from './test-server.ts'

/** Row-level security binds an owner who is no superuser: with one, every function that looks across it is proved to be allowed to. */
const OWNER = { username: 'desk_owner', password: 'desk_owner' }

/** Long runs and runs of faults name their own files, and have large data or want a disk. */
const ORDINARY = '**/*.test.ts'

/** One PostgreSQL for the whole run, with one prepared database that each test file clones. */
export default async function globalSetup(
  _?: unknown,
  { testMatch }: { testMatch: string[] } = { testMatch: [ORDINARY] },
) {
  const folder = await makeScratch(testMatch.includes(ORDINARY))
  Object.assign(process.env, { NODE_ENV: 'production', ...COMPILED, TMPDIR: folder }) // as processes of ours run
  makeGoogleKey()
  const server: TestServer = { postgres: undefined, folder }
  Object.assign(globalThis, { sidedeskTestServer: server })
  announceFolder(server.folder)
  try {
    server.postgres = await startTemporaryPostgres()
    const url = throughSocket(server.postgres)
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

/** What PostgreSQL's clients read in an address: the folder of a socket goes before the name of the machine. */
function throughSocket({ url, dataDir }: Postgres): string {
  const address = new URL(url)
  const folder = socketFolder(dataDir)
  if (folder !== '') address.searchParams.set('host', folder)
  return address.href
}
