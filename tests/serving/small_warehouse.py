"""The tables that the report reads, with a few invented rows: a story, a copied text, a check that warns."""

from pathlib import Path

import duckdb

TABLES = {
    "marts.build_info": "('2026-01-04'::date, '2026-01-05'::date, 2, '0.1.0', 'test') "
    "rows(first_night, latest_night, nights, project_version, extractor_version)",
    "marts.articles": "('a1', 'Night ferry back', 'MNA', 'A', 'visible', '2026-01-04'::date), "
    "('a2', 'Ferry hinge cracked', null, 'B', null, '2026-01-05'::date) "
    "rows(article_id, title, agency, grade, published_source, first_night)",
    "marts.publications": "('u1', 'a1', 'p1', 'post', 'Night ferry back', 'kept', '2026-01-04'::date, "
    "'2026-01-04 18:30'::timestamp), "
    "('u2', 'a1', 'p2', 'echo', 'Holm ferry sails', 'stripped', '2026-01-04'::date, null), "
    "('u3', 'a2', 'p3', null, null, 'none', null, null) "
    "rows(publication_id, article_id, page_id, outlet_id, title, credit, published_date, published_at)",
    "marts.copies": "('p1', 'reference'), ('p2', 'near'), ('p3', 'reference') rows(copy_id, kind)",
    "marts.outlets": "('post', 'Harbour Post'), ('echo', 'Valley Echo') rows(outlet_id, outlet_name)",
    "marts.stories": "('s1', 'Ferry out of service') rows(story_id, label)",
    "marts.story_articles": "('s1', 'a1'), ('s1', 'a2') rows(story_id, article_id)",
    "marts.entities": "('e1', 'Marit Ekholm', 'PER', 2, 3), ('e2', 'Holm', 'LOC', 1, 1) "
    "rows(entity_id, canonical_name, entity_type, articles, mentions)",
    "marts.removed_spans": "('nav', 0, 90), ('legal', 90, 120) rows(zone, start_offset, end_offset)",
    "marts.run_balance_reasons": "('section_front', 1) rows(reason, pages)",
    "marts.quality_results": "('2026-01-05'::date, 'few_pages_are_quarantined', 'warn', '1', '0', 'look', false, true)"
    ", ('2026-01-05'::date, 'every_night_balances', 'stop', '0', '0', 'mend', true, true), "
    "('2026-01-05'::date, 'every_night_balances', 'stop', '7', '0', 'mend', false, false) "
    "rows(night, expectation, severity, observed, expected, next_step, is_met, is_latest_run)",
    "reports.night_summary": "('2026-01-04'::date, 1, 1, 0, 0, 1, 1, 0), ('2026-01-05'::date, 4, 2, 1, 1, 1, 0, 1) "
    "rows(night, pages, accepted, quarantined, already_seen, new_articles, new_stories, undated_articles)",
    "reports.outlet_days": "('post', 'Harbour Post', '2026-01-04'::date, 1, 1), "
    "('echo', 'Valley Echo', '2026-01-04'::date, 1, 1) "
    "rows(outlet_id, outlet_name, published_date, publications, articles)",
    "reports.days": "('2026-01-03'::date), ('2026-01-04'::date), ('2026-01-05'::date) rows(day)",
    "reports.top_stories": "(1, 's1', 'Ferry out of service', 2, 2, 3, 2) "
    "rows(place, story_id, label, newsrooms, articles, publications, outlets)",
    "reports.copy_spread": "('u1', 'a1', 'Night ferry back', 'MNA', 'Harbour Post', 'reference', 'kept', 'kept', 0, 0, "
    "0, '2026-01-04'::date), ('u2', 'a1', 'Night ferry back', 'MNA', 'Valley Echo', 'near', 'stripped', 'changed', 90, "
    "4, 2, '2026-01-04'::date) "
    "rows(publication_id, article_id, article_title, agency, outlet_name, kind, credit, "
    "headline, minutes_after_first_known, words_added, words_removed, published_date)",
    "reports.credit_stripped": "('u2') rows(publication_id)",
}


def write_small_warehouse(database: Path) -> Path:
    """Write the tables; returns the file."""
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema marts; create schema reports")
        for table, rows in TABLES.items():
            connection.execute(f"create table {table} as select * from (values {rows.replace(' rows(', ') rows(')}")
    return database
