-- Its product is the one that most was paid for among those that its actions were about; its reason is that of the newest action.
with sign as (
  select 'new/' || n.id as id, n.ticket_id, n.at from @new-tickets as n
  union all
  select 'opened-again/' || r.id, r.ticket_id, r.at from @reopen-rate as r where r.value = 1
  union all
  select 'wrote-again/' || w.id, w.ticket_id, w.at from @repeat-contact-rate as w where w.value = 1
  union all
  select 'given/' || c.id, c.ticket_id, c.at from @compensation as c where c.ticket_id is not null
),
reasoned as (select a.ticket_id, arg_max(a.reason, a.at) as reason from @actions as a group by a.ticket_id),
about as (
  select l.ticket_id, arg_max(l.product_id, (l.minor, l.id)) as product_id
  from line as l join @actions as a on a.id = l.action_id where l.product_id is not null group by l.ticket_id
)
select t.* exclude (id), s.id, s.ticket_id, s.at, 1 as value, r.reason, p.product_id
from sign as s
join ticket as t on t.id = s.ticket_id
left join reasoned as r on r.ticket_id = s.ticket_id
left join about as p on p.ticket_id = s.ticket_id
where t.void_reason is null
