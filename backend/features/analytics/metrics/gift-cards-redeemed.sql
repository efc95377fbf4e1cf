select t.* exclude (id), g.id, g.ticket_id, g.issued_at as at, g.spent_minor as value, g.currency, g.reason, g.by_id
from gift_card as g left join ticket as t on t.id = g.ticket_id
where g.state in ('issued', 'deactivated') and g.spent_minor > 0
