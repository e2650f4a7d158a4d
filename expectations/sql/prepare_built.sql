-- Temporary tables that the queries of gate 2 share. The marts' own workings
-- (shingles, scores, zones) are not read.
-- Articles that a page of the night belongs to: the ones the night may have spoiled.
create temporary table tonights_articles as
    select distinct copies.article_id
    from marts.copies
    inner join raw.pages on copies.copy_id = pages.page_id
    where pages.night = getvariable('night');

-- The bodies of an outlet near the night, each with the subject it is about: reports
-- of one story may share background and names, so a story counts once.
create temporary table outlet_bodies as
    select
        articles.article_id,
        articles.first_outlet_id as outlet_id,
        coalesce(story_articles.story_id, articles.article_id) as subject_id,
        coalesce(articles.title, '') as title,
        articles.body,
        tonights_articles.article_id is not null as is_tonight
    from marts.articles
    left join
        (select article_id, min(story_id) as story_id from marts.story_articles group by article_id) as story_articles
        on articles.article_id = story_articles.article_id
    left join tonights_articles on articles.article_id = tonights_articles.article_id
    where
        tonights_articles.article_id is not null
        or (
            articles.first_outlet_id is not null
            and articles.first_night
            between getvariable('night')
            - getvariable('look_back_days')::integer and getvariable('night')
            + getvariable('look_back_days')::integer
        );

-- Sentences of a body, in scripts with spaces and without.
create temporary macro sentences_of(body) as list_transform(
    regexp_extract_all(body, '[^.!?。！？\n]+[.!?。！？]?'), lambda sentence : trim(sentence)
);

-- Where a body has one of some phrases, with what stands around it. Nearly all have none, which is cheap to tell.
create temporary macro place_of(body, phrases) as if(
    regexp_matches(body, phrases), regexp_extract(body, '.{0,40}' || phrases || '.{0,40}'), ''
);

-- Lines of a body, each with whether it is the first.
create temporary macro lines_of(body) as list_transform(
    string_split(body, chr(10)), lambda line, number : {'is_first': number = 1, 'line': trim(line)}
);

-- What no article says: a row per body of tonight and place, with the kind of detector that found it.
create temporary table residues as
    with
        tonight as (select * from outlet_bodies where is_tonight),

-- Phrases of the lexicon.
        phrases as (
            select
                article_id,
                {
                    'template': place_of(body, getvariable('lexicon_template')),
                    'markup': place_of(body, getvariable('lexicon_markup')),
                    'paywall': place_of(body, getvariable('lexicon_paywall')),
                    'price': place_of(body, getvariable('lexicon_price')),
                    'menu': place_of(body, getvariable('lexicon_menu')),
                    'call': place_of(body, getvariable('lexicon_call')),
                    'teaser': place_of(body, getvariable('lexicon_teaser')),
                    'notice': place_of(body, getvariable('lexicon_notice'))
                } as place
            from tonight
        ),

        categories as (
            unpivot (select article_id, place.* from phrases)
            on template, markup, paywall, price, menu, call, teaser, notice
            into name category value place
        ),

-- The last two paragraphs, each with all that stands before it.
        tails as (
            select
                article_id,
                from_end,
                trim(paragraphs[-from_end]) as tail,
                title || ' ' || array_to_string(paragraphs[:-from_end - 1], ' ') as rest
            from
                (
                    select
                        article_id,
                        title,
                        list_filter(string_split(body, chr(10)), lambda line : trim(line) <> '') as paragraphs
                    from tonight
                )
            cross join (values (1), (2)) as ends (from_end)
            where len(paragraphs) >= 3 + from_end
        ),

        counted as (
            select
                article_id,
                from_end,
                tail,
                rest,
                list_distinct(regexp_extract_all(lower(tail), '\p{L}{4,}')) as words,
                list_distinct(
                    regexp_extract_all(tail, '[\p{Ll},;:)’''"”] (\p{Lu}[\p{L}’''-]{2,})', 1)
                ) as names,
                len(regexp_extract_all(tail, '[\p{L}\p{N}]+')) between 4 and 25
                and not regexp_matches(tail, '[.!?:»"”’)\]。」]$') as reads_like_a_headline
            from tails
        ),

-- About others than the rest: none of its names, and few of its words, were there before.
        strangers as (
            select article_id, 'tail' as category, arg_min(tail, from_end) as place
            from counted
            where
                len(words) >= 3
                and not list_bool_or([contains(rest, name) for name in names] || [false])
                and list_avg([contains(lower(rest), left(word, 5))::integer for word in words])
                <= if(reads_like_a_headline, getvariable('headline_words'), getvariable('stranger_words'))
                and (reads_like_a_headline or (from_end = 1 and len(names) >= 2))
            group by article_id
        ),

