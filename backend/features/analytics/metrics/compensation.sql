-- What Shopify has, whoever gave it; reason, agent and ticket are those of the action or card that it came from.
with origin as (
  select s.compensation_id, s.action_id, s.ticket_id, s.reason, s.by_id, 1 as place from step as s where s.compensation_id is not null
  union all
  select g.compensation_id, g.action_id, g.ticket_id, g.reason, g.by_id, 2 from gift_card as g where g.compensation_id is not null
)
select distinct on (c.at, c.id) c.id, o.ticket_id, c.at, if(c.kind = 'reship', coalesce(c.cost_minor, c.minor), c.minor) as value,
  c.currency, c.kind, c.customer_key, o.reason, o.by_id, o.action_id
from compensation as c
left join origin as o on o.compensation_id = c.id
where c.kind <> 'discount'
order by c.at, c.id, o.place, o.action_id
