"""``_headers``: what Netlify and Cloudflare Pages send with every file.

The policy is that of the pages' own ``<meta>``, and what a ``<meta>`` cannot say.
"""

from pincite.model import Corpus
from pincite.plan.urls import Addresses
from pincite.plan.words import Words

POLICY = (
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "media-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
)
# Where two rules fit, hosts send both headers and browsers keep to both, so nothing that a rule
# forbids can be allowed again by another: what may be framed, ``/embed/``, must not be under one.
UNFRAMED = (
    *("/", "/events/*", "/sources/*", "/timeline/*", "/kinds/*", "/status/*", "/voices/*"),
    *("/actors/*", "/places/*", "/tags/*", "/disagreements/*", "/report/*", "/search/*"),
    *("/changes/*", "/verify/*"),
)
# Addresses are permanent and their contents are not, so whatever is kept is asked about again.
RULES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "/*",
        (
            ("Content-Security-Policy", "; ".join(POLICY)),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
            ("Cache-Control", "public, max-age=0, must-revalidate"),
        ),
    ),
    *((path, (("Content-Security-Policy", "frame-ancestors 'none'"),)) for path in UNFRAMED),
    ("/data/*", (("Access-Control-Allow-Origin", "*"),)),
    (
        # What was received may hold anything; a reader is to have it as a file, and to open it so.
        "/snapshots/*",
        (
            ("Content-Security-Policy", "sandbox"),
            ("Content-Disposition", "attachment"),
            ("X-Robots-Tag", "noindex"),
        ),
    ),
    ("/feed.xml", (("Content-Type", "application/atom+xml; charset=utf-8"),)),
    (
        "/feed.json",
        (
            ("Content-Type", "application/feed+json; charset=utf-8"),
            ("Access-Control-Allow-Origin", "*"),
        ),
    ),
    ("/timeline.ics", (("Content-Type", "text/calendar; charset=utf-8"),)),
    ("/data/annotations.jsonld", (("Content-Type", "application/ld+json; charset=utf-8"),)),
    ("/data/events.csv", (("Content-Type", "text/csv; charset=utf-8"),)),
    ("/data/references.bib", (("Content-Type", "application/x-bibtex; charset=utf-8"),)),
    (
        "/data/references.json",
        (("Content-Type", "application/vnd.citationstyles.csl+json; charset=utf-8"),),
    ),
)


def write_headers(corpus: Corpus, words: Words, addresses: Addresses) -> bytes:  # noqa: ARG001
    """Return the rules: a path, then its headers, two spaces in."""
    lines: list[str] = []
    for path, headers in RULES:
        lines += [path, *(f"  {name}: {value}" for name, value in headers)]
    return "".join(f"{line}\n" for line in lines).encode()
