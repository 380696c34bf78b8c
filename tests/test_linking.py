"""From names to things: what is offered where one is not found, and what the found ones become."""

from types import SimpleNamespace

import pytest

from pincite.base.diagnostics import Severity
from pincite.base.text import Span
from pincite.link.corpus import fold_id
from pincite.link.names import Register, Settled, slug
from pincite.model import Name
from support import Site, event, source

EVENTS = "content/events/a.yaml"
HERE = Span("a.yaml", 0, 1)
AT = SimpleNamespace(span=HERE)  # all that is asked of where a name is declared
OTHER = ("Nine lorries were counted on the old bridge.", "It was closed at noon.")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("linking") / "project")
    site.write("content/sources/other.md", source(*OTHER) + "\n[p3 retired]\n")
    return site.write("content/sources/record.md", "---\ntitle: A record\n---\n")


def findings(site, text):
    site.write(EVENTS, text).check()
    return [d for d in site.checked.found if d.span.path == EVENTS]


def cite(text):
    return f"- id: a\n  date: 2025\n  title: A\n  cite: {{{text}}}\n"


@pytest.mark.parametrize(
    ("text", "code", "offered"),
    [
        ("source: brigde, quote: any words at all", "unknown-source", "did you mean `bridge`?"),
        ("source: x, quote: any words at all", "unknown-source", "a file in content/sources"),
        ("source: bridge", "quote-missing", "add `quote:`"),
        ("source: record, quote: any words at all", "source-without-text", "`unverified:`"),
        (
            "source: bridge, paragraph: p9, quote: cracks in two of its twelve pillars",
            "unknown-paragraph",
            "it has `p1` to `p3`",
        ),
        (
            "source: record, paragraph: p9, unverified: not yet",
            "unknown-paragraph",
            None,
        ),
        (
            "source: other, paragraph: p3, quote: closed at noon",
            "retired-paragraph-cited",
            "cite the snapshot that still has it",
        ),
        (
            "source: bridge, quote: Nine lorries were counted",
            "quote-not-found",
            "they stand in `other`, p1: write `source: other`",
        ),
        ("source: bridge, quote: about penguins alone", "quote-not-found", None),
        (
            "source: bridge, paragraph: p1, quote: cracks in two of its twelve pillars",
            "quote-moved",
            "write `paragraph: p2`",
        ),
        (
            "source: bridge, quote: cracks in two of its eleven pillars",
            "quote-not-found",
            "copy the words from the source",
        ),
    ],
)
def test_a_way_out_is_offered(site, text, code, offered):
    (finding,) = findings(site, cite(text))
    assert (finding.code, finding.severity) == (code, Severity.ERROR)
    if offered is None:
        assert finding.help is None
    else:
        assert offered in finding.help


def test_the_source_is_shown_beside_the_quotation(site):
    for text, label in (
        ("quote: cracks in two of its ten pillars", ("nearest words (p2)", "cracks in two of its")),
        (
            "paragraph: p1, quote: cracks in two of its twelve",
            ("here (p2)", "cracks in two of its"),
        ),
    ):
        (finding,) = findings(site, cite(f"source: bridge, {text}"))
        (shown,) = finding.labels
        words = (site.root / shown.span.path).read_text("utf-8")[shown.span.start : shown.span.end]
        assert shown.text == label[0]
        assert words.startswith(label[1])
    (finding,) = findings(site, cite("source: other, paragraph: p3, quote: closed at noon"))
    assert [label.text for label in finding.labels] == ["retired"]
    site.write("content/sources/gone.md", source(*OTHER) + "\n[p3 retired] Gone.\n")
    (finding,) = findings(site, cite("source: gone, paragraph: p3, quote: closed at noon"))
    (label,) = finding.labels
    text = (site.root / label.span.path).read_text("utf-8")
    assert text[label.span.start : label.span.end] == "G"
    site.remove("content/sources/gone.md")


def test_a_paragraph_with_marks_inside_is_pointed_at_by_its_beginning(site):
    site.write("content/sources/lines.md", source("> It was closed\n> at noon for good."))
    (finding,) = findings(site, cite("source: lines, quote: It was closed at one for good"))
    (label,) = finding.labels
    text = (site.root / label.span.path).read_text("utf-8")
    assert text[label.span.start : label.span.end] == "I"
    site.remove("content/sources/lines.md")


def test_what_is_missing_of_a_source_that_could_not_be_read_is_told_once(site):
    site.write("content/sources/spoilt.md", source(*OTHER) + "\n[p1] Once more.\n")
    site.write("content/sources/blank.md", "---\ntitle: [\n---\n")
    site.write("content/sources/marks.md", b"---\ntitle: Caf\xe9\n---\n")
    for text in (
        "source: spoilt, quote: words that were never there",
        "source: spoilt, paragraph: p9, quote: closed at noon",
        "source: spoilt, paragraph: p9, unverified: later",
        "source: blank, quote: words that were never there",
        "source: marks, quote: closed at noon",
    ):
        assert findings(site, cite(text)) == []
        assert site.errors
    for name in ("spoilt", "blank", "marks"):
        site.remove(f"content/sources/{name}.md")


