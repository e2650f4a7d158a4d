-- A sentence in unrelated articles of one outlet comes from its template. Reports of
-- one story may share background,
-- so a story counts once.
with
    articles as (select * from marts.articles),

    story_articles as (select article_id, min(story_id) as story_id from marts.story_articles group by article_id),

    sentences as (
        select
            articles.article_id,
            articles.first_outlet_id,
            coalesce(story_articles.story_id, articles.article_id) as subject_id,
            trim(unnest(regexp_extract_all(articles.body, '[^.!?\n]+[.!?]?'))) as sentence
        from articles
        left join story_articles on articles.article_id = story_articles.article_id
        where
            articles.first_outlet_id is not null
            and articles.first_night
            between getvariable('night')
            - getvariable('look_back_days')::integer and getvariable('night')
            + getvariable('look_back_days')::integer
    ),

    repeated as (
        select
            first_outlet_id,
            lower(sentence) as sentence,
            count(distinct subject_id) as subjects,
            min(article_id) as article_id,
            bool_or(article_id in (select article_id from tonights_articles)) as is_tonight
        from sentences
        where len(regexp_extract_all(sentence, '[\p{L}\p{N}]+')) >= getvariable('sentence_words')
        group by first_outlet_id, lower(sentence)
        having count(distinct subject_id) >= getvariable('sentence_articles')
    ),

    final as (select first_outlet_id, article_id, subjects, sentence from repeated where is_tonight)

select *
from final
