-- When it was spent nobody knows, so a card stood at what is left of it by now. One that was taken back held the rest until then.
select t.* exclude (id), g.id, g.ticket_id, g.issued_at as from_at, least(g.deactivated_at, g.expires_at) as until_at, if(g.taken_back, g.minor - g.spent_minor, g.balance_minor) as value, g.currency, g.reason, g.by_id
from gift_card as g left join ticket as t on t.id = g.ticket_id
where g.state in ('issued', 'deactivated') and (not g.taken_back or g.deactivated_at is not null)
  and if(g.taken_back, g.minor - g.spent_minor, g.balance_minor) > 0
