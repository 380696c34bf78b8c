"""``content/pages/*.md`` to pages of prose."""

from pincite.base.diagnostics import Diagnostic, error
from pincite.base.reading import read_record
from pincite.base.text import Span, Text
from pincite.load.front import read_id, split_front_matter
from pincite.load.hidden import find_in_page
from pincite.load.records import PAGE
from pincite.model import PageEntry
from pincite.prose import PAGE_LIMIT, parse_prose


def parse_page(text: Text) -> tuple[PageEntry | None, tuple[Diagnostic, ...]]:
    """Read one content page; its id is the file's name."""
    front, body, found = split_front_matter(text)
    if front is None:
        return None, found
    values, problems = read_record(front, PAGE, text.path)
    prose, faults = parse_prose(text.value[body:], limit=PAGE_LIMIT, heading_level=2, is_page=True)
    id, more = read_id(text)
    found = (
        *found,
        *more,
        *problems,
        *find_in_page(text, body),
        *(
            error(f.code, Span(text.path, body + f.start, body + f.end), f.message, help=f.help)
            for f in faults
        ),
    )
    if values is None:
        return None, found
    return PageEntry(
        id=id,
        title=values["title"] or "",
        description=values["description"] or "",
        body=prose,
        body_start=body,
        at=values,
    ), found
