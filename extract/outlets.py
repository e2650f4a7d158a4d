"""Which outlet published a page: by what its source says, by its host, by the name its markup gives; else unknown.

A text without any of these stays without an outlet, whatever it says: a line such as "© 2026 The Tarn Post" stands
under the Post's texts on everybody's pages.
"""

import re
from collections.abc import Sequence
from functools import cache

from extract.model import Outlet
from extract.urls import normal_host, site_of
from extract.words import folded_name

_HOST = re.compile(r"^(?:[\w-]+\.)+[a-z]{2,}$", re.IGNORECASE)
_MIN_NAME_CHARS = 3
# Names that publishing software gives to a site until somebody gives it one.
_NOBODY = {
    "home",
    "homepage",
    "news",
    "blog",
    "my blog",
    "my site",
    "site",
    "website",
    "wordpress",
    "untitled",
    "index",
}


def outlet_of_page(
    given: str | None, url: str | None, site_name: str | None, outlets: Sequence[Outlet]
) -> tuple[str | None, str | None]:
    """Return the outlet and how it is known; (None, None) without explicit evidence.

    Args:
        given: what the source or its row calls the outlet: an id, a name or a host.
        url: the page's own URL.
        site_name: how the page's markup calls the site.
        outlets: those that the sources file declares; they win over hosts and names as found.
    """
    if given:
        return _named(given, outlets) or given, "given"
    of_host = outlet_of_url(url, outlets)
    if of_host:
        return of_host, "host"
    if site_name and len(site_name) >= _MIN_NAME_CHARS and folded_name(site_name) not in _NOBODY:
        return _named(site_name, outlets) or " ".join(site_name.split()), "site_name"
    return None, None


def outlet_of_url(url: str | None, outlets: Sequence[Outlet]) -> str | None:
    """Return the outlet that the host of a normal URL belongs to; None without a URL."""
    return outlet_of_host(url.split("/")[2].partition(":")[0], outlets) if url else None


def outlet_of_host(host: str | None, outlets: Sequence[Outlet]) -> str | None:
    """Return the outlet that declares the host or, nearest first, one above it; else the registered domain."""
    normal = normal_host(host)
    if normal is None:
        return site_of(host)
    declared, labels = _declared(tuple(outlets))[1], normal.split(".")
    above = (".".join(labels[start:]) for start in range(len(labels)))
    return next((declared[name] for name in above if name in declared), site_of(normal))


def _named(name: str, outlets: Sequence[Outlet]) -> str | None:
    """Return the declared outlet of that id or name, else what a name that is a host belongs to."""
    declared = _declared(tuple(outlets))[0].get(folded_name(name))
    return declared or (outlet_of_host(name, outlets) if _HOST.match(name) else None)


@cache
def _declared(outlets: tuple[Outlet, ...]) -> tuple[dict[str, str], dict[str, str]]:
    """Return outlet ids by folded id or name, and by normal host."""
    names = {
        folded_name(name): outlet.outlet_id for outlet in outlets for name in (outlet.outlet_name, outlet.outlet_id)
    }
    hosts = {normal_host(host) or host: outlet.outlet_id for outlet in outlets for host in outlet.hosts.split()}
    return names, hosts
