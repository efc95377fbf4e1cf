-- As on the page «Times against the plan»: of what has passed of each shift, what was worked or an allowed break.
with due as (
  select s.id, s.staff_id, s.from_at, least(s.until_at, epoch_ms($now::bigint)) as until_at
  from shift as s where s.from_at < epoch_ms($now::bigint) and s.until_at > s.from_at
),
present as (
  select d.id, d.staff_id, greatest(d.from_at, w.from_at) as from_at,
    least(d.until_at, coalesce(w.until_at, epoch_ms($now::bigint))) as until_at
  from due as d join session as w
    on w.staff_id = d.staff_id and w.from_at < d.until_at and coalesce(w.until_at, epoch_ms($now::bigint)) > d.from_at
),
too_long as (
  select b.staff_id, b.from_at + to_seconds(b.allowed_seconds) as from_at, coalesce(b.until_at, epoch_ms($now::bigint)) as until_at
  from "break" as b
  where b.from_at + to_seconds(b.allowed_seconds) < coalesce(b.until_at, epoch_ms($now::bigint))
),
there as (select p.id, sum(epoch_ms(p.until_at) - epoch_ms(p.from_at)) as length from present as p group by p.id),
over_break as (
  select p.id, sum(epoch_ms(least(p.until_at, o.until_at)) - epoch_ms(greatest(p.from_at, o.from_at))) as length
  from present as p join too_long as o on o.staff_id = p.staff_id and o.from_at < p.until_at and o.until_at > p.from_at
  group by p.id
)
select d.id, null::varchar as ticket_id, d.from_at as at, d.staff_id,
  (coalesce(t.length, 0) - coalesce(o.length, 0)) / 1000 as value,
  (epoch_ms(d.until_at) - epoch_ms(d.from_at)) / 1000 as weight
from due as d left join there as t on t.id = d.id left join over_break as o on o.id = d.id
