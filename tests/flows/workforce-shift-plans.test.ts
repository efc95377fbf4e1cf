import { afterAll, beforeAll, test } from '@jest/globals'
import { plannedEndSql } from '../../backend/features/workforce/clocking/planned-end.ts'
import { adherenceFactsSql, offShiftSql, shiftsSql } from '../../backend/features/workforce/index.ts'
import { leavesSql } from '../../backend/features/workforce/shifts/leaves.ts'
import { basesSql } from '../../backend/features/workforce/shifts/writing-out.ts'
import { swapsSql } from '../../backend/features/workforce/swaps/listing.ts'
import { Prisma } from '../../backend/generated/prisma/client.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

let desk: Desk
let planner: Planner

const PEOPLE = 200
const DAYS = 120
const idOf = (n: string) => `('01890000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const someone = '01890000-0000-7000-8000-000000000007'
const DAY_MS = 86_400_000

/** Two hundred people with a shift a day for four months, a log-in and a break on each, some leave, and offers of a few shifts. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const now = `'${desk.clock.now().toISOString()}'::timestamptz`
  const today = `'${desk.clock.now().toISOString().slice(0, 10)}'::date`
  const days = `generate_series(1, ${PEOPLE}) p cross join generate_series(0, ${DAYS - 1}) d`
  const rowId = idOf('p * 1000 + d')
  await owner.query(
    `insert into desk.staff (workspace_id, id, email, email_key, name, role, state, created_at)
     select $1, ${idOf('p')}, p || '@fern.example', p || '@fern.example', 'Person ' || lpad(p::text, 3, '0'), 'agent', 'active', ${now}
     from generate_series(1, ${PEOPLE}) p`,
    [desk.workspaceId],
  )
  await owner.query(
    `insert into desk.shift (workspace_id, id, staff_id, day, starts_at, ends_at, source)
     select $1, ${rowId}, ${idOf('p')}, ${today} + 50 - d, (${today} + 50 - d) + interval '9 hours', (${today} + 50 - d) + interval '17 hours', 'template' from ${days}`,
    [desk.workspaceId],
  )
  await owner.query(
    `insert into desk.work_session (workspace_id, id, staff_id, started_at, ended_at, ended_how)
     select $1, ${rowId}, ${idOf('p')}, (${today} - 1 - d) + interval '9 hours', (${today} - 1 - d) + interval '17 hours', 'self' from ${days}`,
    [desk.workspaceId],
  )
  await owner.query(
    `insert into desk.work_break (workspace_id, id, session_id, staff_id, kind, label, allowed_minutes, started_at, ended_at)
     select $1, ${rowId}, ${rowId}, ${idOf('p')}, 'lunch', 'Lunch', 30, (${today} - 1 - d) + interval '12 hours', (${today} - 1 - d) + interval '12 hours 40 minutes' from ${days}`,
    [desk.workspaceId],
  )
  await owner.query(
    `insert into desk.leave (workspace_id, id, staff_id, from_day, to_day, kind, by_id, at)
     select $1, ${rowId}, ${idOf('p')}, ${today} + 60 - d, ${today} + 60 - d, 'holiday', ${idOf('p')}, ${now} from ${days} where d % 20 = 0`,
    [desk.workspaceId],
  )
  await owner.query(
    `insert into desk.shift_swap (workspace_id, id, shift_id, from_id, to_id, state, asked_at, ended_at)
     select $1, ${rowId}, ${rowId}, ${idOf('p')}, ${idOf(`p % ${PEOPLE} + 1`)}, case when d = 0 and p % 50 = 0 then 'asked' else 'approved' end, ${now},
       case when not (d = 0 and p % 50 = 0) then ${now} end from ${days} where d % 10 = 0`,
    [desk.workspaceId],
  )
  await owner.query(
    `insert into desk.shift_template (workspace_id, id, name, slots) select $1, ${idOf('p')}, 'Week ' || p, '[]' from generate_series(1, 50) p`,
    [desk.workspaceId],
  )
  await owner.query(
    `insert into desk.shift_template_use (workspace_id, id, staff_id, template_id, from_day, to_day)
     select $1, ${rowId}, ${idOf('p')}, ${idOf('p % 50 + 1')}, ${today} + 50 - d * 10, ${today} + 59 - d * 10 from ${days} where d < 40`,
    [desk.workspaceId],
  )
  await owner.query(
    `insert into desk.shift_exception (workspace_id, staff_id, day, source, by_id, at)
     select $1, ${idOf('p')}, ${today} + 50 - d, 'exception', ${idOf('p')}, ${now} from ${days} where d % 5 = 0`,
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

/** A row for each person, or a hundred at most. */
const SMALL = ['staff', 'shift_template', 'workforce_setting', 'workspace']

/** @param most rows that any step looks at */
const expectFew = async (sql: Prisma.Sql, most: number) =>
  expectIndexed(await planner.plan(sql), { indexes: [], most, small: SMALL })

const around = (before: number, after: number) => ({
  from: new Date(desk.clock.now().getTime() - before * DAY_MS),
  to: new Date(desk.clock.now().getTime() + after * DAY_MS),
})

test('shifts of a day, and of a person, are read by their time', async () => {
  await expectFew(shiftsSql(desk.workspaceId, { ...around(0, 1), limit: 51 }), 60)
  await expectFew(shiftsSql(desk.workspaceId, { ...around(0, 14), staffId: someone, limit: 51 }), 20)
  const after = { startsAt: desk.clock.now(), id: someone }
  await expectFew(shiftsSql(desk.workspaceId, { ...around(0, 30), after, limit: 51 }), 60)
})

test('when the shift of somebody at work ends is read from the shifts around it', async () => {
  const plannedEnd = plannedEndSql(desk.workspaceId, desk.clock.now())
  const sql = Prisma.sql`select ${plannedEnd} from desk.work_session w
    where w.workspace_id = ${desk.workspaceId}::uuid and w.staff_id = ${someone}::uuid and w.started_at > ${around(2, 0).from}`
  await expectFew(sql, 30)
})

test('who is off shift is read from a few shifts of each', async () => {
  const sql = Prisma.sql`select s.id from desk.staff s where s.workspace_id = ${desk.workspaceId}::uuid and ${offShiftSql(desk.clock.now())}`
  await expectFew(sql, PEOPLE * 3)
})

test('adherence of everybody for a month is one statement, which reads that month alone', async () => {
  const sql = adherenceFactsSql(desk.workspaceId, { ...around(31, 0), limit: 501 })
  await expectFew(sql, PEOPLE * 35)
  await expectFew(adherenceFactsSql(desk.workspaceId, { ...around(1, 0), staffId: someone, limit: 1 }), 20)
})

test('what a plan follows from is read for a few people by their indexes', async () => {
  const at = { workspaceId: desk.workspaceId, now: desk.clock.now() }
  const today = desk.clock.now().toISOString().slice(0, 10)
  await expectFew(basesSql(at, { staffIds: [someone], today }), 150)
})

test('leave and offers are read as many as are shown', async () => {
  const from = desk.clock.now().toISOString().slice(0, 10)
  await expectFew(leavesSql(desk.workspaceId, { from, limit: 51 }), 60)
  await expectFew(leavesSql(desk.workspaceId, { from, staffId: someone, limit: 51 }), 10)
  await expectFew(swapsSql(desk.workspaceId, { of: null, open: true, after: null, limit: 51 }), 60)
  await expectFew(swapsSql(desk.workspaceId, { of: null, open: false, after: null, limit: 51 }), 110)
  await expectFew(swapsSql(desk.workspaceId, { of: someone, open: false, after: null, limit: 51 }), 60)
})
