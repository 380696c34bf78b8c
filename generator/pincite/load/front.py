"""Front matter: the YAML between two ``---`` lines at the head of a Markdown file."""

import re
import unicodedata

from pincite.base.diagnostics import Diagnostic, error
from pincite.base.scalars import parse_slug
from pincite.base.schema import Problem
from pincite.base.text import Span, Text
from pincite.base.yamltree import Node, parse_yaml

_OPEN = re.compile(r"---[ \t]*\r?\n")
_CLOSE = re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)


def read_id(text: Text) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the id that the name of a source's or page's file gives it.

    Some file systems keep names with letters and accents apart: an id never is.
    """
    id = unicodedata.normalize("NFC", text.path.rpartition("/")[2].removesuffix(".md"))
    match parse_slug(id):
        case Problem() as problem:
            return id, (
                error(
                    "bad-id",
                    Span(text.path, 0, 0),
                    f"the file's name is its id: {problem.message}",
                    help=problem.help,
                ),
            )
        case _:
            return id, ()


def split_front_matter(text: Text) -> tuple[Node | None, int, tuple[Diagnostic, ...]]:
    """Return the front matter's tree, and the offset at which the body begins."""
    opened = _OPEN.match(text.value)
    closed = opened and _CLOSE.search(text.value, opened.end())
    if not opened or not closed:
        line = text.value.partition("\n")[0]
        return (
            None,
            0,
            (
                error(
                    "front-matter",
                    Span(text.path, 0, len(line)),
                    "the front matter is not closed" if opened else "the file has no front matter",
                    help="begin the file with `---`, then `title: …`, then `---` on its own line",
                ),
            ),
        )
    tree, found = parse_yaml(text, start=opened.end(), end=closed.start())
    if tree is None and not found:
        found = (
            error(
                "front-matter",
                Span(text.path, 0, opened.end()),
                "the front matter is empty",
                help="it needs at least a `title`",
            ),
        )
    return tree, closed.end(), found
