-- What each ticket had when it was solved for the first time, and whether it was opened again after that.
with solution as not materialized ({solutions}),
first_one as (
  select s.id, s.ticket_id, s.at as solved, s.value, s.by_id
  from solution as s
  where s.at >= epoch_ms($from::bigint)
  qualify row_number() over (partition by s.ticket_id order by s.at, s.id) = 1
),
drawn as (select * from first_one order by hash(id) limit 20000),
picked as (select d.*, t.first_open_seconds, t.opened_at from drawn as d join ticket as t on t.id = d.ticket_id),
mails as (
  select p.ticket_id, count(*) filter (where m.direction = 'in') as came,
    count(distinct m.staff_id) filter (where m.direction = 'out' and m.staff_id is not null) as repliers
  from picked as p join message as m on m.ticket_id = p.ticket_id and m."at" <= p.solved
  group by p.ticket_id
)
select p.value::double as outcome, p.first_open_seconds::double as first_response,
  (epoch(p.solved) - epoch(p.opened_at))::double as resolution, m.came::double as contacts,
  if(coalesce(m.repliers, 0) = 0, null, if(m.repliers = 1, 1, 0))::double as same_agent,
  date_diff('day', s.since, p.solved::date)::double as tenure
from picked as p
left join mails as m on m.ticket_id = p.ticket_id
left join staff as s on s.id = p.by_id
