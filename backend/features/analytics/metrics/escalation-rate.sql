select *, id as ticket_id, opened_at as at, if(escalations > 0, 1, 0) as value
from ticket
where void_reason is null
