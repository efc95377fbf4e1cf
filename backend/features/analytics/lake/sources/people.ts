import { asIs, UTC } from './money.ts'
import { inWorkspaces, within } from './scope.ts'

export const session = asIs(
  'session',
  (scope) => `select w.workspace_id, w.id, w.staff_id, ${UTC('w.started_at')}, ${UTC('w.ended_at')}, w.ended_how
    from desk.work_session w where ${within(scope, 'w.workspace_id', 'w.id')}`,
)

export const workBreak = asIs(
  'break',
  (
    scope,
  ) => `select b.workspace_id, b.id, b.staff_id, ${UTC('b.started_at')}, ${UTC('b.ended_at')}, b.kind, b.allowed_minutes * 60
    from desk.work_break b where ${within(scope, 'b.workspace_id', 'b.id')}`,
)

/** Only what takes place. */
export const shift = asIs(
  'shift',
  (scope) => `select s.workspace_id, s.id, s.staff_id, ${UTC('s.starts_at')}, ${UTC('s.ends_at')}
    from desk.shift s where s.cancelled is null and ${inWorkspaces(scope, 's.workspace_id')}`,
)

/** Whole days, by the clocks of the workspace; why somebody is away is told to nobody. */
export const leave = asIs(
  'leave',
  (scope) => `select l.workspace_id, l.id, l.staff_id, ${UTC('l.from_day::timestamp at time zone w.time_zone')},
      ${UTC('(l.to_day + 1)::timestamp at time zone w.time_zone')}
    from desk.leave l join desk.workspace w on w.workspace_id = l.workspace_id where ${inWorkspaces(scope, 'l.workspace_id')}`,
)

export const staff = asIs(
  'staff',
  (
    scope,
  ) => `select s.workspace_id, s.id, s.role, coalesce(s.started_on, (${UTC('s.created_at')})::date), s.state <> 'deactivated'
    from desk.staff s where ${inWorkspaces(scope, 's.workspace_id')}`,
)

export const mailbox = asIs(
  'mailbox',
  (scope) => `select m.workspace_id, m.id, m.kind from desk.mailbox m where ${inWorkspaces(scope, 'm.workspace_id')}`,
)

export const customer = asIs(
  'customer',
  (scope) =>
    `select c.workspace_id, c.id, ${UTC('c.created_at')} from desk.customer c where ${within(scope, 'c.workspace_id', 'c.id')}`,
)
