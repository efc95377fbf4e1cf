import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { voidTicket } from '../../shared/tickets.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { type LakeOfDesk, lakeOf, openTicket } from '../support/lake-desk.ts'
import { lakeRows } from '../support/lake-rows.ts'

const RUNBOOK = new URL('../../docs/runbooks/scale-out.md', import.meta.url)

let desk: Desk
let lake: LakeOfDesk
beforeAll(async () => {
  desk = await startDesk()
  lake = lakeOf(desk)
})
afterAll(async () => {
  await lake.stop()
  await desk.stop()
})

let mails = 0
const opened = () => openTicket(desk, ++mails)

const statementsOf = async (): Promise<string[]> =>
  [...(await readFile(RUNBOOK, 'utf8')).matchAll(/```sql\n(.*?)```/gs)].map(([, sql = '']) => sql)

test('what the runbook says for other engines: its view over base and deltas has the rows that the desk reads, and its question runs on it', async () => {
  const first = await opened()
  await opened()
  await lake.pull()
  await opened()
  await lake.pull()
  await desk.as('nora').call(voidTicket, {
    params: { ticketId: first.id },
    body: { reason: 'not_a_ticket', version: first.version },
  })
  await lake.pull()
  const { ticket } = await lakeRows(lake, desk.workspaceId)
  const root = await lake.place.root()
  const { tables } = await lake.place.manifest(desk.workspaceId, root?.workspaces[desk.workspaceId] ?? '')
  const folder = lake.place.folderOf(desk.workspaceId)
  const list = (parts: readonly { file: string }[] = []) =>
    parts.map(({ file }) => `'${join(folder, file)}'`).join(', ')
  expect(tables.ticket?.deltas.length).toBeGreaterThan(1)
  expect(tables.ticket?.base.length).toBeGreaterThan(0)

  const view = (await statementsOf()).find((sql) => sql.startsWith('CREATE VIEW ticket AS\nSELECT b.*')) ?? ''
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(
    view
      .replaceAll('[BASE]', `[${list(tables.ticket?.base)}]`)
      .replaceAll('[DELTAS]', `[${list(tables.ticket?.deltas)}]`),
  )
  const rows = await connection.runAndReadAll('select id from ticket order by id')
  expect(rows.getRowObjectsJson().map(({ id }) => id)).toEqual(ticket.map(({ id }) => id))
  const asked = (await statementsOf()).flatMap((sql) => /^SELECT date_trunc.*;$/m.exec(sql) ?? [])
  expect(asked).toHaveLength(1)
  const weeks = await connection.runAndReadAll((asked[0] ?? '').replace('figures.ticket', 'ticket'))
  const counted = weeks.getRowObjectsJson().reduce((sum, row) => sum + Number(row['count_star()']), 0)
  expect(counted).toBe(ticket.filter(({ spam }) => !spam).length)
  connection.closeSync()
  instance.closeSync()
})
