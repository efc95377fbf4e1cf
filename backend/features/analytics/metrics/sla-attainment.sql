-- When it was decided: in time at the answer, late when the target was used up.
select k.id, k.ticket_id, coalesce(k.told_at, k.ended_at) as at, if(k.outcome = 'met', 1, 0) as value,
  k.target, k.policy_id, coalesce(k.staff_id, t.assignee_id) as agent_id
from clock as k
join ticket as t on t.id = k.ticket_id
where k.outcome is not null and t.void_reason is null
