import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { filterChoices, tagsSql } from '../../backend/features/analytics/reports/choices.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { indexesIn, rowsRead } from '../support/plans/nodes.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

let desk: Desk
let planner: Planner

const TAGS = 30

/** Thirty tags on sixty thousand open tickets. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  await owner.query('set session_replication_role = replica')
  await owner.query(
    `insert into desk.ticket_tag (workspace_id, tag, due_at, queue_at, ticket_id)
     select $1, 'tag-' || lpad((n % ${TAGS})::text, 2, '0'), now(), now(), gen_random_uuid() from generate_series(1, 60000) n`,
    [desk.workspaceId],
  )
  await owner.query('vacuum (analyze) desk.ticket_tag')
  await owner.end()
  planner = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await desk.stop()
})

test('the tags to filter by are found without reading the tickets that have them', async () => {
  const nodes = await planner.plan(tagsSql(desk.workspaceId))
  expect(rowsRead(nodes, 'ticket_tag')).toBeLessThanOrEqual(TAGS + 2)
  expect(indexesIn(nodes)).toContain('ticket_tag_pkey')
})

test('there are a hundred values of each at most, and what has none can be asked for', async () => {
  const choices = await filterChoices(desk.ctx, desk.workspaceId)
  const tags = choices.find(({ dimension }) => dimension === 'tag')?.choices ?? []
  expect(tags.map(({ label }) => label).slice(0, 2)).toEqual(['tag-00', 'tag-01'])
  expect(tags).toHaveLength(TAGS + 1)
  expect(tags.at(-1)).toEqual({ value: 'none', label: 'No tag' })
  expect(choices.map(({ choices: { length } }) => length).every((length) => length > 0 && length <= 100)).toBe(true)
})
