select *, id as ticket_id, opened_at as at, 1 as value
from ticket
where void_reason is null
