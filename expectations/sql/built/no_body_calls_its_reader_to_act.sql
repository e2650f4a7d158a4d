with
    residues as (select * from residues),

    final as (select article_id, outlet_id, place from residues where category = 'call')

select *
from final
