"""Which requests the preview answers: pure rules over addresses and headers, strict by default."""

import re
from ipaddress import ip_address
from urllib.parse import unquote_to_bytes

_HOST = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(?::([0-9]{1,5}))?")


def parse_address(raw: str) -> tuple[str, ...] | None:
    r"""Return the segments of a request's path as sent, or None if it names nothing of a site.

    The last segment is empty for a folder's address. Refused: what climbs, hides (dot files),
    doubles or disguises a slash, or means something else to another file system (``\\``, ``:``,
    controls).
    """
    if not raw.startswith("/") or "%2f" in raw.lower():
        return None
    try:
        path = unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        return None
    if any(character in "\\:\x7f" or character < " " for character in path):
        return None
    segments = tuple(path[1:].split("/"))
    if any(not segment for segment in segments[:-1]):
        return None
    return None if any(segment.startswith(".") for segment in segments) else segments


def is_own_host(host: str, *, names: frozenset[str], port: int, anywhere: bool) -> bool:
    """Tell whether a Host header names this preview; a page that rebinds its own name does not.

    *names* are in lower case, IPv6 ones in brackets. A preview that listens *anywhere* also answers
    to any address in figures, at any port (a container's port is often mapped): only a name can be
    rebound.
    """
    match = _HOST.fullmatch(host)
    if match is None:
        return False
    name, given = match[1].lower(), int(match[2] or 80)
    if anywhere:
        return name in names or _is_figures(name)
    return name in names and given == port


def is_same_origin(origin: str | None, fetch_site: str | None, host: str) -> bool:
    """Tell whether a request was made by a page of this preview, or by no page at all.

    Browsers send no Origin with an image or a script, but they do send Sec-Fetch-Site.
    """
    if origin is not None:
        return origin.lower() in {f"http://{host}".lower(), f"https://{host}".lower()}
    return fetch_site in {None, "same-origin", "none"}


def _is_figures(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
