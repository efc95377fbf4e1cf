-- The end of what was allowed is part of the break as it was then, whatever is set later.
select b.id, b.ticket_id, b.at, b.staff_id, b.kind, b.value - k.allowed_seconds as value
from @breaks as b join "break" as k on k.id = b.id
where b.value > k.allowed_seconds
