select t.* exclude (id), r.id, r.ticket_id, r.at, r.score as value, r.staff_id
from rating as r left join ticket as t on t.id = r.ticket_id
where t.void_reason is null
