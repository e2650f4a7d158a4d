"""Search over the texts of a release: plain tables and a macro, so that every reader of the file can use it.

DuckDB's extension `fts` is asked for the stems of words while the index is built, and for nothing else: a reader needs
no extension, which one that is locked down could not load. Ranked by BM25 (Robertson, Walker 1994); a word of the
headline counts three times.

Postings stand in segments, each in the order of its stems. New texts make a new segment, which takes in older ones that
are not much larger (a log-structured merge, O'Neil and others 1996): there are few segments, and a night seldom writes
the large ones again.
"""

from __future__ import annotations

from importlib import resources
from importlib.util import find_spec
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NO_STEMMER = "none"
STEMMER = "english"  # Snowball's; words of other languages lose an ending alike in texts and in questions
READ_AT_ONCE = 20_000  # texts whose words are in memory together, half a gigabyte; a million at once filled 19
MEMORY = "4GB"  # for all postings, which are sorted when they are written; what is more goes to disk meanwhile
LAYOUT = 2  # of the tables below; an index of another layout is made anew
GROWTH = 4  # a segment stays when it is so many times what is written: a thousand equal nights leave five at most
SPARSE = 0.5  # a segment is written again when fewer of its postings belong to a text that is still there

_MAKE = """
    create schema search;
    create table search.made (layout integer, stemmer varchar, last_text_no integer);
    create table search.texts (
        text_no integer, article_id varchar, key ubigint, length integer, postings integer, segment integer
    );
    create table search.stems (word varchar, stem varchar);
    create table search.segments (segment integer, postings bigint);
    create table search.postings (segment integer, stem varchar, text_no integer, times integer);
"""
_WORDS = """
    create or replace macro search.words(given) as regexp_extract_all(
        lower(strip_accents(given)), '[\\p{Han}\\p{Hiragana}\\p{Katakana}]|[\\p{L}\\p{N}]+'
    );
"""
# Only texts that are new or changed are read word by word. `key` tells a text that changed; another version of DuckDB
# may give other keys, and then reads all texts again. Numbers stand for articles, because every word of a text has a
# row; none is given twice, because postings of a text that is gone may still be there.
_COMPARE = """
    create or replace temp table given as select article_id, hash(title, body) as key from marts.articles;

    delete from search.texts where not exists (
        from given where given.article_id = texts.article_id and given.key = texts.key
    );

    create or replace temp table added as
    select (select last_text_no from search.made) + row_number() over (order by article_id) as text_no, article_id, key
    from given anti join search.texts using (article_id);

    create or replace temp table fresh (stem varchar, text_no integer, times integer);
    create or replace temp table lengths (text_no integer, length integer, postings integer);
    drop table given;
"""
_READ = """
    create or replace temp table read as
    select added.text_no, search.words(articles.title) as headline, search.words(articles.body) as body
    from added inner join marts.articles using (article_id)
    where added.text_no > getvariable('read_to') and added.text_no <= getvariable('read_to') + getvariable('at_once');

    create or replace temp table counted as
    select text_no, word, sum(weight)::integer as times
    from (
        select text_no, unnest(headline) as word, 3 as weight from read
        union all
        select text_no, unnest(body), 1 from read
    )
    group by text_no, word;

    insert into search.stems
    select word, {stem} from (select distinct word from counted anti join search.stems using (word))
    order by word;

    create or replace temp table posted as
    select stem, text_no, sum(times)::integer as times
    from counted inner join search.stems using (word)
    group by stem, text_no;

    insert into fresh from posted;

    insert into lengths
    select text_no, coalesce(len(headline), 0) + coalesce(len(body), 0), coalesce(stems, 0)
    from read
    left join (select text_no, count(*) as stems from posted group by text_no) using (text_no);

    drop table read; drop table counted; drop table posted;
"""
# What is there of a segment: all that was written, and what belongs to a text that is still there.
_SEGMENTS = """
    select segment, segments.postings, coalesce(sum(texts.postings), 0)::bigint
    from search.segments left join search.texts using (segment)
    group by all order by segments.postings, segment
"""
# Segments to take in are written into the statement: what belongs to others is then not read, and no join is made,
# which might put all postings into its table.
_WRITE = """
    create or replace temp table kept as
    select stem, text_no, times from search.postings
    where segment in ({taken_in}) and text_no in (select text_no from search.texts);

    update search.texts set segment = getvariable('written') where segment in ({taken_in});
    delete from search.segments where segment in ({taken_in});
    delete from search.postings where segment in ({taken_in});

    insert into search.texts
    select text_no::integer, article_id, key, length, postings, getvariable('written')
    from added
    inner join lengths using (text_no)
    order by text_no;

    insert into search.segments
    select getvariable('written'), (select count(*) from kept) + (select count(*) from fresh);

    insert into search.postings
    select getvariable('written'), stem, text_no, times from (from kept union all from fresh) order by stem, text_no;

    drop table kept;
"""
_CLEAR = """
    update search.made set last_text_no = last_text_no + (select count(*) from added);
    drop table added; drop table fresh; drop table lengths;
"""
# 1.2 and 0.75 are the usual constants of BM25.
_MACRO = """
    create or replace macro search(asked, most := 20) as table
    with
        sought as (select distinct stem from search.stems where word in (select unnest(search.words(asked)))),
        met as materialized (
            select stem, text_no, times, length
            from search.postings inner join search.texts using (text_no)
            where stem in (select stem from sought)
        ),
        whole as (select count(*)::double as texts, avg(length) as average from search.texts),
        weighed as (
            select stem, ln(1 + (whole.texts - met.texts + 0.5) / (met.texts + 0.5)) as weight
            from (select stem, count(*) as texts from met group by stem) as met cross join whole
        ),
        scored as materialized (
            select text_no, round(
                sum(weight * 2.2 * times / (times + 1.2 * (0.25 + 0.75 * length / whole.average))), 6
            ) as score
            from met inner join weighed using (stem) cross join whole
            group by text_no
        ),
        -- Names of articles are asked for the best alone, and for those that score like the last of them.
        best as (
            select article_id, score
            from scored inner join search.texts using (text_no)
            where score >= (select min(score) from (select score from scored order by score desc limit most))
            order by score desc, article_id
            limit most
        )
    select best.article_id, round(best.score, 3) as score, articles.title, articles.published_date,
        substr(articles.body, greatest(1, coalesce(list_min(list_filter(list_transform(
            search.words(asked), lambda word: strpos(lower(strip_accents(articles.body)), word)
        ), lambda place: place > 0)), 1) - 60), 200) as snippet
    from best
    inner join marts.articles as articles using (article_id)
    order by best.score desc, best.article_id;
"""


