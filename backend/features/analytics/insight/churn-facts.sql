-- Each fact that may drive a customer away: which, whose, when, and its ticket where it has one.
-- What is late, and what was opened again, are the shares of metrics: a fact here is one there.
with late as ({late}),
reopened as ({reopened}),
again as (
  select t.customer_id, t.id as ticket_id, t.number, t.opened_at,
    lag(t.opened_at) over (partition by t.customer_id order by t.opened_at, t.id) as before_at
  from ticket as t
  where t.void_reason is null
),
complaint as (
  select t.customer_id, arg_max(t.id, m."at") as ticket_id, arg_max(t.number, m."at") as number, max(m."at") as complained_at
  from move as m join ticket as t on t.id = m.ticket_id
  where t.void_reason is null
    and (m.kind = 'escalation' or (m.kind = 'status' and m.before in ('solved', 'closed') and m.after not in ('solved', 'closed')))
  group by t.customer_id
),
written as (
  select t.customer_id, max(m."at") as wrote_at
  from message as m join ticket as t on t.id = m.ticket_id
  where m.direction = 'in' and not coalesce(m.automatic, false)
  group by t.customer_id
),
fact as (
  select 'late' as fact, t.customer_id, s.ticket_id, t.number, s.at as happened
  from late as s join ticket as t on t.id = s.ticket_id
  union all
  select 'reopened', t.customer_id, s.ticket_id, t.number, s.at
  from reopened as s join ticket as t on t.id = s.ticket_id
  where s.value = 1
  union all
  select 'again', a.customer_id, a.ticket_id, a.number, a.opened_at
  from again as a
  where a.opened_at <= a.before_at + interval 30 days
  union all
  select 'refund', t.customer_id, p.ticket_id, t.number, p.done_at
  from step as p join ticket as t on t.id = p.ticket_id
  where p.kind = 'refund' and p.state = 'done'
  union all
  select 'rating', t.customer_id, r.ticket_id, t.number, r."at"
  from rating as r join ticket as t on t.id = r.ticket_id
  where r.score <= 2
  union all
  select 'undelivered', u.customer_id, null, null, epoch_ms(try_cast(u.ms as bigint))
  from (select unnest(string_split($unreached::varchar, ',')) as customer_id, unnest(string_split($unreached_at::varchar, ',')) as ms) as u
  where u.customer_id <> ''
  union all
  select 'silence', c.customer_id, c.ticket_id, c.number, greatest(c.complained_at, coalesce(w.wrote_at, c.complained_at))
  from complaint as c left join written as w on w.customer_id = c.customer_id
  where greatest(c.complained_at, coalesce(w.wrote_at, c.complained_at)) < epoch_ms($to::bigint) - interval 30 days
),
found as (
  select * from fact
  where happened >= epoch_ms($from::bigint) and happened < epoch_ms($to::bigint) and customer_id is not null
)