-- Only what stands in a body of tonight is looked for in the month around it.
        tonights_sentences as (
            select article_id, outlet_id, sentence, hash(lower(sentence)) as sentence_key
            from
                (
                    select article_id, outlet_id, unnest(sentences_of(body)) as sentence
                    from tonight
                    where outlet_id is not null
                )
            where len(regexp_extract_all(sentence, getvariable('word'))) >= getvariable('sentence_words')
        ),

        repeated_keys as (
            select outlet_id, sentence_key
            from
                (
                    select
                        outlet_id,
                        subject_id,
                        hash(lower(unnest(sentences_of(body)))) as sentence_key
                    from outlet_bodies
                    where outlet_id is not null
                )
            semi join tonights_sentences using (outlet_id, sentence_key)
            group by outlet_id, sentence_key
            having count(distinct subject_id) >= getvariable('sentence_articles')
        ),

        repeated as (
            select tonights_sentences.article_id, 'sentence' as category, tonights_sentences.sentence as place
            from tonights_sentences
            inner join
                repeated_keys
                on tonights_sentences.outlet_id = repeated_keys.outlet_id
                and tonights_sentences.sentence_key = repeated_keys.sentence_key
        ),

-- Names of two words or more that first stand late in a body of tonight.
        late_names as (
            select article_id, outlet_id, name
            from
                (
                    select
                        *,
                        unnest(
                            list_distinct(regexp_extract_all(body, '\p{Lu}[\p{L}’''-]+(?: \p{Lu}[\p{L}’''-]+)+'))
                        ) as name
                    from tonight
                    where outlet_id is not null
                )
            where not contains(title, name) and strpos(body, name) >= length(body) * getvariable('tail_begins')
        ),

-- Wherever else the outlet has them.
        names as (
            select
                outlet_id,
                subject_id,
                name,
                not contains(title, name)
                and strpos(body, name) >= length(body) * getvariable('tail_begins') as is_late
            from
                (
                    select
                        *,
                        unnest(
                            list_distinct(regexp_extract_all(body, '\p{Lu}[\p{L}’''-]+(?: \p{Lu}[\p{L}’''-]+)+'))
                        ) as name
                    from outlet_bodies
                    where outlet_id is not null
                )
            semi join late_names using (outlet_id, name)
        ),

        subjects as (
            select outlet_id, count(distinct subject_id) as subjects from outlet_bodies group by outlet_id
        ),

-- Whom an outlet names at the end of bodies on whatever subject, and never as their subject.
        signed as (
            select names.outlet_id, names.name
            from names
            inner join subjects on names.outlet_id = subjects.outlet_id
            group by names.outlet_id, names.name, subjects.subjects
            having
                count(distinct names.subject_id)
                >= greatest(getvariable('name_articles'), subjects.subjects * getvariable('name_share'))
                and bool_and(names.is_late)
        ),

-- A line of its own before the text, of any length: a slogan, a desk, a name of the paper.
-- Below it those that are too short to be looked for as sentences.
        tonights_lines as (
            select distinct article_id, outlet_id, is_first, line
            from
                (
                    select article_id, outlet_id, unnest(lines_of(body), recursive := true)
                    from tonight
                    where outlet_id is not null and contains(body, chr(10))
                )
            where
                line <> ''
                and (
                    is_first
                    or len(regexp_extract_all(line, getvariable('word'))) between 1
                    and getvariable('sentence_words') - 1
                )
        ),

        recurring_lines as (
            select lines.outlet_id, lines.is_first, lower(lines.line) as line
            from
                (
                    select outlet_id, subject_id, unnest(lines_of(body), recursive := true)
                    from outlet_bodies
                    where outlet_id is not null and contains(body, chr(10))
                ) as lines
            inner join subjects on lines.outlet_id = subjects.outlet_id
            semi join
                tonights_lines
                on lines.outlet_id = tonights_lines.outlet_id
                and lines.is_first = tonights_lines.is_first
                and lower(lines.line) = lower(tonights_lines.line)
            group by lines.outlet_id, lines.is_first, lower(lines.line), subjects.subjects
            having
                count(distinct lines.subject_id)
                >= greatest(getvariable('name_articles'), subjects.subjects * getvariable('name_share'))
        ),

        found as (
            select article_id, category, place
            from categories
            where place <> ''
            union all
            select article_id, category, place
            from strangers
            union all
            select article_id, category, place
            from repeated
            union all
            select late_names.article_id, 'name', late_names.name
            from late_names
            inner join signed on late_names.outlet_id = signed.outlet_id and late_names.name = signed.name
            union all
            select tonights_lines.article_id, if(tonights_lines.is_first, 'opening', 'line'), tonights_lines.line
            from tonights_lines
            inner join
                recurring_lines
                on tonights_lines.outlet_id = recurring_lines.outlet_id
                and tonights_lines.is_first = recurring_lines.is_first
                and lower(tonights_lines.line) = recurring_lines.line
        )

    select found.article_id, tonight.outlet_id, found.category, trim(found.place, chr(10) || ' ') as place
    from found
    inner join tonight on found.article_id = tonight.article_id;

