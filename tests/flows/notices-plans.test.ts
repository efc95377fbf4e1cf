import { afterAll, beforeAll, test } from '@jest/globals'
import { inReachSql } from '../../backend/features/notices/choosing/in-reach.ts'
import { standingSql } from '../../backend/features/notices/choosing/standing.ts'
import { dueSql, takeSql } from '../../backend/features/notices/digest/due.ts'
import { lastDigests } from '../../backend/features/notices/digest/times.ts'
import { Prisma } from '../../backend/generated/prisma/client.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

let desk: Desk
let planner: Planner

const PEOPLE = 300
const idOf = (n: string) => `('01890000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const someone = '01890000-0000-7000-8000-000000000007'

/** Three hundred people who were told two hundred things each, with shifts of half a year; for every tenth something waits. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const now = `'${desk.clock.now().toISOString()}'::timestamptz`
  const all = `generate_series(1, ${PEOPLE}) p cross join generate_series(1, 200) d`
  const given = (text: string) => owner.query(text, [desk.workspaceId])
  await given(
    `insert into desk.staff (workspace_id, id, email, email_key, name, role, state, created_at)
     select $1, ${idOf('p')}, p || '@fern.example', p || '@fern.example', 'Person ' || p, 'agent', 'active', ${now} from generate_series(1, ${PEOPLE}) p`,
  )
  await given(
    `insert into desk.notice (workspace_id, id, staff_id, kind, waits, content, created_at)
     select $1, ${idOf('p * 1000 + d')}, ${idOf('p')}, 'mention', case when p % 10 = 7 and d = 1 then 'digest' end,
       case when p % 10 = 7 and d = 1 then '\\x00'::bytea end, ${now} - make_interval(days => d) from ${all}`,
  )
  await given(
    `insert into desk.shift (workspace_id, id, staff_id, day, starts_at, ends_at, source)
     select $1, ${idOf('p * 1000 + d')}, ${idOf('p')}, (${now} - make_interval(days => d - 40))::date, ${now} - make_interval(days => d - 40, hours => 1),
       ${now} - make_interval(days => d - 40) + interval '6 hours', 'template' from ${all}`,
  )
  await given(
    `insert into desk.notice_choice (workspace_id, staff_id, kind, way)
     select $1, ${idOf('p')}, k, 'digest' from generate_series(1, ${PEOPLE}) p cross join unnest(array['mention', 'warning', 'breach', 'task']) k`,
  )
  await owner.query('vacuum analyze')
  await owner.end()
  planner = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await desk.stop()
})

/** Tables that hold a row for each person at most, or nothing in this desk. */
const SMALL = ['staff', 'notice_times', 'work_session', 'push_subscription', 'journal_entry']

/** @param most rows that any step looks at */
const expectFew = async (sql: Prisma.Sql, index: string, most: number) =>
  expectIndexed(await planner.plan(sql), { indexes: [index], most, small: SMALL })

const at = () => ({ workspaceId: desk.workspaceId, now: desk.clock.now() })
const digests = () => lastDigests('UTC', desk.clock.now())

test('for whom a digest is due is found among what waits, not among all that was ever told', async () => {
  await expectFew(dueSql(at(), digests()), 'notice_waits', 1_000)
})

test('the digest of one person reads what waits for them', async () => {
  await expectFew(takeSql(at(), someone, digests()), 'notice_waits', 100)
})

test('how those stand who are told is read by keys', async () => {
  await expectFew(
    standingSql(at(), 'mention', [{ staffId: someone, noticeId: crypto.randomUUID() }]),
    'notice_choice_pkey',
    400,
  )
})

test('who of three hundred people is on duty is read by their shifts', async () => {
  await expectFew(inReachSql(at(), Prisma.sql`s.role = 'agent'`), 'shift_workspace_id_staff_id_starts_at_idx', 1_000)
})
