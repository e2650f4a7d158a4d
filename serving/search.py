"""Search over the texts of a release: plain tables and a macro, so that every reader of the file can use it.

DuckDB's extension `fts` is asked for the stems of words while the index is built, and for nothing else: a reader needs
no extension, which one that is locked down could not load. Ranked by BM25 (Robertson, Walker 1994); a word of the
headline counts three times.
"""

from __future__ import annotations

from importlib import resources
from importlib.util import find_spec
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from pathlib import Path

NO_STEMMER = "none"
STEMMER = "english"  # Snowball's; words of other languages lose an ending alike in texts and in questions

# `key` tells a text that changed. Numbers stand for articles, because there is a posting for every word of every text.
_MAKE = """
    create schema if not exists search;
    create or replace macro search.words(given) as regexp_extract_all(
        lower(strip_accents(given)), '[\\p{Han}\\p{Hiragana}\\p{Katakana}]|[\\p{L}\\p{N}]+'
    );
    create table if not exists search.stemmer (stemmer varchar);
    create table if not exists search.texts (text_no integer, article_id varchar, key ubigint, length integer);
    create table if not exists search.stems (word varchar, stem varchar);
    create table if not exists search.postings (stem varchar, text_no integer, times integer);
"""
_FORGET = "delete from search.texts; delete from search.stems; delete from search.postings; delete from search.stemmer"
# Only texts that are new or changed are read word by word; the postings are put in order again as a whole.
_UPDATE = """
    create or replace temp table given as
    select article_id, md5_number_lower(concat_ws(chr(0), title, body)) as key from marts.articles;

    create or replace temp table added as
    select (select coalesce(max(text_no), 0) from search.texts) + row_number() over (order by article_id) as text_no,
        article_id, key
    from given anti join search.texts using (article_id, key);

    create or replace temp table read as
    select added.text_no, search.words(articles.title) as headline, search.words(articles.body) as body
    from added inner join marts.articles using (article_id);

    create or replace temp table counted as
    select text_no, word, sum(weight)::integer as times
    from (
        select text_no, unnest(headline) as word, 3 as weight from read
        union all
        select text_no, unnest(body), 1 from read
    )
    group by text_no, word;

    create or replace table search.stems as
    from search.stems
    union all
    select word, {stem} from (select distinct word from counted anti join search.stems using (word))
    order by word;

    create or replace table search.postings as
    select stem, text_no, times from search.postings
    semi join (select text_no from search.texts semi join given using (article_id, key)) as kept using (text_no)
    union all
    select stem, text_no, sum(times)::integer from counted inner join search.stems using (word) group by stem, text_no
    order by stem, text_no;

    create or replace table search.texts as
    select text_no, article_id, key, length from search.texts semi join given using (article_id, key)
    union all
    select text_no::integer, article_id, key, coalesce(len(headline), 0) + coalesce(len(read.body), 0)
    from added inner join read using (text_no)
    order by text_no;

    drop table given; drop table added; drop table read; drop table counted;
"""
# 1.2 and 0.75 are the usual constants of BM25.
_MACRO = """
    create or replace macro search(asked, most := 20) as table
    with
        sought as (select distinct stem from search.stems where word in (select unnest(search.words(asked)))),
        met as (
            select text_no, times, count(*) over (partition by stem) as texts
            from search.postings where stem in (select stem from sought)
        ),
        scored as (
            select texts.article_id, sum(
                ln(1 + (whole.texts - met.texts + 0.5) / (met.texts + 0.5))
                * 2.2 * times / (times + 1.2 * (0.25 + 0.75 * texts.length / whole.average))
            ) as score
            from met
            inner join search.texts as texts using (text_no)
            cross join (select count(*) as texts, avg(length) as average from search.texts) as whole
            group by texts.article_id
        ),
        best as (select * from scored order by round(score, 6) desc, article_id limit most)
    select best.article_id, round(best.score, 3) as score, articles.title, articles.published_date,
        substr(articles.body, greatest(1, coalesce(list_min(list_filter(list_transform(
            search.words(asked), lambda word: strpos(lower(strip_accents(articles.body)), word)
        ), lambda place: place > 0)), 1) - 60), 200) as snippet
    from best
    inner join marts.articles as articles using (article_id)
    order by round(best.score, 6) desc, best.article_id;
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
    connection.execute(_MAKE)
    if connection.execute("select stemmer from search.stemmer").fetchall() != [(stemmer,)]:
        connection.execute(_FORGET)
        connection.execute("insert into search.stemmer values (?)", [stemmer])
    connection.execute(_UPDATE.replace("{stem}", f"stem(word, '{STEMMER}')" if stemmer == STEMMER else "word"))
    connection.execute(_MACRO)


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
