"""What docs/connect.md and docs/serving.md tell people to type."""

import re

from nightly.settings import PROJECT
from serving.releases import Release
from tests.serving.postgres_server import Server

CONNECT = (PROJECT / "docs" / "connect.md").read_text("utf-8")
SERVING = (PROJECT / "docs" / "serving.md").read_text("utf-8")


def blocks(page: str, language: str, holding: str) -> list[str]:
    """The blocks of a page in a language that hold a text; there is at least one."""
    found = [block for block in re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL) if holding in block]
    assert found
    return found


def cell(tool: str) -> str:
    """What stands as code in the row of a tool, in the table of the copy in PostgreSQL."""
    (_, table) = CONNECT.split("## The copy in PostgreSQL")
    (row,) = [line for line in table.splitlines() if line.startswith(f"| {tool} |")]
    return row.split("|")[2].strip().split("`")[1]


def string(server: Server, user: str) -> str:
    return f"host=127.0.0.1 port={server.port} dbname=news user={user}"


def here(text: str, server: Server) -> str:
    """A documented string with the address of the server of the test."""
    return text.replace("db.example", "127.0.0.1").replace("5432", str(server.port))


def uri(release: Release) -> str:
    documented = blocks(CONNECT, "text", "duckdb:////")[0].strip()
    assert documented in SERVING
    return documented.replace("/ABSOLUTE/warehouse/current/dateline.duckdb", str(release.database))
