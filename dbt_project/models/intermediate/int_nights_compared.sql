-- One row per night as it was when its texts were last compared with the history;
-- read by the next build.
-- depends_on: {{ ref('int_text_pairs_compared') }}, {{ ref('int_quote_pairs_compared') }}
-- depends_on: {{ ref('int_page_pairs_compared') }}, {{ ref('int_version_sentences_changed') }}
-- depends_on: {{ ref('int_terms_counted') }}, {{ ref('int_names_counted') }}
with nights as (select * from {{ ref("int_nights_digested") }}), final as (select digest, night from nights)

select *
from final
