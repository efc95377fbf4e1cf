-- Whether the same customer began another ticket in the seven days before.
select t.*, t.id as ticket_id, t.opened_at as at,
  if(exists (
    select 1 from ticket as e
    where e.customer_id = t.customer_id and e.void_reason is null
      and e.opened_at < t.opened_at and e.opened_at >= t.opened_at - interval 7 days
  ), 1, 0) as value
from ticket as t
where t.void_reason is null
