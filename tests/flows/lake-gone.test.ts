import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { findLake } from '../../backend/features/analytics/lake/keeping/knowing.ts'
import { createSweeper } from '../../backend/features/analytics/lake/keeping/sweeping.ts'
import { folderStore } from '../../backend/features/analytics/lake/places/writing.ts'
import { newId } from '../../backend/platform/ids.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { type LakeOfDesk, lakeOf, openTicket } from '../support/lake-desk.ts'
import { lakeRows } from '../support/lake-rows.ts'

const GRACE_MS = 5 * 60_000

let desk: Desk
let lake: LakeOfDesk
const other = newId()
beforeAll(async () => {
  desk = await startDesk()
  lake = lakeOf(desk)
  const sentAt = desk.clock.now().toISOString()
  await openTicket(desk, 1)
  await owned('insert into desk.workspace (workspace_id, name, created_at) values ($1, $2, $3)', [
    other,
    'Leaving',
    sentAt,
  ])
  await lake.pull()
})
afterAll(async () => {
  await lake.stop()
  await desk.stop()
})

async function owned(sql: string, values: unknown[]): Promise<void> {
  const owner = await ownerOf(desk.database)
  try {
    await owner.query('set session_replication_role = replica')
    await owner.query(sql, values)
  } finally {
    await owner.end()
  }
}

test('of a workspace that is erased no figure is told any more at once, and its folder is swept away, theirs alone', async () => {
  let now = 0
  const sweep = createSweeper(folderStore(lake.dir), () => now)
  const known = async () => {
    const { known } = await findLake(lake.place)
    if (!known) throw new Error('There is no lake')
    return known
  }
  expect(Object.keys((await known()).root.workspaces)).toContain(other)
  expect(existsSync(lake.place.folderOf(other))).toBe(true)

  await owned('delete from desk.workspace where workspace_id = $1', [other])
  await lake.pull()
  const after = await known()
  expect(Object.keys(after.root.workspaces)).toEqual([desk.workspaceId])
  expect(await sweep(after)).toBe(0) // who found a file a moment ago may still read it
  expect(existsSync(lake.place.folderOf(other))).toBe(true)

  now += GRACE_MS
  expect(await sweep(after)).toBeGreaterThan(0)
  expect(existsSync(lake.place.folderOf(other))).toBe(false)
  expect((await lakeRows(lake, desk.workspaceId)).ticket.map(({ number }) => number)).toEqual([1])
})
