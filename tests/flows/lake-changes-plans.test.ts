import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { changesSince } from '../../backend/features/analytics/lake/keeping/changes.ts'
import { look } from '../../backend/features/analytics/lake/keeping/looking.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { flat, type PlanNode } from '../support/plans/nodes.ts'

const MANY = 30_000

let desk: Desk
let reader: pg.Client
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const id = `('01890000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid`
  await owner.query('set session_replication_role = replica')
  await owner.query(
    `insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, queue_at, last_message_at, created_at)
     select $1, ${id}, n, 'Jar', ${id}, 'closed', '9999-12-31', now(), now() from generate_series(1, ${MANY}) n`,
    [desk.workspaceId],
  )
  await owner.query('vacuum (analyze) desk.ticket')
  await owner.end()
  reader = new pg.Client({ connectionString: desk.database.lakeUrl })
  await reader.connect()
})
afterAll(async () => {
  await reader.end()
  await desk.stop()
})

test('what was noted of tickets is told with where they went, without looking through all tickets', async () => {
  const { snapshot } = await look(reader)
  let asked = ''
  const client = Object.assign(Object.create(reader), {
    async query(sql: string) {
      asked = sql
      return { rows: [] }
    },
  }) as pg.Client
  await changesSince(client, snapshot)
  const { rows } = await reader.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(`explain (format json) ${asked}`, [
    snapshot,
    ['workspace.created'],
  ])
  const nodes = flat(rows[0]?.['QUERY PLAN'][0].Plan as PlanNode)
  const ofTickets = nodes.filter((node) => node['Relation Name'] === 'ticket')
  expect(ofTickets.map((node) => node['Node Type'])).toEqual(['Index Scan', 'Index Scan'])
  await reader.query('rollback')
})
