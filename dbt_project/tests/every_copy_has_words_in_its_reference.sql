-- A near copy or an excerpt joined its group through the reference itself, never through a
-- neighbour.
select *
from {{ ref("copies") }}
where kind in ('near', 'excerpt') and greatest(overlap_of_copy, overlap_of_reference) < {{ var("copy_containment") }}
