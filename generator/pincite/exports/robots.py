"""``robots.txt`` (RFC 9309): everything may be read. It counts at the root of a host only."""

from pincite.exports.sitemap import SITEMAP
from pincite.model import Corpus
from pincite.plan.urls import Addresses
from pincite.plan.words import Words


def write_robots(corpus: Corpus, words: Words, addresses: Addresses) -> bytes:  # noqa: ARG001
    """Allow all; name the sitemap where there is one."""
    lines = ["User-agent: *", "Allow: /"]
    if corpus.config.url:
        lines += ["", f"Sitemap: {corpus.config.url}{SITEMAP}"]
    return "".join(f"{line}\n" for line in lines).encode()
