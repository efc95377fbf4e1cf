select t.* exclude (id), s.id, s.ticket_id, s.done_at as at, 1 as value, s.kind, s.reason, s.by_id
from step as s left join ticket as t on t.id = s.ticket_id
where s.state = 'done' and s.done_at is not null
