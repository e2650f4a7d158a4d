-- Temporary tables that the queries of gate 1 share: figures of sources and outlets, how
-- unusual tonight's are, and how long they have been silent.
-- One row per source or outlet, night and figure, of tonight and the nights before it.
-- A night on which it brought nothing is a row of nought pages. Shares and lengths are
-- a night's own where a usual night has documents enough for one, and otherwise those
-- of the week that ends with the night; of too few even so, they are left out.
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
            select 'source' as scope, source_id as subject_id, night, fate, has_document
            from pages
            union all
            select 'outlet', outlet_id, night, fate, has_document
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
                count(*) filter (where offered.has_document) as documents
            from known
            inner join nights on known.first_night <= nights.night
            left join
                offered
                on known.scope = offered.scope
                and known.subject_id = offered.subject_id
                and nights.night = offered.night
            group by known.scope, known.subject_id, nights.night
        ),

-- How many nights a figure is made of: one, or a week where one has too few.
        spans_of_nights as (
            select
                scope,
                subject_id,
                if(
                    median(pages) >= getvariable('fewest_documents'), 1, getvariable('settled_nights')
                )::integer as page_nights,
                if(
                    median(documents) >= getvariable('fewest_documents'), 1, getvariable('settled_nights')
                )::integer as document_nights
            from volumes
            group by scope, subject_id
        ),

        quarantined as (
            select
                offered.scope,
                offered.subject_id,
                nights.night,
                spans_of_nights.page_nights as nights_counted,
                count(*) as pages,
                count(*) filter (where offered.fate = 'quarantined') / count(*) as quarantined_share
            from offered
            inner join
                spans_of_nights
                on offered.scope = spans_of_nights.scope
                and offered.subject_id = spans_of_nights.subject_id
            inner join
                nights on nights.night between offered.night and offered.night + spans_of_nights.page_nights - 1
            group by offered.scope, offered.subject_id, nights.night, spans_of_nights.page_nights
            having count(*) >= getvariable('fewest_documents')
        ),

        texts as (
            select
                pages.outlet_id as subject_id,
                nights.night,
                spans_of_nights.document_nights as nights_counted,
                count(*) as documents,
                median(pages.word_count) as words,
                count(*) filter (where pages.is_dated) / count(*) as dated_share,
                count(*) filter (where pages.language = languages.usual_language) / count(*) as language_share,
                sum(pages.cut_characters) / sum(pages.characters) as cut_share
            from pages
            inner join
                spans_of_nights
                on spans_of_nights.scope = 'outlet'
                and pages.outlet_id = spans_of_nights.subject_id
            inner join
                nights on nights.night between pages.night and pages.night + spans_of_nights.document_nights - 1
            left join languages on pages.outlet_id = languages.outlet_id
            where pages.has_document
            group by pages.outlet_id, nights.night, spans_of_nights.document_nights
            having count(*) >= getvariable('fewest_documents')
        )

    select
        scope, subject_id, night, 'pages' as figure, pages::double as value, pages as counted, 1 as nights_counted
    from volumes
    union all
    select scope, subject_id, night, 'quarantined_share', quarantined_share, pages, nights_counted
    from quarantined
    union all
    select 'outlet', subject_id, night, 'words', words, documents, nights_counted
    from texts
    union all
    select 'outlet', subject_id, night, 'dated_share', dated_share, documents, nights_counted
    from texts
    union all
    select 'outlet', subject_id, night, 'language_share', language_share, documents, nights_counted
    from texts
    union all
    select 'outlet', subject_id, night, 'cut_share', cut_share, documents, nights_counted
    from texts
    where cut_share is not null;