-- The words of the articles near the night, hashed one by one.
create temporary table article_words as
    with
        articles_near as (
            select articles.article_id, articles.body, tonights_articles.article_id is not null as is_tonight
            from marts.articles
            left join tonights_articles on articles.article_id = tonights_articles.article_id
            where
                articles.first_night between getvariable('night') - getvariable('look_back_days')::integer
                and getvariable('night') + getvariable('look_back_days')::integer
                or tonights_articles.article_id is not null
        )

    select
        article_id,
        is_tonight,
        list_transform(regexp_extract_all(lower(body), getvariable('word')), lambda word : hash(word)) as words
    from articles_near
    where len(words) >= getvariable('fewest_words_compared');

-- Their runs of eight words, as rows: side by side, words are hashed at a twentieth of what slices of a list cost.
create temporary view article_runs as
    select article_id, is_tonight, place, hash(word_1, word_2, word_3, word_4, word_5, word_6, word_7, word_8) as run
    from
        (select
            article_id,
            is_tonight,
            unnest(range(len(words) - 7)) as place,
            unnest(words[1:-8]) as word_1,
            unnest(words[2:-7]) as word_2,
            unnest(words[3:-6]) as word_3,
            unnest(words[4:-5]) as word_4,
            unnest(words[5:-4]) as word_5,
            unnest(words[6:-3]) as word_6,
            unnest(words[7:-2]) as word_7,
            unnest(words[8:]) as word_8
        from article_words);

-- Pairs of different articles that share text, one of them of tonight: an own search,
-- not the builder's groups. A quarter of the runs is enough to find candidates, and only those of tonight are looked
-- for.
create temporary table similar_articles as
    with
        tonights_runs as (select run from article_runs where is_tonight and run % 4 = 0),

        sampled as materialized (
            select distinct article_id, run
            from article_runs
            where run % 4 = 0 and run in (select run from tonights_runs)
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

        placed as materialized (
            select article_id, run, place
            from article_runs
            where article_id in (select article_id from pairs union all select other_article_id from pairs)
        ),

        compared as materialized (select distinct article_id, run from placed),

        sizes as (select article_id, count(*) as runs from compared group by article_id),

        shared_runs as materialized (
            select pairs.article_id, pairs.other_article_id, compared.run
            from pairs
            inner join compared on pairs.article_id = compared.article_id
            inner join
                compared as others on pairs.other_article_id = others.article_id and compared.run = others.run
        ),

        counted as (
            select
                shared_runs.article_id,
                shared_runs.other_article_id,
                count(*) as shared,
                any_value(sizes.runs) as runs,
                any_value(other_sizes.runs) as other_runs
            from shared_runs
            inner join sizes on shared_runs.article_id = sizes.article_id
            inner join sizes as other_sizes on shared_runs.other_article_id = other_sizes.article_id
            group by shared_runs.article_id, shared_runs.other_article_id
        ),

-- A word changed here and there breaks eight runs each time, but one word: what stands in runs that both have.
        both_sides as (
            select article_id, other_article_id, run, article_id as side_id
            from shared_runs
            union all
            select article_id, other_article_id, run, other_article_id
            from shared_runs
        ),

        stretches as (
            select
                both_sides.article_id,
                both_sides.other_article_id,
                least(
                    8,
                    coalesce(
                        lead(placed.place) over (
                            partition by both_sides.article_id, both_sides.other_article_id, both_sides.side_id
                            order by placed.place
                        )
                        - placed.place,
                        8
                    )
                ) as words
            from both_sides
            inner join placed on both_sides.side_id = placed.article_id and both_sides.run = placed.run
        ),

        common_words as (
            select article_id, other_article_id, sum(words) as words
            from stretches
            group by article_id, other_article_id
        ),

        lengths as (select article_id, len(words) as words from article_words)

    select
        counted.article_id,
        counted.other_article_id,
        counted.shared / (counted.runs + counted.other_runs - counted.shared) as share_of_all,
        counted.shared / least(counted.runs, counted.other_runs) as share_of_shorter,
        common_words.words / (lengths.words + other_lengths.words) as share_of_words
    from counted
    inner join
        common_words
        on counted.article_id = common_words.article_id
        and counted.other_article_id = common_words.other_article_id
    inner join lengths on counted.article_id = lengths.article_id
    inner join lengths as other_lengths on counted.other_article_id = other_lengths.article_id;
