import type pg from 'pg'
import { makeDisplay } from '../../../backend/features/wallboard/displays/displays.ts'
import type { StaffActor } from '../../../backend/platform/actor.ts'
import type { Ground } from './ground.ts'

/** A day of a large team: who is there with all that they have, and what was done so far. */
export type Floor = {
  /** Where a screen finds the wallboard. */
  path: string
  /** Somebody who is not there yet, and comes. */
  next(): StaffActor
}

const TOLD = 3_000
const SOLVED = 1_500

const ON_FLOOR = `select id from desk.staff where workspace_id = $1 and name like 'On the floor %'`

/** So many people are at work since morning, each tenth on a break; all open tickets of the workspace are theirs. @param more come later */
export async function openFloor(
  owner: pg.Client,
  { ctx }: Ground,
  { workspaceId, people, more }: { workspaceId: string; people: number; more: number },
): Promise<Floor> {
  const now = ctx.clock.now()
  const ask = (sql: string, ...values: unknown[]) => owner.query(sql, [workspaceId, ...values])
  await owner.query(
    `create temporary table floor_before as select id, assignee_id, solved_at from desk.ticket
     where workspace_id = $1 and status in ('new', 'open', 'pending', 'on_hold', 'solved')`,
    [workspaceId],
  )
  const staff = await ask(
    `insert into desk.staff (workspace_id, id, email, email_key, name, role, state, created_at)
     select $1, uuidv7(), n || '@floor.example', n || '@floor.example', 'On the floor ' || n, 'supervisor', 'active', $2 from generate_series(1, $3::int) n
     returning id::text`,
    now,
    people + more,
  )
  const ids = staff.rows.map(({ id }: { id: string }) => id)
  const there = ids.slice(0, people)
  await ask(
    `insert into desk.shift (workspace_id, id, staff_id, day, starts_at, ends_at, source)
     select $1, uuidv7(), id, ($2::timestamptz)::date, $2::timestamptz - interval '4 hours', $2::timestamptz + interval '4 hours', 'template' from unnest($3::uuid[]) id`,
    now,
    there,
  )
  await ask(
    `with session as (
       insert into desk.work_session (workspace_id, id, staff_id, started_at)
       select $1, uuidv7(), id, $2::timestamptz - interval '235 minutes' from unnest($3::uuid[]) id returning *)
     insert into desk.work_break (workspace_id, id, session_id, staff_id, kind, label, allowed_minutes, started_at, ended_at)
     select s.workspace_id, uuidv7(), s.id, s.staff_id, 'lunch', 'Lunch', 30, s.started_at + make_interval(hours => n), case when n < 3 or row_number() over (order by s.id, n) % 10 > 0
       then s.started_at + make_interval(hours => n, mins => 20) end from session s cross join generate_series(1, 3) n`,
    now,
    there,
  )
  await ask(
    `update desk.ticket t set assignee_id = ($2::uuid[])[1 + t.number % $3::int] where workspace_id = $1 and status in ('new', 'open', 'pending', 'on_hold') and number % 8 > 0`,
    there,
    people,
  )
  await ask(
    `update desk.ticket t set solved_at = $2::timestamptz - interval '1 minute' where workspace_id = $1
       and id in (select id from desk.ticket where workspace_id = $1 and status = 'solved' order by id desc limit ${SOLVED})`,
    now,
  )
  await ask(
    `insert into desk.event (workspace_id, recorded_at, id, occurred_at, type, actor_kind, actor_id, payload)
     select $1, $2, uuidv7(), $2, case when n % 10 = 0 then 'sla.breached' else 'sla.met' end, 'staff', $3, '{"target":"next"}' from generate_series(1, ${TOLD}) n`,
    now,
    ids[0],
  )
  await owner.query('vacuum (analyze) desk.ticket, desk.work_session, desk.work_break, desk.shift, desk.event')
  const actorOf = (id: string): StaffActor => ({ kind: 'staff', id, workspaceId, name: 'Floor', role: 'supervisor' })
  const coming = ids.slice(people)
  const key = await makeDisplay(ctx, 'Measured', actorOf(ids[0] ?? ''))
  return {
    path: `/display/${key}`,
    next() {
      const id = coming.shift()
      if (!id) throw new Error('Everybody has come')
      return actorOf(id)
    },
  }
}

/** Everybody goes home, and the tickets are as they were. */
export async function closeFloor(owner: pg.Client, workspaceId: string): Promise<void> {
  await owner.query(
    `update desk.ticket t set assignee_id = b.assignee_id, solved_at = b.solved_at from floor_before b
     where t.workspace_id = $1 and t.id = b.id and (t.assignee_id, t.solved_at) is distinct from (b.assignee_id, b.solved_at)`,
    [workspaceId],
  )
  await owner.query('begin')
  await owner.query('set local session_replication_role = replica')
  for (const condition of [
    `event where actor_id in (${ON_FLOOR})`,
    `setting_change where by_id in (${ON_FLOOR})`,
    `display_link where made_by_id in (${ON_FLOOR})`,
    `work_break where staff_id in (${ON_FLOOR})`,
    `work_session where staff_id in (${ON_FLOOR})`,
    `shift where staff_id in (${ON_FLOOR})`,
    `agent_profile where staff_id in (${ON_FLOOR})`,
    `staff where id in (${ON_FLOOR})`,
  ])
    await owner.query(`delete from desk.${condition} and workspace_id = $1`, [workspaceId])
  await owner.query('delete from graphile_worker._private_jobs')
  await owner.query('commit')
  await owner.query('drop table floor_before')
  await owner.query('vacuum (analyze) desk.ticket, desk.event')
}