def test_what_may_be_there_hides_nothing_that_is_not(site):
    site.write("content/sources/marks.md", b"---\ntitle: Caf\xe9\n---\n")
    site.write("content/events/b.yaml", "- id: later\n  title: [\n")
    for first in ("[@marks]", "[x](event:later)"):
        text = (
            f"- id: a\n  date: 2025\n  title: A\n  summary: Compare {first} and [y](page:nope).\n"
        )
        text += "  cite: {source: other, quote: Nine lorries were counted}\n"
        assert [d.code for d in findings(site, text)] == ["unknown-page"], first
    site.remove("content/sources/marks.md").remove("content/events/b.yaml")


def test_no_more_than_five_places_are_shown(site):
    text = "went to Kyiv. " * 9
    site.write("content/sources/many.md", source(text.strip()))
    (finding,) = findings(site, cite("source: many, quote: went to Kyiv"))
    assert finding.code == "quote-ambiguous"
    assert len(finding.labels) == 5


def test_citations_are_counted_across_claims(site):
    site.write(
        EVENTS,
        """
- id: a
  date: 2025
  title: A
  claims:
    - text: One
      cite:
        - {source: bridge, quote: cracks in two of its twelve pillars, note: n, stance: disputes}
        - {source: record, unverified: later, note: m, stance: mentions}
    - text: Two
      uncited: nobody says
    - text: Three
      cite: {source: other, quote: [Nine lorries, the old bridge]}
""",
    ).check()
    one, two, three = site.checked.corpus.events[0].claims
    assert [claim.number for claim in (one, two, three)] == [1, 2, 3]
    assert [c.n for c in one.citations] == [1, 2]
    assert [(c.note, c.stance) for c in one.citations] == [("n", "disputes"), ("m", "mentions")]
    assert (one.citations[1].source, one.citations[1].reason) == ("record", "later")
    assert (two.citations, two.uncited) == ((), "nobody says")
    (last,) = three.citations
    assert (last.n, last.paragraph, last.start, last.end) == (3, "p1", 0, 43)
    assert last.parts == (("p1", 0, 12), ("p1", 29, 43))
    assert last.quote == "Nine lorries … the old bridge"
    assert last.exact == "Nine lorries were counted on the old bridge"


def test_a_source_has_what_the_site_has_where_it_says_nothing(site):
    own = "language: fr\nrepublish: none\n"
    site.write("content/sources/own.md", source(*OTHER, more=own))
    site.write(EVENTS, event("a")).check()
    sources = {source.id: source for source in site.checked.corpus.sources}
    assert list(sources) == sorted(sources)
    assert (sources["own"].language, sources["own"].republish) == ("fr", "none")
    assert (sources["bridge"].language, sources["bridge"].republish) == ("en", "full")
    assert (sources["bridge"].snapshot_bytes > 100, sources["own"].snapshot_bytes) == (True, 0)
    site.remove("content/sources/own.md")


def test_events_are_in_order_of_time(site):
    dates = ["unknown", "2025-03", "2024/2025", "2025-03-01", "2024", "2025-03", "unknown"]
    site.write(EVENTS, "".join(event(f"e{n}", date=date) for n, date in enumerate(dates))).check()
    assert [event.id for event in site.checked.corpus.events] == [
        *("e4", "e2", "e3", "e1", "e5", "e0", "e6"),
    ]


def test_an_event_has_each_name_once(site):
    more = "  tags: [b, a, B, b]\n  related: [z, z]\n  actors: [X y, x-y]\n  recipients: [X y]\n"
    site.write(EVENTS, event("a", more=more) + event("z")).check()
    corpus = site.checked.corpus
    assert corpus.events[0].tags == ("b", "a")
    assert corpus.events[0].related == ("z",)
    assert (corpus.events[0].actors, corpus.events[0].recipients) == (("x-y",), ("x-y",))
    assert [(name.id, name.label) for name in corpus.tags] == [("a", "a"), ("b", "b")]
    assert [name.label for name in corpus.actors] == ["X y"]


@pytest.mark.parametrize(
    ("key", "code", "offered"),
    [
        ("related: [latre]", "unknown-event", "did you mean `later`?"),
        ("related: [a]", "bad-value", "name the event that was meant"),
        ("kind: tset", "unknown-kind", "did you mean `test`?"),
        ("kind: q", "unknown-kind", "it has `deployment`, `shipment`"),
        ("aliases: [Later]", "alias-taken", "no other has"),
        ("aliases: [A]", "alias-taken", "no other has"),
        ("media: [{file: a.png, alt: A}]", "media-missing", None),
        ("summary: See [@brigde].", "unknown-source", "did you mean `bridge`?"),
        ("summary: See [@bridge p9].", "unknown-paragraph", None),
    ],
)
def test_a_way_out_is_offered_for_a_name(site, key, code, offered):
    found = findings(site, event("a", more=f"  {key}\n") + event("later"))
    (finding,) = [d for d in found if d.severity is Severity.ERROR]
    assert finding.code == code
    assert offered is None or offered in finding.help


