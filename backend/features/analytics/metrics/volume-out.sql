-- What people of the desk sent; who sent it goes before whose ticket it is.
select m.id, m.ticket_id, m.at, 1 as value, m.staff_id as by_id
from message as m
where m.direction = 'out' and not m.automatic
