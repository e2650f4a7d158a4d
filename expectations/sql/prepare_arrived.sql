-- Temporary tables that the queries of gate 1 share: figures of sources and outlets, and
-- how unusual tonight's are.
-- One row per source or outlet, night and figure, of tonight and the nights before it.
-- A night on which it brought nothing is a row of nought pages; a share or a length of
-- fewer documents than `fewest_documents` is left out.
create temporary table figures as
    with
        nights as (
            select night
            from raw.nights
            where
                night <= getvariable('night') and night >= getvariable('night') - getvariable('history_nights')::integer
        ),

        cut as (
            select
                spans.page_id,
                sum(end_offset - start_offset) as characters,
                sum(end_offset - start_offset) filter (where not is_kept) as cut_characters
            from raw.spans
            inner join nights on spans.night = nights.night
            group by spans.page_id
        ),

        dated as (
            select distinct times.page_id
            from raw.times
            inner join nights on times.night = nights.night
            where kind = 'published' and is_chosen
        ),

        pages as (
            select
                pages.night,
                pages.source_id,
                coalesce(documents.outlet_id, pages.given_outlet) as outlet_id,
                pages.fate,
                documents.page_id is not null as has_document,
                documents.word_count,
                documents.language,
                dated.page_id is not null as is_dated,
                cut.characters,
                coalesce(cut.cut_characters, 0) as cut_characters
            from raw.pages
            inner join nights on pages.night = nights.night
            left join raw.documents on pages.night = documents.night and pages.page_id = documents.page_id
            left join dated on pages.page_id = dated.page_id
            left join cut on documents.page_id = cut.page_id
        ),

        offered as (
            select 'source' as scope, source_id as subject_id, night, fate
            from pages
            union all
            select 'outlet', outlet_id, night, fate
            from pages
            where outlet_id is not null
        ),

-- The language an outlet writes in, tonight left out.
        languages as (
            select outlet_id, mode(language order by language) as usual_language
            from pages
            where has_document and outlet_id is not null and night < getvariable('night')
            group by outlet_id
        ),

        known as (select scope, subject_id, min(night) as first_night from offered group by scope, subject_id),

        volumes as (
            select
                known.scope,
                known.subject_id,
                nights.night,
                count(offered.fate) as pages,
                count(*) filter (where offered.fate = 'quarantined') as quarantined
            from known
            inner join nights on known.first_night <= nights.night
            left join
                offered
                on known.scope = offered.scope
                and known.subject_id = offered.subject_id
                and nights.night = offered.night
            group by known.scope, known.subject_id, nights.night
        ),

        texts as (
            select
                pages.outlet_id as subject_id,
                pages.night,
                count(*) as documents,
                median(pages.word_count) as words,
                count(*) filter (where pages.is_dated) / count(*) as dated_share,
                count(*) filter (where pages.language = languages.usual_language) / count(*) as language_share,
                sum(pages.cut_characters) / sum(pages.characters) as cut_share
            from pages
            left join languages on pages.outlet_id = languages.outlet_id
            where pages.has_document and pages.outlet_id is not null
            group by pages.outlet_id, pages.night
            having count(*) >= getvariable('fewest_documents')
        )

    select scope, subject_id, night, 'pages' as figure, pages::double as value, pages as counted
    from volumes
    union all
    select scope, subject_id, night, 'quarantined_share', quarantined / pages, pages
    from volumes
    where pages >= getvariable('fewest_documents')
    union all
    select 'outlet', subject_id, night, 'words', words, documents
    from texts
    union all
    select 'outlet', subject_id, night, 'dated_share', dated_share, documents
    from texts
    union all
    select 'outlet', subject_id, night, 'language_share', language_share, documents
    from texts
    union all
    select 'outlet', subject_id, night, 'cut_share', cut_share, documents
    from texts
    where cut_share is not null;

