select t.* exclude (id), a.id, a.ticket_id, a.created_at as from_at, a.ended_at as until_at, 1 as value, a.reason, a.by_id
from action as a left join ticket as t on t.id = a.ticket_id
