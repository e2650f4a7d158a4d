-- One row per outlet and night: the grades of the articles it was first with, and why they are no better.
with
    articles as (select * from {{ ref("articles") }} where first_outlet_id is not null),

    outlets as (select * from {{ ref("outlets") }}),

    reasons as (select first_outlet_id, first_night, unnest(string_split(grade_reasons, '; ')) as reason from articles),

    leading_reasons as (
        select first_outlet_id, first_night, mode(reason order by reason) as most_frequent_reason
        from reasons
        group by first_outlet_id, first_night
    ),

    final as (
        select
            articles.first_outlet_id as outlet_id,
            any_value(outlets.outlet_name) as outlet_name,
            any_value(leading_reasons.most_frequent_reason) as most_frequent_reason,
            count(*) as articles,
            count(*) filter (where articles.grade = 'A') as a,
            count(*) filter (where articles.grade = 'B') as b,
            count(*) filter (where articles.grade = 'C') as c,
            count(*) filter (where articles.grade in ('D', 'E', 'F')) as d_to_f,
            articles.first_night as night
        from articles
        inner join outlets on articles.first_outlet_id = outlets.outlet_id
        left join
            leading_reasons
            on articles.first_outlet_id = leading_reasons.first_outlet_id
            and articles.first_night = leading_reasons.first_night
        group by articles.first_outlet_id, articles.first_night
    )

select *
from final
