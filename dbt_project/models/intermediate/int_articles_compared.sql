-- One row per article as it was when it was last compared with the others; read by
-- the next build.
-- depends_on: {{ ref('int_article_pairs_scored') }}
with articles as (select * from {{ ref("int_articles_digested") }}), final as (select article_id, digest from articles)

select *
from final
