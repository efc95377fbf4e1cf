select k.id, k.ticket_id, k.decided_at as at, 1 as value, k.target, k.policy_id, k.agent_id
from clock as k
where k.outcome = 'breached' and k.counts
