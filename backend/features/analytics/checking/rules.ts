/**
 * What must hold of the facts that figures are made of. `sql` finds what breaks it: rows of `id`, `ticket_id`, `at` and `words`. The list of
 * categories is bound as `$categories`.
 */
export type Rule = { id: string; name: string; sentence: string; sql: string }

export const RULES: readonly Rule[] = [
  {
    id: 'solved-without-category',
    name: 'Solved without a category',
    sentence: 'Figures by category miss these tickets.',
    sql: `select t.id, t.id as ticket_id, t.resolved_at as at, 'Solved without a category' as words
      from ticket as t
      where t.status in ('solved', 'closed') and t.category is null and t.void_reason is null and t.resolved_at is not null`,
  },
  {
    id: 'unknown-category',
    name: 'A category that is not in the list',
    sentence: 'The category was taken from the list, and the ticket still has it. Give these tickets another one.',
    sql: `select t.id, t.id as ticket_id, t.opened_at as at, concat('Category ', t.category) as words
      from ticket as t
      where t.category is not null and not list_contains($categories::varchar[], t.category) and t.void_reason is null`,
  },
  {
    id: 'answer-before-question',
    name: 'Answered before the first mail',
    sentence:
      'The clock of a mail server was wrong, or the first mail came in late. Such a ticket has no first response time worth reading.',
    sql: `select t.id, t.id as ticket_id, t.first_in_at as at, 'The first answer is older than the first mail' as words
      from ticket as t
      where t.void_reason is null and t.first_in_at is not null and (t.first_out_at < t.first_in_at or exists (
        select 1 from message as m where m.ticket_id = t.id and m.direction = 'out' and not m.automatic and m.at < t.first_in_at))
        and not t.historical`,
  },
  {
    id: 'solved-before-it-began',
    name: 'Solved before it began',
    sentence: 'Its resolution time is counted as none.',
    sql: `select t.id, t.id as ticket_id, t.resolved_at as at, 'Solved before it began' as words
      from ticket as t
      where t.void_reason is null and t.resolved_at < t.opened_at`,
  },
  {
    id: 'clock-without-end',
    name: 'A clock that runs on a closed ticket',
    sentence: 'Its target is never decided, so SLA attainment misses it.',
    sql: `select k.id, k.ticket_id, k.since as at, concat('The clock «', k.target, '» has no end') as words
      from clock as k join ticket as t on t.id = k.ticket_id
      where k.ended_at is null and k.state in ('running', 'paused') and t.status = 'closed' and t.void_reason is null`,
  },
  {
    id: 'action-without-step',
    name: 'A combined action that ended without a step',
    sentence: 'It is in the number of actions and in none of their amounts.',
    sql: `select a.id, a.ticket_id, a.ended_at as at, 'Ended without a step' as words
      from action as a
      where a.ended_at is not null and a.state = 'done' and not exists (select 1 from step as s where s.action_id = a.id)`,
  },
  {
    id: 'merged-into-nothing',
    name: 'Merged into a ticket that was taken out',
    sentence: 'Neither of the two counts.',
    sql: `select t.id, t.id as ticket_id, t.opened_at as at, 'The ticket that goes on is void' as words
      from ticket as t left join ticket as o on o.id = t.merged_into_id
      where t.merged_into_id is not null and (o.id is null or o.void_reason is not null)`,
  },
]
