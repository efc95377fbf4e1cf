select *, id as ticket_id, first_out_at as at, first_open_seconds as value
from ticket
where void_reason is null and first_out_at is not null and first_open_seconds is not null
