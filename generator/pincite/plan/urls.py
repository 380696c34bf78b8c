"""Identity to address. Pure and permanent: what is published here is quoted elsewhere.

An address is relative to the root of the site and ends in ``/``; with *index_links* it names the
``index.html``, so that a site can be read from a disk.
"""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

# Characters that RFC 3987 lets stand in a fragment; letters of all languages are encoded.
_SAFE = "-._~!$&'()*+,;=:@"


@lru_cache(maxsize=4096)  # an address is made of the same ids several times a page
def encode(part: str) -> str:
    """Percent-encode one segment of a path, or a fragment."""
    if part.isascii() and part.replace("-", "").isalnum():
        return part
    return quote(part, safe=_SAFE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    index_links: bool = False

    def page(self, *parts: str) -> str:
        """Return the address of a page in the folder *parts*; none is the front page."""
        folder = "".join([f"{encode(part)}/" for part in parts])
        return folder + "index.html" if self.index_links else folder

    def event(self, id: str) -> str:
        return f"events/{encode(id)}/{'index.html' if self.index_links else ''}"

    def source(self, id: str, anchor: str = "") -> str:
        address = f"sources/{encode(id)}/{'index.html' if self.index_links else ''}"
        return f"{address}#{encode(anchor)}" if anchor else address

    def citation(self, source: str, event: str, n: int) -> str:
        """Return where the words of the *n*-th citation of *event* are marked."""
        page = f"sources/{encode(source)}/{'index.html' if self.index_links else ''}"
        return f"{page}#c-{encode(event)}-{n}"  # as `citation_anchor` has it

    def home(self, root: str) -> str:
        """Return the front page as seen from a page whose root is *root*."""
        if self.index_links:
            return root + "index.html"
        return root or "./"


def citation_key(event: str, n: int) -> str:
    return f"{event}-{n}"


def citation_anchor(event: str, n: int) -> str:
    return f"c-{event}-{n}"


def output_path(*parts: str) -> str:
    """Return the file in which the page of folder *parts* is written."""
    return "/".join((*parts, "index.html"))


def address_of(path: str) -> str:
    """Return the address, relative to the root, of the page written at *path*."""
    return "/".join([encode(part) for part in path.removesuffix("index.html").split("/")])


def root_of(path: str) -> str:
    """Return the way from the page written at *path* up to the root: ``../`` for each folder."""
    return "../" * path.count("/")
