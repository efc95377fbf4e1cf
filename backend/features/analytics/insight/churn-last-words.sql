-- When some customers wrote last.
with theirs as materialized (
  select t.id, t.customer_id from ticket as t
  where t.customer_id in (select unnest(string_split($customers::varchar, ',')))
)
select t.customer_id, max(epoch_ms(m."at"))::double as at_ms
from message as m join theirs as t on t.id = m.ticket_id
where m.direction = 'in' and not coalesce(m.automatic, false) and m."at" >= epoch_ms($from::bigint)
group by t.customer_id
