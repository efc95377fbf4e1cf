-- Clocks of later waits that an answer of a person ended; solving without an answer ends one too, and is none.
select k.id, k.ticket_id, k.ended_at as at, k.spent_seconds as value, k.staff_id as by_id, k.policy_id
from clock as k
where k.target = 'next' and k.ended_at is not null and k.staff_id is not null and k.counts
