"""URLs in one form: two ways to write the address of one page come out equal. Total: no string raises."""

import ipaddress
import re
import unicodedata
from functools import cache
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

import tldextract

# Query parameters that say where the reader came from, never which page is meant: of analytics, of campaigns, of links
# that were shared or given away, and what news sites call their own.
_TRACKING = re.compile(
    r"^(?:utm_\w+|mtm_\w+|pk_\w+|piwik_\w+|matomo_\w+|ns_\w+|at_\w+|oly_\w+|vero_\w+|_hs\w+|wt_z?mc\w*|tblci\w*|sf\d{5,}"
    r"|[a-z]{1,2}clid|msclkid|fb_\w+|gclsrc|wbraid|gbraid|li_fat_id|igshid?|mc_[ce]id|mkt_tok|s_kwcid|s_cid|ef_id|_g[al]|dicbo"
    r"|cmp(?:id)?|icid|ncid|intcmp|ito|ocid|ftag|xtor|xtref|spm|trk|trkcampaign|campaign_id|traffic_source|emc|emc[im]|emdi"
    r"|smid|smtyp|smprod|taid|_r|maca|partner|mbid|bxid|cndid|esrc|hash[abc]|srnd|sref|leadsource|reflink|tpcc"
    r"|hpid|itid|wps?i?src|wpmm|pwapi_token|gift|unlocked_article_code|gaa_\w+|guccounter|guce_\w+|soc_src|soc_trk|sr_share"
    r"|ref|ref_src|ref_url|referrer|referer|source_id|share|shared|share_token|sh|feedtype|feedname|replytocom"
    r"|amp|amp_\w+|usqp|__twitter_impression|_x_tr_\w+|print|printable|printer_friendly|jsessionid|phpsessid|sessionid)$",
    re.IGNORECASE,
)
# The same, where only the value tells: `?view=print` is the page of another view, `?view=gallery` may be another page.
_VIEW = re.compile(
    r"^(?:(?:view|output|outputtype|format|mode|display|layout|tmpl|template|style|type|version|pagewanted|print)="
    r"(?:(?:amp|mobile)\w*|print\w*|printer[-_]?friendly|all)"
    r"|(?:src|source|from|via|feed|campaign|medium|cid)="
    r"(?:rss\w*|feed\w*|twitter|facebook|fb|social\w*|whatsapp|linkedin|e?-?mail|newsletter\w*|share\w*|google\w*))$",
    re.IGNORECASE,
)
_SERVED_FOR_PHONES = {"m", "mobile", "mobil", "mobi", "movil", "touch", "wap", "amp"}
_WORLD_WIDE_WEB = re.compile(r"^www\d?$")

_AMP_FILE = re.compile(r"\.amp(?=(?:\.x?html?)?$)", re.IGNORECASE)
_AMP_SEGMENT = re.compile(r"^amp(?:\.x?html?)?$", re.IGNORECASE)
_PRINT_FILE = re.compile(r"[._-]print(?:able|er)?(?=\.[a-z]{3,5}$)", re.IGNORECASE)
_PRINT_SEGMENT = re.compile(r"^(?:print|printable|print-?version|printer-?friendly)(?:\.[a-z]{3,5})?$", re.IGNORECASE)
_INDEX_FILE = re.compile(r"^(?:index|default)\.(?:[sx]?html?|php\d?|aspx?|jspx?|cfm)$", re.IGNORECASE)
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)

# Hosts that show other sites' pages, with where the page's own URL begins in the path. A wrapped URL without its scheme
# was served as https.
_WRAPPERS = (
    (re.compile(r"(?:^|\.)(?:web|wayback)\.archive\.org$"), re.compile(r"^/(?:web/)?\d{1,14}[a-z_]*/(.+)$")),
    (re.compile(r"(?:^|\.)archive\.(?:today|ph|is|li|vn|md|fo)$"), re.compile(r"^/(?:o/\w+/|\d[\d.-]*/)(https?:.+)$")),
    (re.compile(r"(?:^|\.)cdn\.ampproject\.org$|\.bing-amp\.com$"), re.compile(r"^/[a-z]+(?:/s)?/([^/]+\.[^/].*)$")),
    (re.compile(r"^(?:www\.)?google\.[a-z.]{2,6}$"), re.compile(r"^/amp/(?:s/)?([^/]+\.[^/]+.*)$")),
)  # fmt: skip
_SCHEME = re.compile(r"^https?:/{1,2}", re.IGNORECASE)
# What a template leaves where it should have put a URL.
_UNFILLED = re.compile(r"\{\{|\}\}|\$\{|<%|%>|\[\[|%7b%7b|\{[a-z_.]+\}|/(?:undefined|null|nan)(?:/|$)", re.IGNORECASE)
_RESERVED = "!$&'()*+,;=:@/?"  # RFC 3986: a percent-encoded one of these is another address than the plain one
_UNRESERVED = re.compile(rb"[A-Za-z0-9._~-]")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")

# The list of public suffixes comes with the package: no download, and the same answer on every machine. Suffixes of
# private companies count: under blogspot.com or github.io every subdomain is somebody else.
_suffixes = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
# Hosts of writers that are not on that list.
_PLATFORMS = {
    "substack.com",
    "wordpress.com",
    "medium.com",
    "tumblr.com",
    "livejournal.com",
    "beehiiv.com",
    "typepad.com",
}


