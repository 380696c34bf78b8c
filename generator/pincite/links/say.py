"""What was found of links, in words and as JSON."""

import json
from collections.abc import Mapping

from pincite.base.shown import printable
from pincite.model import LinkState, Source

_MOST = 10  # lost quotations named in a line


def say_source(source: Source, links: tuple[LinkState, ...]) -> str:
    """Return a few lines about one source."""
    lines = [f"{source.id}: {source.title}"]
    lines += [f"  {_say_link(link)}" for link in links]
    if not source.archives:
        lines.append(
            "  no archived copy is recorded: if the original goes, only the snapshot stays"
        )
    return "\n".join(lines)


def say_sum(links: Mapping[str, tuple[LinkState, ...]]) -> str:
    """Return one line about all."""
    every = [link for of_one in links.values() for link in of_one]
    if not every:
        return "No source has an address to look at."
    counts = {
        state: sum(link.state == state for link in every)
        for state in dict.fromkeys(link.state for link in every)
    }
    lost = sum(len(link.lost) for link in every)
    said = ", ".join(f"{count} {state}" for state, count in counts.items())
    return f"{len(every)} addresses: {said}." + (
        f" {lost} quotations do not stand where they stood." if lost else ""
    )


def links_json(links: Mapping[str, tuple[LinkState, ...]], sources: tuple[Source, ...]) -> str:
    """Return one JSON object: sources in the given order, each with its addresses."""
    document = {
        "format": "pincite-links/1",
        "sources": [
            {
                "id": source.id,
                "archived": bool(source.archives),
                "links": [
                    {
                        "url": link.url,
                        "role": link.role,
                        "state": link.state,
                        "since": link.since,
                        "checked": link.checked,
                        "code": link.code,
                        "reason": link.reason or None,
                        "moved_to": link.moved_to or None,
                        "held": link.held,
                        "lost": link.lost,
                    }
                    for link in links.get(source.id, ())
                ],
            }
            for source in sources
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _say_link(link: LinkState) -> str:
    said = f"{link.state:7} {link.role} {link.url}"
    if link.moved_to:
        said += f" → {link.moved_to}"
    if link.reason:
        said += f" ({link.reason})"
    if link.state == "gone" and link.since != link.checked:
        said += f", since {link.since[:10]}"
    if link.held is not None:
        said += f"; {link.held} of {link.held + len(link.lost)} quotations stand"
    if link.lost:
        more = len(link.lost) - _MOST
        said += f", lost: {', '.join(link.lost[:_MOST])}" + (
            f" and {more} more" if more > 0 else ""
        )
    return printable(said)
