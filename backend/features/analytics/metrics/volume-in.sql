-- What customers wrote or said, on tickets that are no spam.
select t.* exclude (id), m.id, m.ticket_id, m.at, 1 as value
from message as m
join ticket as t on t.id = m.ticket_id
where m.direction = 'in' and not m.automatic and not t.spam
