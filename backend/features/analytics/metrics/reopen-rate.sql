-- Each solution, and whether the ticket was opened again after it.
with reopening as (
  select m.ticket_id, max(m.at) as last_at
  from move as m
  where m.kind = 'status' and m.before in ('solved', 'closed') and m.after not in ('solved', 'closed')
  group by m.ticket_id
)
select t.* exclude (id), m.id, m.ticket_id, m.at, if(r.last_at >= m.at, 1, 0) as value, if(m.by_kind = 'staff', m.by_id, null) as by_id
from move as m
join ticket as t on t.id = m.ticket_id
left join reopening as r on r.ticket_id = m.ticket_id
where m.kind = 'status' and m.after in ('solved', 'closed') and m.before not in ('solved', 'closed') and t.void_reason is null
