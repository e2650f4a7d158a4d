"""URLs in one form, and the outlet that a host belongs to."""

import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit, urlunsplit

import tldextract

from extract.model import Outlet

# Parameters that say where the reader came from, never which page is meant.
_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|cmpid?|ito|ocid|ns_\w+|at_\w+|ftag|smid|smtyp|taid|xtor|"
    r"spm|yclid|_ga|amp|outputtype|share|print|printable|ref|ref_src|referrer|source_id)$",
    re.IGNORECASE,
)
_MOBILE_HOST = re.compile(r"^(?:www\d?|m|mobile|amp|touch|wap)\.(?=[^.]+\.)")
_AMP_PATH = re.compile(r"(?:/amp(?:/|\.html)?|\.amp)$|^/amp(?=/)", re.IGNORECASE)

# The list of public suffixes comes with the package: no download, and the same answer on every machine.
_suffixes = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def normal_url(url: str | None) -> str | None:
    """Return the URL without tracking, fragment, mobile and AMP forms; None when it is no web URL.

    Fragments that are routes (`#!/page`, `#/page`) stay: they name the page.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "." not in host:
        return None
    host = _MOBILE_HOST.sub("", host)
    path = _AMP_PATH.sub("", parts.path).rstrip("/") or "/"
    # Parts are kept as written: a query without "=" names the page on many an older site.
    query = "&".join(part for part in parts.query.split("&") if part and not _TRACKING.match(part.partition("=")[0]))
    route = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return urlunsplit(("https", host if port in (None, 80, 443) else f"{host}:{port}", path, query, route))


def canonical_url(given: str | None, declared: Iterable[str | None]) -> str | None:
    """Choose a page's URL among what the source gave and what the page declares, best first.

    A declaration counts only when it names a page of the same site: broken templates point to the front page.
    """
    own = normal_url(given)
    for candidate in map(normal_url, declared):
        if candidate is None:
            continue
        if own is None:
            return candidate if urlsplit(candidate).path != "/" else None
        same_site = site_of(host_of(candidate)) == site_of(host_of(own))
        if same_site and (urlsplit(candidate).path != "/" or urlsplit(own).path == "/"):
            return candidate
    return own


def host_of(url: str | None) -> str | None:
    """Return the host of a URL, lower-cased; None when there is none."""
    return urlsplit(url).hostname if url else None


@cache
def site_of(host: str | None) -> str | None:
    """Return the registered domain of a host (`news.bbc.co.uk` -> `bbc.co.uk`); the host itself when it has none."""
    if not host:
        return None
    parts = _suffixes(host)
    return parts.top_domain_under_public_suffix or _MOBILE_HOST.sub("", host)


def outlet_of_host(host: str | None, outlets: Iterable[Outlet]) -> str | None:
    """Return the declared outlet a host belongs to, else its registered domain; None without a host."""
    if not host:
        return None
    for outlet in outlets:
        declared = (_MOBILE_HOST.sub("", own) for own in outlet.hosts.split())
        if any(host == own or host.endswith(f".{own}") for own in declared):
            return outlet.outlet_id
    return site_of(host)