def normal_url(url: str | None) -> str | None:
    """Return the URL in its normal form; None when it is no web URL.

    Left out: what tracks the reader, forms for phones, AMP and printers, archives and caches around it, `www`, index
    files, default ports, fragments. Fragments that are routes (`#!/page`, `#/page`) stay: they name the page.
    """
    parts = _split(url)
    while parts is not None and (inner := _unwrapped(parts)) is not None:
        parts = _split(inner)
    if parts is None:
        return None
    host = normal_host(parts.hostname)
    if host is None:
        return None
    port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    normal = ("https", host + port, _path(parts.path), _query(parts.query), _route(parts.fragment))
    # Escapes may have hidden what is wrapped.
    is_plain = _unwrapped(SplitResult(*normal)) is None
    return urlunsplit(normal) if is_plain else normal_url(urlunsplit(normal))


def resolved(url: str | None, base: str | None) -> str | None:
    """Return a URL that a page declares, made absolute; None when it is none or a template left it unfilled."""
    written = (url or "").strip()
    if not written or _UNFILLED.search(written):
        return None
    try:
        return urljoin(base or "", written)
    except ValueError:
        return None


def host_of(url: str | None) -> str | None:
    """Return the host of a URL, lower-cased; None when there is none."""
    parts = _split(url)
    return parts.hostname if parts else None


@cache
def normal_host(host: str | None) -> str | None:
    """Return a host in ASCII, lower-cased, without the labels `www` and those for phones; None when it is none."""
    if not host:
        return None
    labels = _ascii_host(host).split(".")
    if len(labels) < 2 or not all(labels):
        return None
    site = site_of(".".join(labels)) or ""
    below = len(labels) - len(site.split("."))
    kept = [label for label in labels[:below] if label not in _SERVED_FOR_PHONES and not _WORLD_WIDE_WEB.match(label)]
    return ".".join([*kept, *labels[below:]])


@cache
def site_of(host: str | None) -> str | None:
    """Return the registered domain of a host (`news.bbc.co.uk` -> `bbc.co.uk`); the host itself when it has none.

    A suffix that is on no list is taken for a single label, as the public suffix list says.
    """
    if not host:
        return None
    host = _ascii_host(host)
    labels = host.split(".")
    if _is_address(host) or len(labels) < 2:
        return host
    parts = _suffixes(host)
    site = parts.top_domain_under_public_suffix or (host if parts.suffix else ".".join(labels[-2:]))
    return ".".join(labels[-3:]) if site in _PLATFORMS and labels[-3:-2] not in ([], ["www"]) else site


def _split(url: str | None) -> SplitResult | None:
    """Return the parts of a web URL; None when it is none, or its port is no number."""
    try:
        parts = urlsplit((url or "").strip())
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and "." in host else None


def _unwrapped(parts: SplitResult) -> str | None:
    """Return the URL that an archive or a cache shows; None when the host is neither."""
    host = parts.hostname or ""
    for of_host, of_path in _WRAPPERS:
        if of_host.search(host):
            inside = of_path.match(parts.path)
            if inside is None:
                return None
            query = f"?{parts.query}" if parts.query else ""
            return f"https://{_SCHEME.sub('', inside[1])}{query}"
    return None


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _ascii_host(host: str) -> str:
    """Return a host as the name service knows it: lower-cased, other letters in punycode."""
    written = unicodedata.normalize("NFKC", host.replace("。", ".")).lower().strip(".")
    if written.isascii():
        return written
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode', 'replace').decode('ascii').lower()}"
        for label in written.split(".")
    )


def _plain(text: str) -> str:
    """Return a part of a URL with every character escaped that must be, and none that need not be."""

    def plainer(match: re.Match[str]) -> str:
        byte = bytes([int(match[1], 16)])
        return byte.decode() if _UNRESERVED.match(byte) else match[0].upper()

    escaped = quote(text.encode("utf-8", "surrogatepass"), safe=_RESERVED + "%")
    return re.sub(r"%(?![0-9A-F]{2})", "%25", _ESCAPE.sub(plainer, escaped))


def _path(path: str) -> str:
    """Return a path without the forms of a page for phones and printers, without index files and empty segments."""
    path, shorter = _plain(path), _without_forms(_plain(path))
    while shorter != path:
        path, shorter = shorter, _without_forms(shorter)
    return path


def _without_forms(path: str) -> str:
    named = _PRINT_FILE.sub("", _AMP_FILE.sub("", _SESSION.sub("", path).rstrip("/")))
    segments = [segment for segment in named.split("/") if segment not in ("", ".")]
    segments = [segment for segment in segments if not _AMP_SEGMENT.match(segment)]
    if segments and _INDEX_FILE.match(segments[-1]):
        segments.pop()
    if len(segments) > 1 and _PRINT_SEGMENT.match(segments[-1]):
        segments.pop()
    if len(segments) > 2 and segments[0].lower() == "print":
        del segments[0]
    return "/" + "/".join(segments)


def _query(query: str) -> str:
    """Return the parameters that name the page, in order of their names; a query without "=" stays as it is."""
    kept = [
        part
        for part in _plain(query).split("&")
        if part and not _TRACKING.match(part.partition("=")[0]) and not _VIEW.match(part)
    ]
    if all("=" in part for part in kept):
        kept.sort(key=lambda part: part.partition("=")[0])
    return "&".join(kept)


def _route(fragment: str) -> str:
    is_route = fragment.startswith(("!", "/")) and any(character.isalnum() for character in fragment)
    return _plain(fragment) if is_route else ""
