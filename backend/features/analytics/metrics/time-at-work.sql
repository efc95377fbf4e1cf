-- From log-in to log-out, breaks too; what goes on has lasted until now.
select w.id, null::varchar as ticket_id, w.from_at as at, w.staff_id,
  greatest(0, epoch_ms(least(coalesce(w.until_at, epoch_ms($now::bigint)), epoch_ms($now::bigint))) - epoch_ms(w.from_at)) / 1000 as value
from session as w
where w.from_at < epoch_ms($now::bigint)
