"""What the preview adds to a page: scripts that reload it and show findings.

Only the response changes, never the file. A page's own policy stays in force, widened by no more
than these scripts need.
"""

import json
import re
from html import escape, unescape
from pathlib import Path

from pincite.serve import Rebuilt

STATUS = "/__pincite/status.json"
SCRIPT = "/__pincite/overlay.js"
STYLE = "/__pincite/overlay.css"

_LONGEST_REPORT = 200_000  # characters shown in a browser; the terminal has them all
_META = re.compile(rb"<meta\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
_IS_POLICY = re.compile(rb"http-equiv\s*=\s*[\"']?content-security-policy[\"'\s/>]", re.IGNORECASE)
_CONTENT = re.compile(rb"(\scontent\s*=\s*)(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)
_HEAD_START = re.compile(rb"<head(?:\s[^>]*)?>|<html(?:\s[^>]*)?>|<!doctype[^>]*>", re.IGNORECASE)


def read_asset(name: str) -> bytes:
    """Return ``overlay.js`` or ``overlay.css`` as it lies beside this module."""
    return Path(__file__).with_name(name).read_bytes()


def prepare_page(page: bytes, *, generation: str, host: str) -> bytes:
    """Return *page* with the preview's scripts; *generation* tells a page that missed a reload."""
    end = _HEAD_END.search(page)
    if end is not None:
        head, rest = page[: end.start()], page[end.start() :]
    else:
        starts = list(_HEAD_START.finditer(page, 0, 4096))
        at = starts[-1].end() if starts else 0
        head, rest = page[:at], page[at:]
    return (
        _META.sub(lambda match: _relax_meta(match[0], host), head)
        + _write_scripts(generation, host).encode()
        + rest
    )


def relax_policy(policy: str, host: str) -> str:
    """Return a Content-Security-Policy that also allows the preview's scripts, style and socket."""
    directives: dict[str, list[str]] = {}
    for part in policy.split(";"):
        words = part.split()
        if words:  # the first of a name is the one that holds
            directives.setdefault(words[0].lower(), words[1:])
    for names, needed in (
        (("script-src-elem", "script-src", "default-src"), ("'self'",)),
        (("style-src-elem", "style-src", "default-src"), ("'self'",)),
        (("connect-src", "default-src"), ("'self'", f"ws://{host}")),
    ):
        name = next((name for name in names if name in directives), None)
        if name is None:
            continue  # nothing restrains it
        values = [value for value in directives[name] if value.lower() != "'none'"]
        values += [value for value in needed if value not in values]
        directives[names[-2] if name == "default-src" else name] = values
    return "; ".join(" ".join((name, *values)) for name, values in directives.items())


def write_status(latest: Rebuilt) -> bytes:
    """Return what the overlay fetches."""
    status = {"ok": latest.ok, "summary": latest.summary, "report": _shorten(latest.report)}
    return json.dumps(status).encode()


def write_failure_page(latest: Rebuilt, *, generation: str, host: str) -> bytes:
    """Return the page that stands at every address until there is a site."""
    return _write_page(
        f"The site could not be built: {latest.summary}",
        "<p>This page reloads when it can be.</p>\n"
        '<pre tabindex="0" role="group" aria-label="Findings">'
        f"{escape(_shorten(latest.report))}</pre>",
        generation=generation,
        host=host,
    )


def write_missing_page(path: str, *, generation: str, host: str) -> bytes:
    """Return the page for an address the site does not have, when it has no page for that."""
    return _write_page(
        "No such page",
        f"<p>The site has nothing at <code>{escape(path[:500])}</code>. "
        f'<a href="/">To the front page</a></p>',
        generation=generation,
        host=host,
    )


def _write_page(title: str, body: str, *, generation: str, host: str) -> bytes:
    policy = relax_policy("default-src 'none'; base-uri 'none'; form-action 'none'", host)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(title)}</title>
<link rel="stylesheet" href="{STYLE}">
{_write_scripts(generation, host)}
</head>
<body class="pincite-page">
<main>
<h1>{escape(title)}</h1>
{body}
</main>
</body>
</html>
""".encode()


def _write_scripts(generation: str, host: str) -> str:
    # livereload.js picks up its plugins when it starts, so the overlay comes first. It takes host
    # and port from its own address, and a port it cannot see there would be 35729.
    port = host.rpartition(":")[2] if re.search(r":\d+$", host) else "80"
    return (
        f'<script defer src="{SCRIPT}" data-status="{STATUS}" data-style="{STYLE}"'
        f' data-generation="{escape(generation)}"></script>'
        f'<script defer src="/livereload.js?port={port}"></script>'
    )


def _relax_meta(meta: bytes, host: str) -> bytes:
    if not _IS_POLICY.search(meta):
        return meta

    def relax(match: re.Match[bytes]) -> bytes:
        policy = unescape((match[2] or match[3] or b"").decode("utf-8", "replace"))
        return match[1] + b'"' + escape(relax_policy(policy, host)).encode() + b'"'

    return _CONTENT.sub(relax, meta, count=1)


def _shorten(report: str) -> str:
    if len(report) <= _LONGEST_REPORT:
        return report
    return report[:_LONGEST_REPORT] + "\n… and more; the terminal shows all of it.\n"
