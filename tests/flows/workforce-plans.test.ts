import { afterAll, beforeAll, test } from '@jest/globals'
import { spansSql } from '../../backend/features/workforce/clocking/days.ts'
import { forgottenOf } from '../../backend/features/workforce/clocking/forgetting.ts'
import { onNowSql } from '../../backend/features/workforce/clocking/on-now.ts'
import { workSql } from '../../backend/features/workforce/clocking/standing.ts'
import { Prisma } from '../../backend/generated/prisma/client.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

let desk: Desk
let planner: Planner

const PEOPLE = 300
const DAYS = 200
const AT_WORK = 50
const idOf = (n: string) => `('01890000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const someone = '01890000-0000-7000-8000-000000000007'

/** Three hundred people who each worked two hundred days with a break; fifty are at work, every tenth of them on a break. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const now = `'${desk.clock.now().toISOString()}'::timestamptz`
  const days = `generate_series(1, ${PEOPLE}) p cross join generate_series(0, ${DAYS}) d`
  const sessionId = idOf('p * 1000 + d')
  const isOpen = `(d = 0 and p <= ${AT_WORK})`
  await owner.query(
    `insert into desk.staff (workspace_id, id, email, email_key, name, role, state, created_at)
     select $1, ${idOf('p')}, p || '@fern.example', p || '@fern.example', 'Person ' || p, 'agent', 'active', ${now} from generate_series(1, ${PEOPLE}) p`,
    [desk.workspaceId],
  )
  await owner.query(
    `insert into desk.work_session (workspace_id, id, staff_id, started_at, ended_at, ended_how)
     select $1, ${sessionId}, ${idOf('p')}, ${now} - make_interval(days => d, hours => 9), case when not ${isOpen} then ${now} - make_interval(days => d, hours => 1) end,
       case when not ${isOpen} then 'self' end from ${days}`,
    [desk.workspaceId],
  )
  await owner.query(
    `insert into desk.work_break (workspace_id, id, session_id, staff_id, kind, label, allowed_minutes, started_at, ended_at)
     select $1, ${idOf('p * 1000 + d + 10000000')}, ${sessionId}, ${idOf('p')}, 'lunch', 'Lunch', 30, ${now} - make_interval(days => d, hours => 5),
       case when not (${isOpen} and p % 10 = 0) then ${now} - make_interval(days => d, hours => 4) end from ${days}`,
    [desk.workspaceId],
  )
  await owner.query('vacuum analyze')
  await owner.end()
  planner = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await desk.stop()
})

/** @param most rows that any step looks at */
const expectFew = async (sql: Prisma.Sql, indexes: string[], most: number) =>
  expectIndexed(await planner.plan(sql), { indexes, most, small: ['staff', 'break_kind'] })

test('who is at work is read from open rows alone', async () => {
  await expectFew(onNowSql(desk.workspaceId), ['work_session_open'], PEOPLE + AT_WORK)
})

test('how somebody stands is their open row and their last one', async () => {
  const standing = Prisma.sql`select ${workSql(Prisma.sql`${desk.workspaceId}::uuid`, someone)} as work`
  await expectFew(standing, [], 5)
})

test('what was forgotten is looked for among open rows alone', async () => {
  const at = { workspaceId: desk.workspaceId, now: desk.clock.now() }
  await expectFew(forgottenOf(at, null), ['work_session_open'], PEOPLE + AT_WORK)
})

test('a person’s day reads the days around it, not their years', async () => {
  const to = desk.clock.now()
  const stretch = { from: new Date(to.getTime() - 86_400_000), to }
  await expectFew(spansSql({ workspaceId: desk.workspaceId, staffId: someone }, stretch), [], 10)
})
