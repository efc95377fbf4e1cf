-- From its beginning until it is solved; one that was opened again stands once more, from then on.
with reopened as (
  select t.id as ticket_id, t.opened_at as at, false as is_over, '' as move_id from ticket as t
  where t.reopens > 0 and t.void_reason is null
  union all
  select m.ticket_id, m.at, m.after in ('solved', 'closed'), m.id
  from move as m join ticket as t on t.id = m.ticket_id
  where t.reopens > 0 and t.void_reason is null and m.kind = 'status'
    and (m.before in ('solved', 'closed')) is distinct from (m.after in ('solved', 'closed'))
),
stretch as (
  select r.*, lead(r.at) over (partition by r.ticket_id order by r.at, r.move_id) as ended_at
  from reopened as r
)
select t.*, t.id as ticket_id, t.opened_at as from_at, t.resolved_at as until_at, 1 as value
from ticket as t
where t.reopens = 0 and t.void_reason is null
union all by name
select t.* exclude (id), t.id || s.move_id as id, t.id as ticket_id, s.at as from_at, s.ended_at as until_at, 1 as value
from stretch as s join ticket as t on t.id = s.ticket_id
where not s.is_over
