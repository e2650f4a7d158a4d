with
    articles as (select article_id, title from marts.articles),

    publications as (select article_id from marts.publications),

    final as (select * from articles anti join publications using (article_id))

select *
from final
