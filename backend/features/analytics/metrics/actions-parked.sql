select t.* exclude (id), a.id, a.ticket_id, a.parked_at as from_at, null::timestamp as until_at, 1 as value, a.reason, a.by_id
from action as a left join ticket as t on t.id = a.ticket_id
where a.state = 'parked' and a.parked_at is not null