-- Tonight against its own history, one row per source or outlet and figure. Counts are
-- compared by their square roots, lengths by their logarithms. Once `same_weekdays` of
-- tonight's weekday are known, their median is what is usual; before, anything within
-- the range of the history is. Distance is measured in the history's spread (MAD,
-- scaled as for a normal distribution), or in what chance alone would do to so few
-- pages, whichever is more.
create temporary table drift as
    with
        scaled as (
            select
                *,
                dayofweek(night) as weekday,
                case figure when 'pages' then 2 * sqrt(value) when 'words' then ln(greatest(value, 1)) else value end as level
            from figures
        ),

        tonight as (select * from scaled where night = getvariable('night')),

        history as (
            select
                *,
                count(*) over by_weekday as weekday_nights,
                median(level) over by_weekday as weekday_level,
                median(level) over by_subject as whole_level,
                row_number() over (partition by scope, subject_id, figure order by night desc) as nights_ago
            from scaled
            where night < getvariable('night')
            window
                by_subject as (partition by scope, subject_id, figure),
                by_weekday as (partition by scope, subject_id, figure, weekday)
        ),

        residuals as (
            select
                *,
                level
                - if(weekday_nights >= getvariable('same_weekdays'), weekday_level, whole_level) as residual
            from history
        ),

        usual as (
            select
                scope,
                subject_id,
                figure,
                count(*) as nights,
                min(night) as first_night,
                min(level) as lowest_level,
                max(level) as highest_level,
                1.4826 * median(abs(residual)) as spread,
                min(residual) filter (where nights_ago <= getvariable('settled_nights')) as lowest_recently,
                max(residual) filter (where nights_ago <= getvariable('settled_nights')) as highest_recently
            from residuals
            group by scope, subject_id, figure
        ),

        weekdays as (
            select scope, subject_id, figure, weekday, any_value(weekday_level) as weekday_level
            from history
            where weekday_nights >= getvariable('same_weekdays')
            group by scope, subject_id, figure, weekday
        ),

        compared as (
            select
                tonight.*,
                usual.nights,
                usual.lowest_recently,
                usual.highest_recently,
                coalesce(
                    weekdays.weekday_level, least(greatest(tonight.level, usual.lowest_level), usual.highest_level)
                ) as usual_level,
                greatest(
                    usual.spread,
                    case tonight.figure
                        when 'pages'
                        then 1
                        when 'words'
                        then getvariable('length_noise') / sqrt(tonight.counted)
                        when 'cut_share'
                        then sqrt(getvariable('share_noise') / tonight.counted)
                        else
                            sqrt(
                                greatest(usual_level * (1 - usual_level), getvariable('share_noise')) / tonight.counted
                            )
                    end
                ) as noise,
                (tonight.level - usual_level) / noise as distance
            from tonight
            inner join
                usual
                on tonight.scope = usual.scope
                and tonight.subject_id = usual.subject_id
                and tonight.figure = usual.figure
            left join
                weekdays
                on tonight.scope = weekdays.scope
                and tonight.subject_id = weekdays.subject_id
                and tonight.figure = weekdays.figure
                and tonight.weekday = weekdays.weekday
        ),

        judged as (
            select
                *,
                case
                    figure
                    when 'pages'
                    then (usual_level / 2) ** 2
                    when 'words'
                    then exp(usual_level)
                    else usual_level
                end as usual_value,
                case
                    when figure in ('pages', 'words')
                    then
                        value < usual_value * getvariable('quiet_factor')
                        or value > usual_value * if(figure = 'pages', getvariable('flood_factor'), 1 / getvariable('quiet_factor'))
                    else abs(value - usual_value) >= getvariable('share_shift')
                end as matters,
                -- A change that has held for a week is the new state of things, and no longer news.
                if(distance > 0, lowest_recently, -highest_recently) >= noise * getvariable('unusual_distance') / 2 as is_settled
            from compared
        )

    select
        scope,
        subject_id,
        figure,
        value,
        round(usual_value, 4) as usual_value,
        round(distance, 2) as distance,
        nights,
        nights >= getvariable('warm_up_nights')
        and matters
        and abs(judged.distance) >= getvariable('unusual_distance')
        and not is_settled as is_unusual
    from judged;
