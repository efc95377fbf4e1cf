select t.* exclude (id), m.id, m.ticket_id, m.at, 1 as value, m.staff_id as by_id
from message as m
join ticket as t on t.id = m.ticket_id
where m.direction = 'out' and not m.automatic and m.staff_id is not null
