-- One row per version whose text changed though the page gives no newer time of update.
with
    versions as (select * from {{ ref("article_versions") }} where change = 'silent'),

    changes as (
        select
            version_id,
            count(*) filter (where change = 'added') as sentences_added,
            count(*) filter (where change = 'removed') as sentences_removed,
            arg_min(text, sentence_no) filter (where change = 'added') as first_added,
            arg_min(text, sentence_no) filter (where change = 'removed') as first_removed
        from {{ ref("version_changes") }}
        where not is_recleaned
        group by version_id
    ),

    publications as (select publication_id, outlet_id, url from {{ ref("publications") }}),

    outlets as (select outlet_id, outlet_name from {{ ref("outlets") }}),

    final as (
        select
            versions.version_id,
            versions.publication_id,
            versions.article_id,
            outlets.outlet_name,
            publications.url,
            versions.title,
            changes.first_removed,
            changes.first_added,
            coalesce(changes.sentences_removed, 0) as sentences_removed,
            coalesce(changes.sentences_added, 0) as sentences_added,
            versions.words_removed,
            versions.words_added,
            versions.is_return,
            versions.night,
            versions.updated_at
        from versions
        inner join publications on versions.publication_id = publications.publication_id
        left join changes on versions.version_id = changes.version_id
        left join outlets on publications.outlet_id = outlets.outlet_id
    )

select *
from final
