select r.id, r.ticket_id, r.at, r.score as value, r.staff_id
from rating as r
where r.counts
