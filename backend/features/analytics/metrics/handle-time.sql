select *, id as ticket_id, resolved_at as at, handle_seconds as value
from ticket
where void_reason is null and resolved_at is not null and handle_seconds > 0