def test_ids_that_a_file_system_confuses_are_one():
    assert fold_id("Stra\u00dfe") == fold_id("STRASSE")
    assert fold_id("Ame\u0301lie") == fold_id("am\u00e9lie")
    assert fold_id("a") != fold_id("b")


@pytest.mark.parametrize(
    ("label", "id"),
    [
        ("North Korea", "north-korea"),
        (" _C++_ ", "c"),
        ("\uff11\uff12", "12"),
        ("Ame\u0301lie", "am\u00e9lie"),
        ("!?", "unnamed"),
        ("x" * 101, "x" * 100),
        ("x" * 99 + " y", "x" * 99),
        ("\u4e00" * 90, "\u4e00" * 85),
        ("\u4e00" * 84 + "x y", "\u4e00" * 84 + "x-y"),
    ],
)
def test_slugs(label, id):
    assert slug(label) == id


def declared(id, label, *aliases):
    return Name(id=id, label=label, aliases=aliases, at=AT)


def codes(register):
    return [(d.code, d.message) for d in register.found]


def test_a_name_is_one_however_it_is_written():
    register = Register("actor", [declared("kim", "Kim Jong Un", "Kim Jong-un", "The Leader")])
    for label in ("Kim Jong Un", "Kim Jong-un", "The Leader", "kim"):
        assert register.find_id(label, HERE) == "kim"
    assert codes(register) == []
    assert register.find_id("the leader", HERE) == "kim"
    assert register.find_id("North Korea", HERE) == "north-korea"
    assert register.find_id("North-Korea", HERE) == "north-korea"
    assert register.find_id("North-Korea", HERE) == "north-korea"
    assert codes(register) == [
        (
            "near-duplicate-name",
            "`the leader` and `Kim Jong Un` are taken for the same actor",
        ),
        (
            "near-duplicate-name",
            "`North-Korea` and `North Korea` are taken for the same actor",
        ),
    ]
    first, second = register.found
    assert (first.labels, len(second.labels)) == ((), 1)
    assert first.help.endswith("add this spelling to its `aliases`")
    assert second.help == "write `North Korea` everywhere"
    names = register.close()
    assert [(name.id, name.label, name.at) for name in names] == [
        ("kim", "Kim Jong Un", None),
        ("north-korea", "North Korea", None),
    ]


def test_declared_names_are_used_and_belong_to_one():
    register = Register("place", [declared("a", "Ab", "X"), declared("b", "Bc", "X")])
    assert codes(register) == [("duplicate-id", "`X` is declared for `a` and for `b`")]
    assert register.find_id("X", HERE) == "a"
    assert [name.id for name in register.close()] == ["a"]
    assert codes(register)[1:] == [("unused-name", "no event names `Bc`")]


def test_another_spelling_is_shown_beside_the_first():
    register, there = Register("actor", []), Span("b.yaml", 5, 9)
    register.find_id("North Korea", HERE)
    register.find_id("North-Korea", there)
    (told,) = register.found
    assert (told.code, told.span) == ("near-duplicate-name", there)
    assert [(label.span, label.text) for label in told.labels] == [(HERE, "first written so here")]


@pytest.mark.parametrize(
    ("label", "warned"),
    [
        ("Kharkov", True),
        ("Kharvik", True),
        ("Khorvon", False),
        ("Kharkiv", False),
        ("Khariv", True),
        ("Khark", False),
        ("Lviv", False),
    ],
)
def test_a_letter_or_two_are_told(label, warned):
    register = Register("place", [declared("kharkiv", "Kharkiv"), declared("lvov", "Lvov")])
    register.find_id("Lvov", HERE)
    register.find_id("Kharkiv", HERE)
    register.find_id(label, HERE)
    register.close()
    told = [d for d in register.found if d.code == "near-duplicate-name"]
    assert bool(told) == warned, label
    if warned:
        assert told[0].message == f"`{label}` is not declared, but `Kharkiv` is"
        assert told[0].help.startswith("did you mean `Kharkiv`?")


def test_settled_names_are_known_by_what_they_were_called():
    names = [declared("kim", "Kim Jong Un", "Leader"), Name(id="north-korea", label="North Korea")]
    settled = Settled(names, {"kim"})
    assert [w in settled for w in ("Kim Jong Un", "Leader", "kim", "North Korea")] == [True] * 4
    assert "north-korea" not in settled
    assert settled.find_id("Leader", HERE) == "kim"
