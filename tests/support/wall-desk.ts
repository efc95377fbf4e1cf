import type pg from 'pg'
import { getWallboard, type Wallboard } from '../../shared/wallboard.ts'
import type { Desk, StaffName } from './desk.ts'
import type { Random } from './random.ts'

/** A ticket as the wallboard counts it; times in minutes from now. */
export type Counted = {
  status: 'new' | 'open' | 'pending' | 'on_hold' | 'solved' | 'closed'
  whose: StaffName | null
  due: number | null
  waits: number | null
  snoozed: boolean
  created: number
  solved: number | null
  isVoid: boolean
}

export const wallAt = (desk: Desk, owner: pg.Client) => ({
  board: (name: StaffName = 'vera'): Promise<Wallboard> => desk.as(name).call(getWallboard),

  /** Writes tickets as they stand, without anything that would have made them so. */
  async tickets(counted: readonly Counted[]): Promise<void> {
    const now = desk.clock.now().getTime()
    const at = (minutes: number | null) => (minutes === null ? null : new Date(now + minutes * 60_000).toISOString())
    const rows = counted.map((one, number) => ({
      ...one,
      number: number + 1,
      assignee: one.whose && desk.staff[one.whose].id,
      due: at(one.due) ?? '9999-12-31T00:00:00Z',
      waits: at(one.waits) ?? '9999-12-31T00:00:00Z',
      snoozed: one.snoozed ? at(600) : null,
      created: at(one.created),
      solved: at(one.solved) ?? '1970-01-01T00:00:00Z',
      reason: one.isVoid ? 'spam' : null,
    }))
    const customerId = crypto.randomUUID()
    await owner.query(
      `insert into desk.customer (workspace_id, id, name, email, created_at) values ($1, $2, 'Ada', 'ada@x.example', now())`,
      [desk.workspaceId, customerId],
    )
    await owner.query(
      `insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, tags, assignee_id, void_reason, queue_at, due_at, snoozed_until,
         solved_at, last_message_at, created_at)
       select $1, uuidv7(created - clock_timestamp()), number, 'Jar', $2, status, '{}', assignee, reason, waits, due, snoozed, solved, created, created
       from jsonb_to_recordset($3::jsonb) as r (number int, status text, assignee uuid, reason text, waits timestamptz, due timestamptz,
         snoozed timestamptz, solved timestamptz, created timestamptz)`,
      [desk.workspaceId, customerId, JSON.stringify(rows)],
    )
  },

  /** Answers that came in time or did not, so many minutes ago. */
  async answers(
    told: readonly { type: 'sla.met' | 'sla.breached'; target: string; ago: number; historical?: boolean }[],
  ) {
    await owner.query(
      `insert into desk.event (workspace_id, recorded_at, id, occurred_at, type, actor_kind, payload, historical)
       select $1, $2::timestamptz - make_interval(secs => ago * 60), gen_random_uuid(), $2, type, 'system', jsonb_build_object('target', target), coalesce(historical, false)
       from jsonb_to_recordset($3::jsonb) as r (type text, target text, ago float8, historical boolean)`,
      [desk.workspaceId, desk.clock.now(), JSON.stringify(told)],
    )
  },

  async empty(): Promise<void> {
    await owner.query('begin')
    await owner.query('set local session_replication_role = replica')
    for (const table of ['ticket', 'ticket_tag', 'event', 'combined_action', 'sla_clock'])
      await owner.query(`delete from desk.${table} where workspace_id = $1`, [desk.workspaceId])
    await owner.query('commit')
  },
})

/** Any ticket. Minutes are odd, so that none falls on a border. */
export function drawnTicket(random: Random): Counted {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T
  const status = pick(['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] as const)
  const minutes = (least: number, most: number) => 2 * Math.floor((least + random() * (most - least)) / 2) + 1
  return {
    status,
    whose: pick(['nora', 'sam', null]),
    due: random() < 0.6 ? minutes(-500, 900) : null,
    waits: random() < 0.6 ? minutes(-900, -10) : null,
    snoozed: random() < 0.15,
    created: random() < 0.5 ? minutes(-600, -10) : minutes(-3_000, -1_500),
    solved: ['solved', 'closed'].includes(status) ? pick([minutes(-600, -10), minutes(-3_000, -1_500)]) : null,
    isVoid: random() < 0.1,
  }
}
