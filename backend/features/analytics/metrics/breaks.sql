select b.id, null::varchar as ticket_id, b.from_at as at, b.staff_id, b.kind,
  (epoch_ms(least(coalesce(b.until_at, epoch_ms($now::bigint)), epoch_ms($now::bigint))) - epoch_ms(b.from_at)) / 1000 as value
from "break" as b
where b.from_at < epoch_ms($now::bigint)
