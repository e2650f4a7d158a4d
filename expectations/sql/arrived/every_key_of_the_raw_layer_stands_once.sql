with
    keys as (
        select 'pages' as table_name, page_id as key
        from raw.pages
        union all
        select 'outlets', outlet_id
        from raw.outlets
        union all
        select 'agencies', agency
        from raw.agencies
        union all
        select 'knowledge', linked_id
        from raw.knowledge
        union all
        select 'knowledge_names', concat_ws('/', linked_id, name_key)
        from raw.knowledge_names
        union all
        select 'common_words', word
        from raw.common_words
        union all
        select 'nicknames', concat_ws('/', first_name, nickname)
        from raw.nicknames
        union all
        select 'documents', page_id
        from raw.documents
        where night = getvariable('night')
        union all
        select 'page_urls', concat_ws('/', page_id, url_no)
        from raw.page_urls
        where night = getvariable('night')
        union all
        select 'spans', concat_ws('/', page_id, span_no)
        from raw.spans
        where night = getvariable('night')
        union all
        select 'blocks', concat_ws('/', page_id, block_no)
        from raw.blocks
        where night = getvariable('night')
        union all
        select 'outlet_templates', concat_ws('/', outlet_id, block_key)
        from raw.outlet_templates
        where night = getvariable('night')
        union all
        select 'times', concat_ws('/', page_id, time_no)
        from raw.times
        where night = getvariable('night')
        union all
        select 'titles', concat_ws('/', page_id, title_no)
        from raw.titles
        where night = getvariable('night')
        union all
        select 'credits', concat_ws('/', page_id, credit_no)
        from raw.credits
        where night = getvariable('night')
        union all
        select 'shingles', page_id
        from raw.shingles
        where night = getvariable('night')
        union all
        select 'terms', concat_ws('/', page_id, term)
        from raw.terms
        where night = getvariable('night')
        union all
        select 'mentions', concat_ws('/', page_id, mention_no)
        from raw.mentions
        where night = getvariable('night')
        union all
        select 'role_claims', concat_ws('/', page_id, claim_no)
        from raw.role_claims
        where night = getvariable('night')
        union all
        select 'quotes', concat_ws('/', page_id, quote_no)
        from raw.quotes
        where night = getvariable('night')
    ),

    final as (select table_name, key, count(*) as key_rows from keys group by table_name, key having count(*) > 1)

select *
from final
