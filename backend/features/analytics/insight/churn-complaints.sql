-- Customers who complained, with an escalation or by opening a ticket again, more than 30 days ago.
with sign as materialized (
  select m.ticket_id, m."at" from move as m
  where m."at" >= epoch_ms($from::bigint) and m."at" < epoch_ms($to::bigint)
    and (m.kind = 'escalation' or (m.kind = 'status' and m.before in ('solved', 'closed') and m.after not in ('solved', 'closed')))
),
complaint as (
  select t.customer_id, arg_max(t.id, s."at") as ticket_id, arg_max(t.number, s."at") as number, max(s."at") as complained_at
  from sign as s join ticket as t on t.id = s.ticket_id
  where t.void_reason is null and t.customer_id is not null
  group by t.customer_id
)
select customer_id, ticket_id, number, epoch_ms(complained_at)::double as at_ms from complaint
where complained_at < epoch_ms($to::bigint) - interval 30 days
order by complained_at desc limit 20000
