select k.id, k.ticket_id, coalesce(k.told_at, k.ended_at) as at, 1 as value,
  k.target, k.policy_id, coalesce(k.staff_id, t.assignee_id) as agent_id
from clock as k
join ticket as t on t.id = k.ticket_id
where k.outcome = 'breached' and t.void_reason is null
