select a.* exclude (id, value), l.id, l.quantity as value, l.product_id, l.variant_id
from @actions as a join line as l on l.action_id = a.id