def index_texts(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring the index of a warehouse up to its articles, and give it the macro `search`.

    Reads word by word only what the index that came with the file does not have. Where the extension `fts` is not there
    for this DuckDB, words are found as they are written, not by their stem.

    Args:
        connection: a warehouse that nobody reads yet, open for writing.
    """
    stemmer = STEMMER if _loads_stemmer(connection) else NO_STEMMER
    connection.execute("set enable_progress_bar = false")  # a log is no terminal
    connection.execute(f"set memory_limit = '{MEMORY}'")
    # All at once: what a killed publisher leaves in the file is taken for an index that is complete.
    connection.execute("begin transaction")
    if not _is_ours(connection, stemmer):
        connection.execute("drop schema if exists search cascade")
        connection.execute(_MAKE)
        connection.execute("insert into search.made values (?, ?, 0)", [LAYOUT, stemmer])
    connection.execute(_WORDS)
    connection.execute(_COMPARE)
    ((texts, read_to),) = connection.execute(
        "select (select count(*) from added), last_text_no from search.made"
    ).fetchall()
    connection.execute("set variable at_once = ?::integer", [READ_AT_ONCE])
    read = _READ.replace("{stem}", f"stem(word, '{STEMMER}')" if stemmer == STEMMER else "word")
    for done in range(0, texts, READ_AT_ONCE):
        connection.execute("set variable read_to = ?::integer", [read_to + done])
        connection.execute(read)
    ((postings,),) = connection.execute("select count(*) from fresh").fetchall()
    segments = connection.execute(_SEGMENTS).fetchall()
    taken_in = merged_with(postings, segments)
    if texts or taken_in:  # a text without a word counts among all texts, too
        newest = max([segment for segment, _, _ in segments], default=0)
        connection.execute("set variable written = ?::integer", [newest + 1])
        connection.execute(_WRITE.replace("{taken_in}", ", ".join(map(str, taken_in)) or "null"))
    connection.execute(_CLEAR)
    connection.execute(_MACRO)
    connection.execute("commit")
    connection.execute("reset memory_limit")


def merged_with(added: int, segments: Sequence[tuple[int, int, int]]) -> list[int]:
    """Segments that are written again together with new postings.

    Args:
        added: how many postings are new.
        segments: number, postings that were written, and postings that still count, of each segment; smallest first.
    """
    taken_in, size = [], added
    for segment, written, counting in segments:
        if written <= GROWTH * size or counting < SPARSE * written:
            taken_in.append(segment)
            size += counting
    return taken_in


def _is_ours(connection: duckdb.DuckDBPyConnection, stemmer: str) -> bool:
    """Whether the file has an index that can be brought up to date."""
    there = "select count(*) from duckdb_tables() where schema_name = 'search' and table_name = 'made'"
    if connection.execute(there).fetchall() == [(0,)]:
        return False
    return connection.execute("select layout, stemmer from search.made").fetchall() == [(LAYOUT, stemmer)]


def extension_file() -> Path | None:
    """The extension `fts` for the DuckDB that is installed; None where the locked wheel is made for another."""
    if find_spec("duckdb_extension_fts") is None:
        return None
    file = resources.files("duckdb_extension_fts") / "extensions" / f"v{duckdb.__version__}" / "fts.duckdb_extension"
    with resources.as_file(file) as path:
        return path if path.is_file() else None


def _loads_stemmer(connection: duckdb.DuckDBPyConnection) -> bool:
    file = extension_file()
    if file is None:
        return False
    quoted = str(file).replace("'", "''")
    connection.execute(f"load '{quoted}'")
    return True
