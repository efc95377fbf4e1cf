select *, id as ticket_id, resolved_at as at, if(mails_out = 1 and reopens = 0, 1, 0) as value
from ticket
where void_reason is null and resolved_at is not null and mails_out > 0
