"""Planted faults: for each expectation of each gate at least one statement that breaks it, and little else."""

TONIGHT = "date '2026-01-05'"

_ADD_PAGES = """
insert into raw.pages by name
select {night} as night, '{name}-' || night_no || '-' || page_no as page_id, page_id as version_key,
    '{source}' as source_id, 'x' as origin, 'text' as media, 'x' as content_sha256, 1 as content_bytes,
    '{fate}' as fate, {reason} as reason
from range({nights}) as nights (night_no), range({pages}) as pages (page_no);
"""

_HISTORY = _ADD_PAGES.format(
    night="(date '2026-01-04' - night_no::integer)",
    name="old",
    source="{source}",
    fate="accepted",
    reason="null",
    nights=8,
    pages=10,
)


def _quarantined(pages: int) -> str:
    return _ADD_PAGES.format(
        night=TONIGHT, name="bad", source="valley", fate="quarantined", reason="'too_short'", nights=1, pages=pages
    )


def _body_of(article: str, text: str) -> str:
    return f"update marts.articles set body = body || chr(10) || chr(10) || '{text}' where article_id = '{article}'"


def _article_like(article: str, body: str) -> str:
    return (
        "insert into marts.articles by name select article_id || '-again' as article_id, reference_page_id, "
        f"first_outlet_id, {body} as body, first_night from marts.articles where article_id = '{article}'"
    )


def _outlet_documents() -> str:
    return """
    insert into raw.documents by name
    select (date '2026-01-05' - night_no::integer) as night, 'w' || night_no || '-' || page_no as page_id,
        'article' as kind, 'harbour' as outlet_id, 'x' as body, 'x' as body_sha256, false as has_syndication_notice,
        'en' as language, 0.9 as language_confidence, 1.0 as language_share, 'full' as completeness,
        'utf-8' as encoding, 'utf8' as encoding_evidence, false as is_mojibake_repaired,
        if(night_no = 0, 90, 400) as word_count,
        1 as paragraph_count, 0.9 as cleaning_confidence, 'x' as cleaner
    from range(9) as nights (night_no), range(6) as pages (page_no)
    """


