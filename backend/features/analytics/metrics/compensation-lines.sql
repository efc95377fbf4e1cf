-- To the last cent: each line gets what is due to all lines up to it, without what those before it got.
with piece as (
  select l.id, l.action_id, l.product_id, l.variant_id, l.minor,
    sum(l.minor) over (partition by l.action_id order by l.id) as so_far, sum(l.minor) over (partition by l.action_id) as of_all,
    row_number() over (partition by l.action_id order by l.id) as n, count(*) over (partition by l.action_id) as pieces
  from line as l
)
select c.* exclude (id, value), c.id || '/' || coalesce(p.id, '') as id, p.product_id, p.variant_id,
  case
    when p.id is null then c.value
    when p.of_all > 0 then round(c.value * p.so_far / p.of_all) - round(c.value * (p.so_far - p.minor) / p.of_all)
    else round(c.value * p.n / p.pieces) - round(c.value * (p.n - 1) / p.pieces)
  end as value
from @compensation as c left join piece as p on p.action_id = c.action_id
