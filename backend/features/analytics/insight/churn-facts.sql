-- Each fact that may drive a customer away: which, whose, when, and its ticket where it has one.
-- What is late, and what was opened again, are the shares of metrics: a fact here is one there.
-- Only the days that are looked at are read, and tickets are joined once: of millions of them few are in it.
with late as not materialized ({late}),
reopened as not materialized ({reopened}),
every_sign as not materialized (
  select 'late' as fact, s.ticket_id, s.at as happened from late as s where s.at >= epoch_ms($from::bigint)
  union all
  select 'reopened', s.ticket_id, s.at from reopened as s where s.value = 1 and s.at >= epoch_ms($from::bigint)
  union all
  select 'refund', p.ticket_id, p.done_at from step as p where p.kind = 'refund' and p.state = 'done' and p.done_at >= epoch_ms($from::bigint)
  union all
  select 'rating', r.ticket_id, r."at" from rating as r where r.score <= 2 and r."at" >= epoch_ms($from::bigint)
),
-- The newest ones: with the limit the planner knows that they are fewer than tickets, and keeps them in memory instead of those.
sign as materialized (select * from every_sign order by happened desc limit 400000),
again as (
  select t.customer_id, t.id as ticket_id, t.number, t.opened_at,
    lag(t.opened_at) over (partition by t.customer_id order by t.opened_at, t.id) as before_at
  from ticket as t
  where t.void_reason is null and t.opened_at >= epoch_ms($from::bigint) - interval 30 days
),
fact as (
  select s.fact, t.customer_id, s.ticket_id, t.number, s.happened
  from sign as s join ticket as t on t.id = s.ticket_id
  union all
  select 'again', a.customer_id, a.ticket_id, a.number, a.opened_at
  from again as a
  where a.opened_at <= a.before_at + interval 30 days
  union all
  select 'undelivered', u.customer_id, null, null, epoch_ms(try_cast(u.ms as bigint))
  from (select unnest(string_split($unreached::varchar, ',')) as customer_id, unnest(string_split($unreached_at::varchar, ',')) as ms) as u
  where u.customer_id <> ''
  union all
  select 'silence', q.customer_id, q.ticket_id, try_cast(q.number as integer), epoch_ms(try_cast(q.ms as bigint))
  from (
    select unnest(string_split($silent::varchar, ',')) as customer_id, unnest(string_split($silent_tickets::varchar, ',')) as ticket_id,
      unnest(string_split($silent_numbers::varchar, ',')) as number, unnest(string_split($silent_at::varchar, ',')) as ms
  ) as q
  where q.customer_id <> ''
),
found as (
  select * from fact
  where happened >= epoch_ms($from::bigint) and happened < epoch_ms($to::bigint) and customer_id is not null
)