ARRIVED = [
    ("the_night_stands_once_in_the_ledger", "delete from raw.nights where night = '2026-01-05'"),
    ("the_night_stands_once_in_the_ledger", "insert into raw.nights values ('2026-01-05', 5, 'd', '1')"),
    ("pages_equal_what_the_sources_offered", "delete from raw.pages where page_id = 'p4'"),
    ("pages_equal_what_the_sources_offered", "delete from raw.nights where night = '2026-01-04'"),
    ("every_key_of_the_raw_layer_stands_once", "insert into raw.pages from raw.pages"),
    ("every_key_of_the_raw_layer_stands_once", "insert into raw.quotes from raw.quotes"),
    ("every_key_of_the_raw_layer_stands_once", "insert into raw.documents from raw.documents"),
    (
        "every_key_of_the_raw_layer_stands_once",
        "insert into raw.shingles select '2026-01-05', 'p1', [5], [], [] from range(2)",
    ),
    ("every_page_has_one_known_fate", "update raw.pages set fate = 'skipped' where page_id = 'p4'"),
    ("every_quarantined_page_says_why", "update raw.pages set reason = null where page_id = 'p4'"),
    ("every_quarantined_page_says_why", "update raw.pages set reason = 'bad luck' where page_id = 'p4'"),
    ("every_quarantined_page_says_why", "update raw.pages set reason = 'too_short' where page_id = 'p1'"),
    ("every_accepted_page_has_one_document", "delete from raw.documents where page_id = 'p2'"),
    ("every_accepted_page_has_one_document", "update raw.documents set page_id = 'p4' where page_id = 'p2'"),
    ("every_row_belongs_to_a_page_of_its_night", "insert into raw.terms values ('2026-01-05', 'gone', 'ferry', 0, 1)"),
    ("every_row_belongs_to_a_page_of_its_night", "update raw.spans set page_id = 'gone' where page_id = 'p3'"),
    ("every_row_belongs_to_a_page_of_its_night", "update raw.mentions set page_id = 'p4'"),
    ("spans_tile_the_text_without_gap_or_overlap", "update raw.spans set start_offset = 3 where span_no = 0"),
    ("spans_tile_the_text_without_gap_or_overlap", "delete from raw.spans where page_id = 'p1' and span_no = 0"),
    ("spans_tile_the_text_without_gap_or_overlap", "update raw.spans set text = text || 'x' where page_id = 'p3'"),
    (
        "spans_tile_the_text_without_gap_or_overlap",
        "update raw.spans set start_offset = start_offset - 1, text = ' ' || text where span_no = 1",
    ),
    ("every_accepted_page_keeps_the_text_it_was_cut_from", "update raw.spans set is_kept = false where page_id = 'p1'"),
    ("kept_pieces_are_found_in_the_body", "update raw.documents set body = body[:90] where page_id = 'p3'"),
    (
        "nothing_that_was_cut_stands_in_the_body",
        "update raw.documents set body = body || chr(10) || "
        "(select trim(text) from raw.spans where zone = 'nav' limit 1) where page_id = 'p3'",
    ),
    ("quotations_and_names_stand_at_their_offsets", "update raw.quotes set start_offset = start_offset + 1"),
    ("quotations_and_names_stand_at_their_offsets", "update raw.mentions set zone = 'title'"),
    ("quotations_and_names_stand_at_their_offsets", "update raw.mentions set zone = 'quote'"),
    ("names_are_only_read_in_kept_zones", "update raw.mentions set zone = 'trending'"),
    ("names_are_only_read_in_kept_zones", "update raw.mentions set zone = 'caption', span_no = 0"),
    ("no_page_is_published_after_it_was_fetched", "update raw.times set value_at = '2026-01-05 23:30:00'"),
    (
        "no_page_is_published_after_it_was_fetched",
        "update raw.times set value_at = '2026-01-07 01:00:00', zone_evidence = 'none'",
    ),
    (
        "no_page_is_published_after_it_was_fetched",
        "update raw.times set value_at = '2027-01-05'; update raw.pages set fetched_at = null",
    ),
    ("at_most_one_time_of_a_kind_is_chosen", "insert into raw.times from raw.times"),
    (
        "at_most_one_title_is_chosen",
        "insert into raw.titles select '2026-01-05', 'p1', range, 'heading', 'Ferry', 'Ferry', true, 'x' from range(2)",
    ),
    ("every_already_seen_page_repeats_another", "update raw.pages set version_key = 'v-none' where page_id = 'p5'"),
    ("every_already_seen_page_repeats_another", "update raw.pages set version_key = 'v-none' where page_id = 'p0'"),
    ("every_score_lies_between_nought_and_one", "update raw.spans set score = 90 where page_id = 'p1'"),
    ("every_score_lies_between_nought_and_one", "update raw.documents set cleaning_confidence = 'nan'"),
    ("no_accepted_body_is_blank", "update raw.documents set body = ' — ' where page_id = 'p3'"),
    ("no_body_shows_a_wrong_encoding", "update raw.documents set body = replace(body, 'said', 'Ã©tait')"),
    ("no_body_shows_a_wrong_encoding", "update raw.documents set body = replace(body, 'said', 'sa' || chr(65533))"),
    ("few_pages_are_quarantined", _quarantined(16)),
    ("quarantine_does_not_swallow_the_night", _quarantined(60)),
    ("every_source_is_as_full_as_it_was", _HISTORY.format(source="harbour")),
    ("every_source_is_as_full_as_it_was", _HISTORY.format(source="fell silent")),
    (
        "every_source_is_as_full_as_it_was",
        _HISTORY.format(source="valley") + _quarantined(60),
    ),
    ("bodies_are_as_long_as_they_were", _outlet_documents()),
]

