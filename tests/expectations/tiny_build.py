"""A build of two nights, small enough to read: three articles, four accepted pages, one of each other fate."""

from pathlib import Path

import duckdb

SCHEMA = Path(__file__).parents[2] / "extract" / "schema.sql"

FERRY = (
    "The night ferry between Holm and Little Skerry will sail again from Monday, the harbour board said after a week "
    "of repairs to its stern ramp.\n\n"
    "Divers found a cracked hinge during a routine inspection and the vessel was taken out of service that evening. "
    "Some four hundred commuters had to cross by the slower daytime boat.\n\n"
    '"We would rather explain a late ferry than a lost one to the people of Holm," said Marit Ekholm, who chairs the '
    "board."
)
FERRY_REPRINT = FERRY.replace("The night ferry", "HOLM: The night ferry").replace("Some four hundred", "About 400")
ORCHARD = (
    "Growers in the upper valley expect the smallest apple harvest in eleven years after frost came twice in April.\n\n"
    "Co-operative manager Tobias Renn put the loss at a third of the usual crop and asked the council to bring forward "
    "payments from the hardship fund, which was set up after the hail of a decade ago. The council meets on Thursday "
    "and two of its members have said that they will support the request."
)
BRIDGE = (
    "Engineers closed the old iron bridge at Varrow to lorries on Saturday because rust has eaten into two of its "
    "hangers.\n\n"
    "Cars may still cross in single file. The county wants to replace the hangers before winter, and a temporary "
    "traffic light will stay until then, its road office announced in a short notice pinned to the town hall door."
)
MENU = "Home | Politics | Harbour | Sport | Weather | Archive | Our editors | Advertise with the paper\n"

MARTS = """
create schema marts;
create table marts.articles (
    article_id varchar, reference_page_id varchar, first_outlet_id varchar, title varchar, body varchar,
    completeness varchar, grade varchar, first_night date, word_count bigint, publications bigint, copies bigint,
    outlets bigint, is_order_known boolean, published_date date, published_at timestamp
);
create table marts.publications (
    publication_id varchar, article_id varchar, page_id varchar, outlet_id varchar, url varchar, copy_order bigint,
    published_at timestamp, fetched_at timestamp
);
create table marts.copies (copy_id varchar, publication_id varchar, article_id varchar, reference_page_id varchar,
    kind varchar);
create table marts.page_fates (page_id varchar, night date, fate varchar, reason varchar, seen_page_id varchar,
    article_id varchar);
create table marts.run_balance (night date, pages bigint, accepted bigint, quarantined bigint, already_seen bigint,
    is_balanced boolean);
create table marts.run_balance_reasons (night date, reason varchar, pages bigint);
create table marts.removed_spans (page_id varchar, article_id varchar, span_no bigint, zone varchar, text varchar);
create table marts.entities (entity_id varchar, canonical_name varchar, entity_type varchar, articles bigint,
    mentions bigint);
create table marts.mentions (mention_id varchar, page_id varchar, article_id varchar, entity_id varchar, zone varchar,
    surface varchar);
create table marts.events (event_id varchar, story_id varchar);
create table marts.stories (story_id varchar, label varchar, articles bigint, publications bigint,
    outlets bigint);
create table marts.story_articles (story_id varchar, event_id varchar, article_id varchar);
create table marts.story_lineage (old_story_id varchar, new_story_id varchar, change varchar, night date);
create table marts.build_info (latest_night date, nights bigint, articles bigint, extractor_version varchar);
create table marts.quality_results (night date, gate varchar, expectation varchar, is_met boolean);
create schema intermediate;
create table intermediate.int_names_given (page_id varchar, version_key varchar, article_id varchar, story_id varchar,
    night date);
"""

# page, night, url, outlet, body, title
DOCUMENTS = [
    ("p0", "2026-01-04", "https://valley.example/bridge", "valley", BRIDGE, "Lorries barred from Varrow bridge"),
    ("p1", "2026-01-05", "https://harbour.example/ferry", "harbour", FERRY, "Night ferry back on Monday"),
    ("p2", "2026-01-05", "https://valley.example/ferry", "valley", FERRY_REPRINT, "Holm ferry sails again"),
    ("p3", "2026-01-05", "https://valley.example/apples", "valley", ORCHARD, "Frost costs growers a third"),
]


def write_tiny_build(build_file: Path) -> None:
    """Write the clean build every planted fault starts from."""
    with duckdb.connect(str(build_file)) as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        connection.execute(MARTS)
        _write_raw(connection)
        _write_marts(connection)


