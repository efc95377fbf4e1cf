-- Each solution, and whether the ticket was opened again after it.
select m.id, m.ticket_id, m.at, if(m.undone, 1, 0) as value, if(m.by_kind = 'staff', m.by_id, null) as by_id
from move as m
where m.kind = 'status' and m.after in ('solved', 'closed') and m.before not in ('solved', 'closed') and m.counts
