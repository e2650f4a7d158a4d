-- One row per story and publication with the newsroom the words come from: the agency,
-- else the outlet known to be first with that text, else the article itself, so that
-- copies are never counted as voices of their own. An outlet that is an agency, by its
-- name or the name in its address, speaks as the agency.
with
    members as (select story_id, article_id from {{ ref("int_articles_assigned_to_stories") }}),

    articles as (select article_id, agency, first_outlet_id from {{ ref("articles") }}),

    publications as (select publication_id, article_id, outlet_id, is_reference from {{ ref("publications") }}),

    texts as (select publication_id, text_page_id from {{ ref("int_publications_represented") }}),

    agencies as (
        select agency, {{ letters_of("unnest([agency] || string_split(aliases, '; '))") }} as letters
        from {{ ref("agencies") }}
    ),

    outlets as (
        select outlet_id, {{ letters_of("outlet_name") }} as letters
        from {{ ref("outlets") }}
        union
        select outlet_id, {{ letters_of("split_part(regexp_replace(host, '^www[.]', ''), '.', 1)") }}
        from {{ ref("outlets") }}
    ),

    agency_outlets as (
        select outlets.outlet_id, min(agencies.agency) as agency
        from outlets
        inner join agencies on outlets.letters = agencies.letters
        where agencies.letters <> ''
        group by outlets.outlet_id
    ),

    chosen as (
        select
            members.story_id,
            publications.publication_id,
            publications.outlet_id,
            texts.text_page_id,
            articles.agency,
            articles.article_id,
            coalesce(
                articles.first_outlet_id,
                max(publications.outlet_id) filter (where publications.is_reference) over (
                    partition by articles.article_id
                )
            ) as first_outlet_id
        from members
        inner join articles on members.article_id = articles.article_id
        inner join publications on members.article_id = publications.article_id
        inner join texts on publications.publication_id = texts.publication_id
    ),

    final as (
        select
            chosen.story_id,
            chosen.publication_id,
            chosen.outlet_id,
            chosen.text_page_id,
            coalesce(chosen.agency, agency_outlets.agency, chosen.first_outlet_id, chosen.article_id) as newsroom
        from chosen
        left join agency_outlets on chosen.first_outlet_id = agency_outlets.outlet_id
    )

select *
from final