def _write_raw(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "insert into raw.nights values ('2026-01-04', 1, 'd', '1'), ('2026-01-05', 5, 'd', '1');"
        "insert into raw.outlets values ('harbour', 'Harbour Post', 'harbour.example', 'Europe/Oslo', 'NO'),"
        " ('valley', 'Valley Echo', 'valley.example', null, null);"
    )
    for page, night, url, outlet, body, title in DOCUMENTS:
        connection.execute(
            "insert into raw.pages by name select ?::date as night, ? as page_id, ? as version_key, ? as source_id, "
            "? as origin, ? as url, ?::timestamp as fetched_at, 'text' as media, md5(?) as content_sha256, "
            "9 as content_bytes, 'accepted' as fate",
            [night, page, f"v-{page}", outlet, f"{page}.txt", url, f"{night} 22:10:00", page],
        )
        connection.execute(
            "insert into raw.documents by name select ?::date as night, ? as page_id, 'article' as kind, "
            "? as outlet_id, ? as title, ? as body, md5(?) as body_sha256, false as has_syndication_notice, "
            "'en' as language, 0.99 as language_confidence, 1.0 as language_share, 'full' as completeness, "
            "'utf-8' as encoding, 'utf8' as encoding_evidence, false as is_mojibake_repaired, ?::bigint as word_count, "
            "2 as paragraph_count, 0.9 as cleaning_confidence, 'test' as cleaner",
            [night, page, outlet, title, body, body, len(body.split())],
        )
        connection.execute(
            "insert into raw.shingles values (?, ?, [hash(?)], [], [])",
            [night, page, body],
        )
        pieces = [(MENU, "nav", False), (body + "\n", "body", True)]
        start = 0
        for number, (text, zone, is_kept) in enumerate(pieces):
            connection.execute(
                "insert into raw.spans values (?, ?, ?, ?, ?, ?, ?, 'test', 0.9, ?)",
                [night, page, number, start, start + len(text), zone, is_kept, text],
            )
            start += len(text)
    connection.execute(
        "insert into raw.pages by name select '2026-01-05'::date as night, 'p4' as page_id, 'v-p4' as version_key, "
        "'valley' as source_id, 'p4.txt' as origin, 'html' as media, 'd' as content_sha256, 9 as content_bytes, "
        "'quarantined' as fate, 'section_front' as reason;"
        "insert into raw.pages by name select '2026-01-05'::date as night, 'p5' as page_id, 'v-p0' as version_key, "
        "'valley' as source_id, 'p5.txt' as origin, 'html' as media, 'd' as content_sha256, 9 as content_bytes, "
        "'already_seen' as fate, 'repeats p0' as detail;"
        "insert into raw.times by name select '2026-01-05'::date as night, 'p1' as page_id, 0 as time_no, "
        "'published' as kind, '2026-01-05 18:30:00'::timestamp as value_at, '19:30' as original_text, "
        "'Europe/Oslo' as zone_name, 'outlet' as zone_evidence, 'minute' as precision, 'visible' as source, "
        "0.9 as confidence, true as is_chosen, 'only one' as reason;"
    )
    person, said = "Marit Ekholm", "We would rather explain a late ferry than a lost one to the people of Holm,"
    connection.execute(
        "insert into raw.mentions values "
        "('2026-01-05', 'p1', 0, 'body', ?, ?, ?, 'PER', lower(?), lower(?), 'name', null, null)",
        [FERRY.index(person), FERRY.index(person) + len(person), person, person, person],
    )
    connection.execute(
        "insert into raw.quotes values ('2026-01-05', 'p1', 0, 0, ?, ?, ?, true, ?, lower(?), 'named', 'say', 7, [])",
        [FERRY.index(said), FERRY.index(said) + len(said), said, person, person],
    )


def _write_marts(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        """
        insert into marts.articles
        select 'a' || page_id, page_id, outlet_id, title, body, 'full', 'A', night, word_count,
            if(page_id = 'p1', 2, 1), if(page_id = 'p1', 1, 0), if(page_id = 'p1', 2, 1), page_id = 'p1', night, null
        from raw.documents where page_id <> 'p2';
        insert into marts.publications
        select 'u' || page_id, if(page_id = 'p2', 'ap1', 'a' || page_id), page_id, outlet_id, url,
            case page_id when 'p1' then 1 when 'p2' then 2 end,
            case page_id when 'p1' then timestamp '2026-01-05 18:30:00' when 'p2' then '2026-01-05 19:00:00' end,
            fetched_at
        from raw.documents inner join raw.pages using (night, page_id);
        insert into marts.copies
        select page_id, publication_id, article_id, if(page_id = 'p2', 'p1', page_id),
            if(page_id = 'p2', 'near', 'reference')
        from marts.publications;
        insert into marts.page_fates
        select page_id, night, fate, reason, if(fate = 'already_seen', 'p0', null), article_id
        from raw.pages left join marts.copies on page_id = copy_id;
        insert into marts.run_balance values ('2026-01-04', 1, 1, 0, 0, true), ('2026-01-05', 5, 3, 1, 1, true);
        insert into marts.run_balance_reasons values ('2026-01-05', 'section_front', 1);
        insert into marts.removed_spans
        select page_id, article_id, span_no, zone, text
        from raw.spans inner join marts.copies on page_id = copy_id where not is_kept;
        insert into marts.entities values ('e1', 'Marit Ekholm', 'PER', 1, 1);
        insert into marts.mentions values ('m1', 'p1', 'ap1', 'e1', 'body', 'Marit Ekholm');
        insert into marts.stories select 's' || article_id, title, 1, publications, outlets
        from marts.articles;
        insert into marts.events select 'v' || article_id, 's' || article_id from marts.articles;
        insert into marts.story_articles select 's' || article_id, 'v' || article_id, article_id from marts.articles;
        insert into marts.story_lineage values ('s-old', 's-older', 'merge', '2026-01-04'),
            ('s-older', 'sap0', 'merge', '2026-01-05');
        insert into intermediate.int_names_given
        select page_id, version_key, article_id, 's' || article_id, night
        from raw.pages inner join marts.copies on page_id = copy_id;
        -- The story of a page that its night no longer offers.
        insert into intermediate.int_names_given values ('p-gone', 'v-gone', 'a-gone', 's-gone', '2026-01-04');
        insert into marts.build_info values ('2026-01-05', 2, 3, '1');
        """
    )
