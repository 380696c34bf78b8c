"""The box of a source page that says where its text comes from; what is not known is said too."""

from collections.abc import Collection
from dataclasses import replace
from shlex import quote

from pincite.dates import Date, html_datetime, parse_date
from pincite.link.proof import is_compared
from pincite.model import Source
from pincite.plan.site import Site
from pincite.plan.snapshots import snapshot_path
from pincite.plan.urls import address_of
from pincite.plan.views import Fact, Link

_TYPES = {
    "txt": "say_plain_text",
    "md": "say_plain_text",
    "html": "say_html",
    "htm": "say_html",
    "pdf": "say_pdf",
    "gz": "say_warc",
    "warc": "say_warc",
    "wacz": "say_wacz",
}


def provenance(site: Site, source: Source, cited: Collection[str]) -> tuple[Fact, ...]:
    words = site.words
    facts = [_published(site, source), _original(site, source), _archives(site, source)]
    if source.retrieved_at or source.retrieved_by:
        by = f" {words('say_by', name=source.retrieved_by)}" if source.retrieved_by else ""
        facts.append(
            Fact(
                name=words("say_retrieved"),
                value=_day(site, source.retrieved_at) + by,
                note=words("say_with_tool", tool=source.tool) if source.tool else "",
            )
        )
    else:
        facts.append(Fact(name=words("say_retrieved"), value=words("say_not_recorded")))
    if source.snapshot:
        ending = source.snapshot.rpartition(".")[2].lower()
        kind = words(_TYPES.get(ending, "say_other_file"))
        facts.append(
            Fact(
                name=words("say_snapshot"),
                value=words.count("say_snapshot_bytes", source.snapshot_bytes, kind=kind),
                note="" if is_compared(source.snapshot) else words("say_text_not_compared"),
            )
        )
        if source.publish_snapshot:
            path = snapshot_path(source)
            file = Link(label=words("say_snapshot_file"), href=address_of(path))
            facts[-1] = replace(facts[-1], links=(file,))
        facts.append(
            Fact(
                name="SHA-256",
                value=source.sha256,
                hash=tuple(source.sha256[i : i + 8] for i in range(0, 64, 8)),
                note=words("say_fingerprint_held"),
            )
        )
        facts.append(
            Fact(
                name=words("how_to_verify"),
                value=words("how_to_verify_text"),
                code=f"sha256sum {quote(source.snapshot.rpartition('/')[2])}",
                links=(Link(label=words("say_verify"), href=site.addresses.page("verify")),),
            )
        )
    else:
        facts.append(Fact(name=words("say_snapshot"), value=words("say_no_snapshot")))
    if source.paragraphs:
        facts.append(_reprinted(site, source, cited))
    return tuple(facts)


def _published(site: Site, source: Source) -> Fact:
    words = site.words
    said = ""
    if source.published is None:
        value, note = words("say_not_recorded"), source.published_note
    else:
        said = words.date(source.published)
        value = said[:1].upper() + said[1:]
        note = source.published_note
        if source.published_basis == "inferred":
            note = words("say_inferred", note=note) if note else words("say_inferred_plain")
    day = html_datetime(source.published) if source.published else ""
    return Fact(
        name=words("say_published"),
        value=value,
        said=said,
        note=note,
        times=((day, value),) if day else (),
    )


def _original(site: Site, source: Source) -> Fact:
    words = site.words
    if source.url:
        note, moved = _state(site, source, source.url)
        return Fact(
            name=words("say_original"), value=source.url, href=source.url, note=note, links=moved
        )
    return Fact(name=words("say_original"), value=words("say_no_address"), note=source.url_note)


def _state(site: Site, source: Source, url: str) -> tuple[str, tuple[Link, ...]]:
    """Say how an address was when it was last looked at, and where it has moved."""
    words = site.words
    link = next((link for link in source.links if link.url == url), None)
    if link is None:
        return "", ()
    note = words(
        f"say_link_{link.state}",
        checked=_day(site, link.checked.partition("T")[0]),
        since=_day(site, link.since.partition("T")[0]),
        reason=link.reason,
    )
    if link.lost:
        note += " " + words.count("say_link_lost", len(link.lost))
    moved = (Link(label=link.moved_to, href=link.moved_to),) if link.moved_to else ()
    return note, moved


def _archives(site: Site, source: Source) -> Fact:
    words = site.words
    if not source.archives:
        return Fact(
            name=words("say_archived_elsewhere"),
            value=words("say_archived_nowhere"),
            note=words("say_archived_nowhere_note"),
        )
    return Fact(
        name=words("say_archived_elsewhere"),
        value="",
        links=tuple(
            Link(
                label=a.url,
                href=a.url,
                note=words.joined(a.kind, _day(site, a.at), _state(site, source, a.url)[0]),
            )
            for a in source.archives
        ),
    )


def _reprinted(site: Site, source: Source, cited: Collection[str]) -> Fact:
    words = site.words
    n = sum(not p.retired for p in source.paragraphs)
    return Fact(
        name=words("say_reprinted"),
        value=words(
            f"say_reprinted_{source.republish}", cited=words.number(len(cited)), all=words.number(n)
        ),
    )


def _day(site: Site, timestamp: str) -> str:
    """Say the day of a timestamp, and its time as written."""
    day, _, time = timestamp.partition("T")
    date = parse_date(day)
    if not isinstance(date, Date):
        return timestamp
    clock = time.removesuffix("Z")
    return site.words.joined(
        site.words.date(date), f"{clock[:5]} UTC" if clock and time.endswith("Z") else ""
    )
