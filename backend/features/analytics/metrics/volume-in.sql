-- What customers wrote or said, on tickets that are no spam.
select m.id, m.ticket_id, m.at, 1 as value
from message as m
where m.direction = 'in' and not m.automatic and not m.spam
