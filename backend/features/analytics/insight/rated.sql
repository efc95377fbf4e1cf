-- What each rated ticket had, and its rating.
select r.score::double as outcome, t.first_open_seconds::double as first_response, t.resolution_seconds::double as resolution,
  t.mails_in::double as contacts, if(t.repliers is null or t.repliers = 0, null, if(t.repliers = 1, 1, 0))::double as same_agent,
  date_diff('day', s.since, r."at"::date)::double as tenure
from rating as r
join ticket as t on t.id = r.ticket_id
left join staff as s on s.id = r.staff_id
where t.void_reason is null and r."at" >= epoch_ms($from::bigint)
order by hash(r.id) limit 20000
