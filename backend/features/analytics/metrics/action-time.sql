select t.* exclude (id), a.id, a.ticket_id, a.ended_at as at, (epoch_ms(a.ended_at) - epoch_ms(a.created_at)) / 1000 as value, a.reason, a.by_id
from action as a left join ticket as t on t.id = a.ticket_id
where a.state = 'done' and a.ended_at is not null
