-- From its beginning until it is solved; one that was opened again stands once more, from then on.
select t.*, t.id as ticket_id, t.opened_at as from_at, t.resolved_at as until_at, 1 as value
from ticket as t
where t.reopens = 0 and t.void_reason is null
union all by name
select s.* exclude (id, piece), s.id || piece.move_id as id, s.id as ticket_id, piece.from_at, piece.until_at, 1 as value
from (select t.*, unnest(t.stood) as piece from ticket as t where t.reopens > 0 and t.void_reason is null) as s
