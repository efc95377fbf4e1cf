select m.id, m.ticket_id, m.at, 1 as value, m.by_id as solved_by_id
from move as m
where m.kind = 'status' and m.after in ('solved', 'closed') and m.before not in ('solved', 'closed')
  and m.by_kind = 'staff' and m.counts