BUILT = [
    ("no_body_carries_template_variables", _body_of("ap3", "You have {{free_limit}} left.")),
    ("no_body_carries_template_variables", _body_of("ap3", "Hello ${reader.name}, welcome")),
    ("no_body_carries_markup", _body_of("ap3", "The council<br />meets")),
    ("no_body_carries_markup", _body_of("ap3", "Renn &amp; Sons")),
    ("no_body_asks_to_subscribe", _body_of("ap3", "Subscribe now to continue reading")),
    ("no_body_asks_to_subscribe", _body_of("ap3", "Already a member? Cancel anytime.")),
    ("no_body_lists_prices_of_plans", _body_of("ap3", "Digital: $9.99/month")),
    ("no_body_lists_prices_of_plans", _body_of("ap3", "Choose your plan. ₹149 per month")),
    ("no_body_carries_menu_lines", _body_of("ap3", "Privacy Policy")),
    ("no_body_carries_menu_lines", _body_of("ap3", "Home | Politics | Harbour | Sport | Weather | Archive")),
    ("no_body_calls_its_reader_to_act", _body_of("ap3", "Follow us on Facebook")),
    ("no_body_calls_its_reader_to_act", _body_of("ap3", "Sign up for our daily newsletter")),
    ("no_body_carries_teasers_of_other_pages", _body_of("ap3", "Also read: Ten pies for autumn")),
    ("no_body_carries_teasers_of_other_pages", _body_of("ap3", "Trending")),
    ("no_body_carries_notices_of_the_site", _body_of("ap3", "© 2026 Valley Echo. All rights reserved.")),
    (
        "no_body_carries_notices_of_the_site",
        _body_of("ap3", "This story has not been edited by our staff and comes from a syndicated feed."),
    ),
    (
        "few_bodies_carry_residue",
        _article_like("ap3", "'&nbsp;'")
        + ";insert into marts.copies by name select 'p3' as copy_id, 'ap3-again' as article_id;"
        + "update marts.articles set body = body || '<br>'",
    ),
    (
        "no_sentence_repeats_across_an_outlets_bodies",
        "update marts.articles set first_outlet_id = 'valley', "
        "body = body || chr(10) || 'Our reporters in the valley can be reached all day.'",
    ),
    ("no_two_articles_are_one_text", _article_like("ap1", "replace(body, 'stern', 'rear')")),
    (
        "no_two_articles_are_one_text",
        "insert into marts.articles by name select article_id || '-' || number as article_id, reference_page_id, "
        "first_outlet_id, replace(body, 'stern', 'rear ' || number) as body, first_night "
        "from marts.articles cross join range(60) as again (number) where article_id = 'ap1'",
    ),
    ("no_two_articles_have_the_same_letters", _article_like("ap0", "upper(replace(body, ',', ' –'))")),
    ("no_article_is_contained_in_another", _article_like("ap1", "body[:240]")),
    (
        "every_copy_shares_text_with_its_reference",
        "update marts.copies set reference_page_id = 'p3', article_id = 'ap3' where copy_id = 'p2'",
    ),
    (
        "every_copy_shares_text_with_its_reference",
        "update marts.copies set reference_page_id = 'x' where copy_id = 'p2'",
    ),
    ("no_article_is_without_a_publication", "delete from marts.publications where article_id = 'ap3'"),
    ("every_article_counts_its_own_carriers", "update marts.articles set publications = 3 where article_id = 'ap1'"),
    ("every_article_counts_its_own_carriers", "update marts.articles set outlets = 1 where article_id = 'ap1'"),
    ("articles_and_extra_copies_add_up", "delete from marts.copies where copy_id = 'p2'"),
    ("articles_and_extra_copies_add_up", "update marts.copies set kind = 'near' where copy_id = 'p3'"),
    (
        "the_first_of_the_known_is_first",
        "update marts.publications set published_at = '2026-01-05 12:00:00' where page_id = 'p2'",
    ),
    ("every_page_that_arrived_has_one_fate", "delete from marts.page_fates where page_id = 'p4'"),
    ("every_page_that_arrived_has_one_fate", "insert into marts.page_fates from marts.page_fates where page_id = 'p1'"),
    ("every_page_that_arrived_has_one_fate", "delete from raw.pages where page_id = 'p4'"),
    ("every_accepted_page_is_a_copy_of_one_article", "delete from marts.copies where copy_id = 'p2'"),
    (
        "every_accepted_page_is_a_copy_of_one_article",
        "insert into marts.copies by name select copy_id, 'ap3' as article_id from marts.copies where copy_id = 'p2'",
    ),
    ("every_night_balances", "update marts.run_balance set accepted = 2 where night = '2026-01-05'"),
    ("every_night_balances", "delete from marts.run_balance where night = '2026-01-04'"),
    ("every_night_balances", "update marts.page_fates set fate = 'lost' where page_id = 'p4'"),
    ("the_build_knows_every_night", "update marts.build_info set latest_night = '2026-01-04'"),
    ("the_build_knows_every_night", "delete from marts.build_info"),
    ("names_stand_only_in_kept_zones", "update marts.mentions set zone = 'related'"),
    ("names_stand_only_in_kept_zones", "update marts.mentions set zone = 'caption'"),
    ("names_stand_only_in_kept_zones", "update marts.mentions set surface = 'Donald Tusk'"),
    ("entities_count_their_mentions", "update marts.entities set mentions = 4"),
    ("entities_count_their_mentions", "delete from marts.entities"),
    ("no_publication_is_dated_by_its_fetch", "update marts.publications set published_at = fetched_at"),
    ("every_story_membership_resolves", "delete from marts.stories where story_id = 'sap3'"),
    ("every_story_membership_resolves", "update marts.events set story_id = 'sap0' where story_id = 'sap3'"),
    ("every_article_is_in_one_story", "delete from marts.story_articles where article_id = 'ap3'"),
    (
        "every_article_is_in_one_story",
        "insert into marts.story_articles values ('sap0', 'vap0', 'ap3')",
    ),
    ("every_story_counts_its_articles", "update marts.stories set articles = 2 where story_id = 'sap3'"),
    ("every_old_story_name_leads_to_a_living_story", "delete from marts.stories where story_id = 'sap0'"),
    (
        "every_old_story_name_leads_to_a_living_story",
        "insert into intermediate.int_names_given values ('p0', 'v-p0', 'a-lost', 's-lost', '2026-01-04')",
    ),
    (
        "no_story_pauses_for_a_season",
        "update marts.story_articles set story_id = 'sap0';"
        "update marts.articles set published_date = '2025-01-04' where article_id = 'ap0'",
    ),
    ("every_grade_is_one_of_a_to_f", "update marts.articles set grade = 'G' where article_id = 'ap3'"),
    ("every_grade_is_one_of_a_to_f", "update marts.articles set grade = null where article_id = 'ap3'"),
    ("every_grade_is_one_of_a_to_f", "update marts.articles set title = null where article_id = 'ap3'"),
]
