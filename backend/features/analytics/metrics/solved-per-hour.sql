-- What was solved counts 1 and has no length; a log-in is all length, without its breaks.
with off as (
  select p.id, sum(epoch_ms(least(p.until_at, b.until_at)) - epoch_ms(greatest(p.from_at, b.from_at))) as length
  from (select w.id, w.staff_id, w.from_at, least(coalesce(w.until_at, epoch_ms($now::bigint)), epoch_ms($now::bigint)) as until_at from session as w) as p
  join (select b.staff_id, b.from_at, coalesce(b.until_at, epoch_ms($now::bigint)) as until_at from "break" as b) as b
    on b.staff_id = p.staff_id and b.from_at < p.until_at and b.until_at > p.from_at
  group by p.id
)
select s.id, s.ticket_id, s.at, s.solved_by_id as staff_id, 1 as value, 0 as weight from @agent-solved as s
union all
select w.id, null, w.at, w.staff_id, 0, (w.value - coalesce(o.length, 0) / 1000) / 3600
from @time-at-work as w left join off as o on o.id = w.id