-- Tonight against its own history, one row per source or outlet and figure. Counts are
-- compared by their square roots, lengths by their logarithms. Once `same_weekdays` of
-- tonight's weekday are known, their median is what is usual; before, anything within
-- the range of the history is. Distance is measured in the history's spread (MAD,
-- scaled as for a normal distribution), or in what chance alone would do to so few
-- pages, whichever is more. A night without a page is left to `silences`.
create temporary table drift as
    with
        scaled as (
            select
                *,
                dayofweek(night) as weekday,
                case figure when 'pages' then 2 * sqrt(value) when 'words' then ln(greatest(value, 1)) else value end as level
            from figures
        ),

        tonight as (
            select * from scaled where night = getvariable('night') and (figure <> 'pages' or value > 0)
        ),

        history as (
            select
                *,
                count(*) over by_weekday as weekday_nights,
                median(level) over by_weekday as weekday_level,
                median(level) over by_subject as whole_level,
                row_number() over (partition by scope, subject_id, figure order by night desc) as nights_ago,
                -- A week that tonight's week shares nights with says nothing of its own.
                night <= getvariable('night') - nights_counted::integer as stands_apart
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
                count(*) filter (where stands_apart) as nights,
                min(level) filter (where stands_apart) as lowest_level,
                max(level) filter (where stands_apart) as highest_level,
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

-- Sources and outlets of which nothing came tonight, each with the unbroken run of nights
-- without a page and the pages expected in it. A weekday is expected to bring its mean
-- (a flood counts as three usual nights at most), or, while too few of it are known, what
-- the leanest weekday brings. The run is silence, not chance, once nought pages are as
-- unlikely as `silence_chance`. Chance is Poisson's, with what makes nought likelier
-- allowed for: pages that come in bunches (dispersion: the negative binomial) and a mean
-- known from few of them (its gamma posterior).
create temporary table silences as
    with
        counts as (
            select scope, subject_id, night, dayofweek(night) as weekday, value as pages
            from figures
            where figure = 'pages'
        ),

        runs as (
            select scope, subject_id, max(night) filter (where pages > 0) as last_night
            from counts
            group by scope, subject_id
            having last_night < getvariable('night')
        ),

        history as (
            select
                counts.*,
                count(*) over by_weekday as weekday_nights,
                least(
                    counts.pages, getvariable('flood_factor') * greatest(1, median(counts.pages) over by_weekday)
                ) as usual_pages
            from counts
            inner join runs on counts.scope = runs.scope and counts.subject_id = runs.subject_id
            where counts.night <= runs.last_night
            window by_weekday as (partition by counts.scope, counts.subject_id, counts.weekday)
        ),

        centred as (
            select *, avg(usual_pages) over (partition by scope, subject_id, weekday) as weekday_pages from history
        ),

        weekdays as (
            select
                scope,
                subject_id,
                weekday,
                count(*) as nights,
                any_value(weekday_pages) as usual_pages,
                sum((usual_pages - weekday_pages) ** 2) as squares
            from centred
            group by scope, subject_id, weekday
        ),

        longest as (
            select scope, subject_id, max(silent_nights) as longest_silence
            from
                (
                    select
                        scope,
                        subject_id,
                        pages,
                        -1
                        + position
                        - lag(position) over (partition by scope, subject_id order by position) as silent_nights
                    from
                        (
                            select
                                scope,
                                subject_id,
                                pages,
                                row_number() over (partition by scope, subject_id order by night) as position
                            from history
                        )
                    where pages > 0
                )
            group by scope, subject_id
        ),

        subjects as (
            select
                scope,
                subject_id,
                sum(nights) as known_nights,
                sum(nights * usual_pages) as known_pages,
                min(usual_pages) as leanest_pages,
                greatest(1, coalesce(sum(squares) / nullif(sum((nights - 1) * usual_pages), 0), 1)) as dispersion,
                greatest(1, known_pages / dispersion) as evidence,
                evidence
                * (getvariable('silence_chance') ** (-1 / evidence) - 1)
                * if(dispersion > 1, (dispersion - 1) / ln(dispersion), 1) as telling_pages
            from weekdays
            group by scope, subject_id
        ),

        silent_nights as (
            select
                counts.scope,
                counts.subject_id,
                counts.night,
                if(
                    weekdays.nights >= getvariable('same_weekdays'), weekdays.usual_pages, subjects.leanest_pages
                ) as expected_pages
            from counts
            inner join runs on counts.scope = runs.scope and counts.subject_id = runs.subject_id
            inner join subjects on counts.scope = subjects.scope and counts.subject_id = subjects.subject_id
            left join
                weekdays
                on counts.scope = weekdays.scope
                and counts.subject_id = weekdays.subject_id
                and counts.weekday = weekdays.weekday
            where counts.night > runs.last_night
        ),

        expected as (
            select
                scope,
                subject_id,
                count(*) as silent_nights,
                sum(expected_pages) as expected_pages,
                coalesce(
                    sum(expected_pages) filter (where night <= getvariable('night') - getvariable('settled_nights')::integer), 0
                ) as expected_pages_a_week_ago
            from silent_nights
            group by scope, subject_id
        )

    select
        expected.scope,
        expected.subject_id,
        expected.silent_nights,
        longest.longest_silence,
        expected.expected_pages,
        subjects.telling_pages,
        subjects.known_nights as nights,
        subjects.known_nights >= getvariable('warm_up_nights')
        and expected.expected_pages >= subjects.telling_pages
        -- What has been silent for a week is known to be.
        and expected.expected_pages_a_week_ago < subjects.telling_pages as is_unusual
    from expected
    inner join subjects on expected.scope = subjects.scope and expected.subject_id = subjects.subject_id
    inner join longest on expected.scope = longest.scope and expected.subject_id = longest.subject_id;
