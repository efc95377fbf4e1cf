-- Before the first rating nobody was asked.
select t.*, t.id as ticket_id, t.resolved_at as at, if(exists (select 1 from rating as r where r.ticket_id = t.id), 1, 0) as value
from ticket as t
where t.void_reason is null and t.resolved_at is not null and not t.historical
  and t.resolved_at >= (select min(r."at") from rating as r)
