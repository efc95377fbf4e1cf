select a.*, b.value_minor as value, b.currency
from (select * exclude (value) from @actions) as a join action as b on b.id = a.id
