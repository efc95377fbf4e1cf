select *, id as ticket_id, resolved_at as at, resolution_open_seconds as value
from ticket
where void_reason is null and resolved_at is not null and resolution_open_seconds is not null
