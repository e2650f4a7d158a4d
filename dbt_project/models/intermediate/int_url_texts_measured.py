"""One row per page that may hold another text than its URL held before, with the share of the shorter that was kept."""

from linkage.lookup import rows_of_pages


def model(dbt, session):
    pairs = dbt.ref("int_pages_addressed").filter("other_page_id is not null")  # noqa: F841 - read by name, as below
    pages = session.sql("select page_id from pairs union select other_page_id from pairs")
    shingles = rows_of_pages(dbt.ref("stg_shingles").project("page_id, shingles"), pages)  # noqa: F841
    return session.sql(
        """
        select
            pairs.page_id,
            len(list_intersect(shingles.shingles, others.shingles))
            / least(len(list_distinct(shingles.shingles)), len(list_distinct(others.shingles))) as kept_share
        from pairs
        inner join shingles on pairs.page_id = shingles.page_id
        inner join shingles as others on pairs.other_page_id = others.page_id
        """
    ).to_arrow_table()
