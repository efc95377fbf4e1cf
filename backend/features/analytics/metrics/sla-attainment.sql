-- When it was decided: in time at the answer, late when the target was used up.
select k.id, k.ticket_id, k.decided_at as at, if(k.outcome = 'met', 1, 0) as value, k.target, k.policy_id, k.agent_id
from clock as k
where k.outcome is not null and k.counts
