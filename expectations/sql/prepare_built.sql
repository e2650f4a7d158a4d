-- Temporary tables that the queries of gate 2 share. The marts' own workings
-- (shingles, scores, zones) are not read.
-- Articles that a page of the night belongs to: the ones the night may have spoiled.
create temporary table tonights_articles as
    select distinct copies.article_id
    from marts.copies
    inner join raw.pages on copies.copy_id = pages.page_id
    where pages.night = getvariable('night');

-- What the lexicon finds in their bodies, with the place.
create temporary table residues as
    with
        bodies as (
            select articles.article_id, articles.first_outlet_id, articles.body
            from marts.articles
            inner join tonights_articles on articles.article_id = tonights_articles.article_id
        ),

        found as (
            select
                article_id,
                first_outlet_id,
                {
                    'template': regexp_extract(body, '.{0,40}' || getvariable('lexicon_template') || '.{0,40}'),
                    'markup': regexp_extract(body, '.{0,40}' || getvariable('lexicon_markup') || '.{0,40}'),
                    'paywall': regexp_extract(body, '.{0,40}' || getvariable('lexicon_paywall') || '.{0,40}'),
                    'price': regexp_extract(body, '.{0,40}' || getvariable('lexicon_price') || '.{0,40}'),
                    'menu': regexp_extract(body, '.{0,40}' || getvariable('lexicon_menu') || '.{0,40}'),
                    'call': regexp_extract(body, '.{0,40}' || getvariable('lexicon_call') || '.{0,40}'),
                    'teaser': regexp_extract(body, '.{0,40}' || getvariable('lexicon_teaser') || '.{0,40}'),
                    'notice': regexp_extract(body, '.{0,40}' || getvariable('lexicon_notice') || '.{0,40}')
                } as place
            from bodies
        ),

        categories as (
            unpivot (select article_id, first_outlet_id, place.* from found)
            on template, markup, paywall, price, menu, call, teaser, notice
            into name category value place
        )

    select *
    from categories
    where place <> '';

-- Eight-word runs of the articles near the night. A quarter of the runs is enough to
-- find candidates.
create temporary table article_runs as
    with
        words as (
            select
                articles.article_id,
                regexp_extract_all(lower(articles.body), '[\p{L}\p{N}]+') as words
            from marts.articles
            where
                articles.first_night between getvariable('night') - getvariable('look_back_days')::integer
                and getvariable('night') + getvariable('look_back_days')::integer
                or articles.article_id in (select article_id from tonights_articles)
        )

    select
        article_id,
        list_distinct([hash(array_to_string(words[i:i + 7], ' ')) for i in range(1, len(words) - 6)]) as runs
    from words
    where len(words) >= getvariable('fewest_words_compared');

-- Pairs of different articles that share text, one of them of tonight: an own search,
-- not the builder's groups.
create temporary table similar_articles as
    with
        sampled as (
            select article_id, run
            from (select article_id, unnest(runs) as run from article_runs)
            where run % 4 = 0
        ),

        shared as (
            select run, count(*) as articles, min(article_id) as first_article_id
            from sampled
            group by run
            having count(*) > 1
        ),

        candidates as (
            select sampled.article_id, others.article_id as other_article_id
            from sampled
            inner join shared on sampled.run = shared.run
            inner join tonights_articles on sampled.article_id = tonights_articles.article_id
            inner join sampled as others on sampled.run = others.run and sampled.article_id <> others.article_id
            where shared.articles <= getvariable('most_articles_per_run')
            union
            -- A text that was left apart many times over is found through the first of them.
            select sampled.article_id, shared.first_article_id
            from sampled
            inner join shared on sampled.run = shared.run and sampled.article_id <> shared.first_article_id
            where
                shared.articles > getvariable('most_articles_per_run')
                and (
                    sampled.article_id in (select article_id from tonights_articles)
                    or shared.first_article_id in (select article_id from tonights_articles)
                )
        ),

        pairs as (
            select distinct
                least(article_id, other_article_id) as article_id,
                greatest(article_id, other_article_id) as other_article_id
            from candidates
        ),

        counted as (
            select
                pairs.article_id,
                pairs.other_article_id,
                len(list_intersect(article_runs.runs, others.runs)) as shared,
                len(article_runs.runs) as runs,
                len(others.runs) as other_runs
            from pairs
            inner join article_runs on pairs.article_id = article_runs.article_id
            inner join article_runs as others on pairs.other_article_id = others.article_id
        )

    select
        article_id,
        other_article_id,
        shared / (runs + other_runs - shared) as share_of_all,
        shared / least(runs, other_runs) as share_of_shorter
    from counted;
