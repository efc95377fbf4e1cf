import { afterAll, expect, test } from '@jest/globals'
import { Logger, makeWorkerUtils, runOnce } from 'graphile-worker'
import pg from 'pg'
import { createDatabase, type TestDatabase } from '../support/database.ts'

const open: { close: () => Promise<unknown> }[] = []
afterAll(async () => {
  for (const thing of open.reverse()) await thing.close()
})

test('two databases of one run do not see each other', async () => {
  const [here, there] = await Promise.all([database(), database()])
  await (await connect(here.ownerUrl)).query('create table mark (id int)')
  const { rows } = await (await connect(there.ownerUrl)).query("select to_regclass('public.mark') as mark")
  expect(rows).toEqual([{ mark: null }])
})

test('the app, jobs and lake logins are ordinary roles in their own group', async () => {
  const { url, jobsUrl, lakeUrl } = await database()
  const seen = []
  for (const login of [url, jobsUrl, lakeUrl]) {
    const { rows } = await (await connect(login)).query(
      `select rolname, rolsuper or rolbypassrls or rolcreaterole as mighty, pg_has_role('desk_app', 'usage') app,
        pg_has_role('desk_jobs', 'usage') jobs, pg_has_role('desk_lake', 'usage') lake from pg_roles where rolname = current_user`,
    )
    seen.push(rows[0])
  }
  expect(seen).toEqual([
    { rolname: 'sidedesk_app', mighty: false, app: true, jobs: false, lake: false },
    { rolname: 'sidedesk_jobs', mighty: false, app: false, jobs: true, lake: false },
    { rolname: 'sidedesk_lake', mighty: false, app: false, jobs: false, lake: true },
  ])
})

test('the jobs login runs the job queue with no other right', async () => {
  const connectionString = (await database()).jobsUrl
  const logger = new Logger(() => () => {})
  const done: unknown[] = []
  const utils = await makeWorkerUtils({ connectionString, logger })
  await utils.addJob('greet', { name: 'Ada' })
  await runOnce({
    connectionString,
    logger,
    noHandleSignals: true,
    taskList: { greet: (payload) => void done.push(payload) },
  })
  await utils.release()
  expect(done).toEqual([{ name: 'Ada' }])
})

async function database(): Promise<TestDatabase> {
  const made = await createDatabase()
  open.push({ close: made.drop })
  return made
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  open.push({ close: () => client.end() })
  return client
}
