select t.* exclude (id), p.id, p.ticket_id, p.decided_at as at, if(p.decision = 'declined', 0, 1) as value, p.reason, p.approver_id
from approval as p left join ticket as t on t.id = p.ticket_id
where p.decision is not null
