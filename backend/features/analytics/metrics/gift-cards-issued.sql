select t.* exclude (id), g.id, g.ticket_id, g.issued_at as at, if(g.taken_back, g.spent_minor, g.minor) as value, g.currency, g.reason, g.by_id
from gift_card as g left join ticket as t on t.id = g.ticket_id
where g.state in ('issued', 'deactivated') and if(g.taken_back, g.spent_minor, g.minor) > 0
