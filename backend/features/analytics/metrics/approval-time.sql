select a.* exclude (value), (epoch_ms(a.at) - epoch_ms(f.asked_at)) / 1000 as value
from @approvals as a
join approval as p on p.id = a.id
join (select p.action_id, min(p.asked_at) as asked_at from approval as p group by p.action_id) as f on f.action_id = p.action_id
