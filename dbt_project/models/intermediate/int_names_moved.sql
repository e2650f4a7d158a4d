-- One row per build and pair of stories, or of events, of which pages that stood in the one before it stood in the
-- other after it, with what became of the old name: the ledger's own account of what readers saw change.
with
    given as (select * from {{ ref("int_names_given") }}),

    names as (
        select 'story' as kind, version_key, page_id, story_id as name, article_id, run_no, noted_night
        from given
        where run_no > 0
        union all
        select 'event', version_key, page_id, event_id, article_id, run_no, noted_night
        from given
        where run_no > 0
    ),

    stays as (
        select *, lag(name ignore nulls) over pages as previous_name, lead(run_no) over pages as next_run_no
        from names
        window pages as (partition by kind, version_key order by run_no)
    ),

    moved as (
        select
            kind,
            previous_name as old_name,
            name as new_name,
            run_no,
            any_value(noted_night) as night,
            count(distinct article_id) as articles,
            bool_or({{ is_founded_by("previous_name", "page_id") }}) as has_founding_page
        from stays
        where name <> previous_name
        group by kind, previous_name, name, run_no
    ),

    -- Somebody bears the old name after that build, or bore the new one before it.
    lasting as (
        select distinct moved.kind, moved.old_name, moved.run_no
        from moved
        inner join
            stays
            on moved.kind = stays.kind
            and moved.old_name = stays.name
            and moved.run_no >= stays.run_no
            and moved.run_no < coalesce(stays.next_run_no, moved.run_no + 1)
    ),

    known as (
        select distinct moved.kind, moved.new_name, moved.run_no
        from moved
        inner join
            stays
            on moved.kind = stays.kind
            and moved.new_name = stays.name
            and moved.run_no > stays.run_no
            and moved.run_no <= coalesce(stays.next_run_no, moved.run_no)
    ),

    final as (
        select
            moved.kind,
            moved.old_name,
            moved.new_name,
            {{ change_of_name("lasting.kind is not null", "known.kind is null") }} as change,
            moved.articles,
            moved.run_no,
            moved.night
        from moved
        left join
            lasting on moved.kind = lasting.kind and moved.old_name = lasting.old_name and moved.run_no = lasting.run_no
        left join known on moved.kind = known.kind and moved.new_name = known.new_name and moved.run_no = known.run_no
        window
            targets as (
                partition by moved.kind, moved.old_name, moved.run_no
                order by moved.has_founding_page desc, moved.articles desc, moved.new_name
            )
    )

select *
from final
