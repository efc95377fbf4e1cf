-- Not what was taken back before anything left, and not what a second person declined.
select t.* exclude (id), a.id, a.ticket_id, a.created_at as at, 1 as value, a.reason, a.by_id
from action as a left join ticket as t on t.id = a.ticket_id
where a.state not in ('undone', 'declined')
