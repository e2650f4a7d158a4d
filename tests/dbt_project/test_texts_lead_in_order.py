"""Which of some copies leads them is decided by an order that the Python model asks of the database."""

import duckdb

from tests.quality.models import build


def test_the_fullest_text_leads_then_the_earliest_then_the_first_by_id():
    with duckdb.connect() as connection:
        connection.execute("""
            create table int_texts_represented (text_page_id varchar, word_count bigint, published_at timestamp);
            insert into int_texts_represented values
                ('short', 80, '2026-01-01'), ('late', 120, '2026-01-02'), ('early', 120, '2026-01-01'),
                ('undated', 120, null), ('b', 90, null), ('a', 90, null), ('alone', 300, null);
            create table int_copies_recognised as
            select text_page_id, other_text_page_id, 0.9 as alignment
            from (values
                ('short', 'undated'), ('undated', 'late'), ('late', 'early'), ('short', 'early'), ('undated', 'early'),
                ('b', 'a')
            ) as pairs (text_page_id, other_text_page_id);
            create table int_digest_parts_recognised (digest_page_id varchar, part_page_id varchar)
        """)
        build(connection, ["int_texts_grouped_into_articles"])
        led = dict(connection.execute("from int_texts_grouped_into_articles").fetchall())

    early = dict.fromkeys(("early", "late", "undated", "short"), "early")
    assert led == early | {"a": "a", "b": "a", "alone": "alone"}
