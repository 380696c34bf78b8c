"""The short way of a build makes the site that the whole way makes, or says that it cannot."""

import itertools
import operator
import re
import shutil
from dataclasses import fields, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pincite.amend.memory import amend_held
from pincite.base.digest import digest
from pincite.disk import BEGUN
from pincite.model import Citation, Claim, Event, Translation
from pincite.plan.facts import facts_of
from pincite.plan.pages import plan
from pincite.preview import rebuild_with_memo
from pincite.prose import Prose
from pincite.publish import view_of as digest_view
from pincite.store.skeletons import Skeletons
from support import ROOT, SITE, SITES, Site, article, event, source

TEXT = (
    "The harbour bridge will close to lorries from 3 March 2025, the council said.",
    "Engineers found cracks in two of its twelve pillars in late January.",
    "The repairs are expected to take about six months.",
    "Two of its twelve pillars had “cracks”, engineers said.",
)
EVENTS = """\
- id: cracks
  date: 2025-01
  date_text: in late January
  title: Cracks are found
  actors: [Council, Engineers]
  places: [Harbour]
  summary: |
    Cracks were **found**; see [@bridge p2] and [the closing](event:closing).
  claims:
    - text: Cracks are in two pillars.
      attributed_to: Engineers
      figures: [{measure: pillars, low: 2, high: 2}]
      cite:
        - {source: bridge, paragraph: p2, quote: cracks in two of its twelve pillars}
        - {source: bridge, quote: "two of its twelve pillars had", stance: mentions}
    - text: Nobody checked the others.
      uncited: An inference of ours.
- id: closing
  date: 2025-03-03
  title: The bridge closes
  modality: planned
  related: [cracks]
  claims:
    - text: Twelve pillars have cracks.
      attributed_to: Council
      figures: [{measure: pillars, low: 12, high: 12}]
      cite:
        - source: bridge
          quote: The harbour bridge will close to lorries from 3 March 2025
- id: months
  date: 2025~
  title: Repairs go on
  cite: {source: bridge, quote: expected to take about six months}
"""
PATH = "content/events/all.yaml"


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path / "project")
    site.write("content/sources/bridge.md", source(*TEXT, snapshot="seeds/bridge.txt"))
    site.write("seeds/bridge.txt", article(*TEXT))
    return site.write(PATH, EVENTS).build()


def assert_clean(site, **options):
    clean = Site(site.root.parent / "clean", bare=True).copy_from(site.root).build(**options)
    ours, theirs = site.output(), clean.output()
    assert [path for path in {*ours, *theirs} if ours.get(path) != theirs.get(path)] == []
    assert site.report == clean.report
    shutil.rmtree(clean.root)


WORDS = {
    "summary": ("Cracks were **found**", "Cracks were *found* by\n\n    somebody"),
    "longer": ("see [@bridge p2]", "look in\n    many other places, and see [@bridge p2]"),
    "claim": ("text: Cracks are in two pillars.", "text: Two pillars have cracks, or 9."),
    "date": ("date_text: in late January", "date_text: January"),
    "quote": ("quote: cracks in two of its twelve", "quote: found cracks in two of its twelve"),
    "end": ("take about six months}", "take about six}"),
    "several": ("text: Twelve", "text: All twelve"),
    "comment": ("- id: closing", "# about the bridge\n- id: closing"),
    "warning": ("date_text: in late January", "date_text: in early March"),
}


@pytest.mark.parametrize("words", WORDS)
def test_words_are_amended(site, words):
    before = site.output()
    site.edit(PATH, *WORDS[words])
    assert site.amend()
    if words != "comment":
        assert site.output() != before
    assert_clean(site)
    # What it kept is what the whole way keeps, too.
    assert site.build().rendered == {}


def test_amendments_follow_one_another(site):
    for old, new in WORDS.values():
        if old in (site.root / PATH).read_text():
            site.edit(PATH, old, new)
            assert site.amend()
    assert_clean(site)
    site.edit(PATH, "title: Repairs go on", "title: Repairs go on and on").build()
    site.edit(PATH, "text: All twelve", "text: Every twelve")
    assert site.amend()
    assert_clean(site)


FACTS = {
    "title": ("title: Repairs go on", "title: Repairs"),
    "date": ("date: 2025~", "date: 2024~"),
    "kind": ("date: 2025~", "date: 2025~\n  kind: other\n  tags: [a]"),
    "actor": ("actors: [Council, Engineers]", "actors: [Council]"),
    "figure": ("low: 2, high: 2", "low: 2, high: 3"),
    "voice": ("attributed_to: Engineers", "attributed_to: Council"),
    "reference": ("see [@bridge p2]", "see [@bridge p3]"),
    "no reference": ("see [@bridge p2] and", "see"),
    "match": ("pillars, low: 2", "the pillars, low: 2"),
    "paragraph": ("paragraph: p2, quote: cracks in two of its twelve pillars",
                  "quote: about six months"),
    "another paragraph": ('"two of its twelve pillars had"', '"Engineers found"'),
    "stance": ("stance: mentions", "stance: disputes"),
    "id": ("id: months", "id: half-year"),
    "one more": ("- id: months", event("more", "about six months") + "- id: months"),
    "correction": ("Repairs go on", "Repairs go on\n  corrections: [{date: 2025-04-01, note: x}]"),
    "fewer": (EVENTS[EVENTS.index("- id: months") :], ""),
    "order": ("- id: months\n  date: 2025~", "- id: months\n  date: 2025?"),
}  # fmt: skip


@pytest.mark.parametrize("fact", FACTS)
def test_facts_are_not(site, fact):
    before = site.output()
    site.edit(PATH, *FACTS[fact])
    assert not site.amend()
    assert site.output() == before
    assert_clean(site.build())


@pytest.mark.parametrize("spoil", ["", "manifest", "plan", "words"])
def test_what_other_pages_are_made_from_is_known(site, spoil, monkeypatch):
    asked = set()

    def view_of(page, digests):
        asked.add(page.path)
        return digest_view(page, digests)

    monkeypatch.setattr("pincite.publish.view_of", view_of)
    site.edit(PATH, *FACTS["title"])
    match spoil:
        case "manifest":
            with (site.out / ".manifest.json").open("a") as file:
                file.write("\n")
        case "plan":
            for path in (site.root / ".pincite/cache").glob("planned-*"):
                path.unlink()
        case "words":
            site.write("templates/i18n/en-said.json", '{"say_undated": "Some day"}')
    site.build()
    assert "events/months/index.html" in asked
    assert ("voices/council/index.html" in asked) == bool(spoil)
    assert_clean(site)


ERRORS = {
    "quote": ("quote: cracks in two of its twelve pillars", "quote: cracks in three pillars"),
    "yaml": ("- id: closing", "- id: closing: x"),
    "source": ("source: bridge, paragraph: p2", "source: brigde, paragraph: p2"),
    "key": ("  date_text: in", "  date_txt: in"),
    "encoding": None,
}


@pytest.mark.parametrize("fault", ERRORS)
def test_errors_are_left_to_the_whole_way(site, fault):
    before = site.output()
    if ERRORS[fault]:
        site.edit(PATH, *ERRORS[fault])
    else:
        site.write(PATH, EVENTS.encode().replace(b"Nobody", b"Nob\xffody"))
    assert not site.amend()
    assert site.build().errors
    assert site.output() == before


def test_a_warning_that_is_an_error_is_left_to_the_whole_way(site):
    text = SITE.replace("source-unused: ignore", "source-unused: ignore, number-not-quoted: error")
    site.edit(PATH, "low: 12, high: 12", "low: 3, high: 3")
    site.write("content/site.yaml", text).build()
    assert not site.errors
    site.edit(PATH, *WORDS["claim"])
    assert not site.amend()
    assert site.build().errors == ["number-not-quoted"]


def _touch_config(site):
    path = site.root / "content/site.yaml"
    path.write_text(path.read_text() + "description: Other.\n")


STATES = {
    "a page was changed": lambda s: (s.out / "index.html").write_text("oops"),
    "a page is gone": lambda s: (s.out / "events/cracks/index.html").unlink(),
    "the data were changed": lambda s: (s.out / "data/events.csv").write_text("oops"),
    "the manifest is gone": lambda s: (s.out / ".manifest.json").unlink(),
    "a build was killed": lambda s: (s.out / BEGUN).write_text("[]"),
    "the settings changed": _touch_config,
    "a template came": lambda s: s.write("templates/parts/colophon.html", "x"),
    "a source changed": lambda s: s.edit("content/sources/bridge.md", "The Gazette", "The Times"),
    "a file came": lambda s: s.write("content/events/b.yaml", event("b", source="bridge")),
    "the snapshot changed": lambda s: s.write("seeds/bridge.txt", article(*TEXT[:2])),
    "nothing is kept": lambda s: shutil.rmtree(s.root / ".pincite/cache"),
    "chunks are gone": lambda s: [p.unlink() for p in (s.root / ".pincite/cache").glob("rows-*")],
    "the plan is gone": lambda s: [p.unlink() for p in (s.root / ".pincite/cache").glob("plan*")],
    "the rest is gone": lambda s: [p.unlink() for p in (s.root / ".pincite/cache").glob("pass*")],
    "pieces are gone": lambda s: [p.unlink() for p in (s.root / ".pincite/cache").glob("piec*")],
    "what was left is gone": lambda s: [p.unlink() for p in (s.root / ".pincite").glob("left-*")],
    "another program": None,
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_what_is_not_as_it_was_left_is_not_amended(site, state, monkeypatch):
    if STATES[state]:
        STATES[state](site)
    else:
        monkeypatch.setattr("pincite.unchanged.engine_digest", lambda: "another")
    site.edit(PATH, *WORDS["claim"])
    assert not site.amend()
    monkeypatch.undo()
    site.build()
    if not site.errors:
        assert_clean(site)


@pytest.mark.parametrize("damage", ["cut", "changed", "swapped"])
@pytest.mark.parametrize("what", ["rows-*", "planned-*", "passing-*", "pieces-*", "linked-*"])
def test_what_is_kept_may_be_spoilt(site, what, damage):
    kept = sorted((site.root / ".pincite/cache").glob(what))
    contents = [path.read_bytes() for path in kept]
    for path, data, other in zip(kept, contents, [*contents[1:], b"x"], strict=True):
        half = len(data) // 2
        match damage:
            case "cut":
                path.write_bytes(data[:half])
            case "changed":
                path.write_bytes(data[:half] + bytes([data[half] ^ 1]) + data[half + 1 :])
            case "swapped":
                path.write_bytes(other)
    site.edit(PATH, *WORDS["quote"])
    assert not site.amend()
    assert_clean(site.build())
    site.edit(PATH, *WORDS["claim"])
    assert site.amend()  # what was spoilt is whole again


def test_other_options_have_their_own_way(site):
    site.edit(PATH, *WORDS["claim"])
    assert not site.amend(index_links=True)
    assert not site.amend(url="https://example.org/x/")
    assert site.amend()


def test_a_link_is_not_followed(site, tmp_path):
    path = site.root / PATH
    path.rename(tmp_path / "all.yaml")
    site.edit("../all.yaml", *WORDS["claim"])
    path.symlink_to(tmp_path / "all.yaml")
    assert not site.amend()


SENTENCE = re.compile(r"(?m)^( +(?:- )?(?:text|date_text|note): )([^\n{[|>\"']{3,})$")


@pytest.mark.parametrize(("name", "least"), [("example", 8), ("everything", 6)])
def test_every_sentence_of_a_site_can_be_changed(name, least, tmp_path):
    """Either way; where it is the short one, the site is what it should be."""
    folder = ROOT if name == "example" else ROOT / "tests/golden" / name
    site = Site(tmp_path / "project", bare=True).copy_from(folder).build()
    files = sorted((site.root / "content/events").rglob("*.y*ml"))
    short = 0
    for file in files:
        path = file.relative_to(site.root).as_posix()
        for found in SENTENCE.finditer(file.read_text("utf-8")):
            new = found[1] + found[2] + " Again"
            site.edit(path, found[0], new)
            if site.amend():
                short += 1
            else:
                site.build()
    assert short >= least
    assert_clean(site)


COUNT = itertools.count()
SAID = st.sampled_from(["", " It is so.", " **Much** more.", " <b>x</b>", " «и» ünd", " 7"])
PLACES = st.sampled_from(["Cracks were", "text: Cracks are", "text: Nobody", "text: Twelve",
                          "date_text: in late", "quote: The harbour", "title: Repairs"])  # fmt: skip


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(edits=st.lists(st.tuples(PLACES, SAID), min_size=1, max_size=6))
def test_any_edits_either_way(site, tmp_path, edits):
    copy = Site(tmp_path / str(next(COUNT)), bare=True).copy_from(site.root)
    copy.write(PATH, EVENTS).build()
    for place, said in edits:
        text = (copy.root / PATH).read_text("utf-8")
        lines = text.split("\n")
        at = next(n for n, line in enumerate(lines) if place in line)
        lines[at] = lines[at].rstrip() + said if place != "quote: The harbour" else lines[at]
        copy.write(PATH, "\n".join(lines))
        if not copy.amend():
            copy.build()
    if not copy.errors:
        assert_clean(copy)
    shutil.rmtree(copy.root)


# ---- in a preview -------------------------------------------------------------------------------


@pytest.fixture
def preview(site, monkeypatch):
    """Return what rebuilds *site* after its file of events was saved, and tells which way."""
    ways = []

    def short(*told):
        made = amend_held(*told)
        ways.append(made is not None)
        return made

    monkeypatch.setattr("pincite.preview.amend_held", short)
    rebuild = rebuild_with_memo(site.root, site.out)
    assert rebuild(None).ok

    def save(old, new, path=PATH):
        site.edit(path, old, new)
        return rebuild(frozenset((path,)))

    save.ways, save.rest = ways, lambda: rebuild(frozenset())
    return save


def assert_done(site, preview):
    """Finish what was put off: then the site is what a first build makes."""
    assert preview.rest().ok
    clean = Site(site.root.parent / "clean", bare=True).copy_from(site.root).build()
    assert clean.output() == site.output()
    shutil.rmtree(clean.root)


@pytest.mark.parametrize("words", WORDS)
def test_a_preview_amends_words(site, preview, words):
    rebuilt = preview(*WORDS[words])
    assert preview.ways == [True]
    assert rebuilt.ok
    if words in ("claim", "summary"):
        assert "events/cracks/index.html" in rebuilt.changed
        assert "data/timeline.json" not in rebuilt.changed
        assert rebuilt.unfinished
    assert_done(site, preview)


def test_a_preview_takes_either_way_in_turn(site, preview):
    assert preview(*WORDS["claim"]).ok
    assert preview(*FACTS["title"]).ok
    assert preview(*WORDS["several"]).ok  # nothing is held until the rest is done
    assert preview.rest().ok
    assert preview(*WORDS["quote"]).ok
    assert not preview(*ERRORS["source"]).ok
    assert preview(*ERRORS["source"][::-1]).ok
    assert preview.rest().ok
    assert preview(*WORDS["date"]).ok
    assert preview.ways == [True, False, True, False, True]
    assert_done(site, preview)


def test_a_preview_sees_what_else_changed(site, preview):
    assert preview(*WORDS["claim"]).ok
    site.write("templates/parts/colophon.html", "<p>Ours</p>")
    assert preview(*WORDS["several"]).ok
    assert preview.ways == [True, False]
    assert "<p>Ours</p>" in (site.out / "index.html").read_text("utf-8")
    assert_done(site, preview)


def test_a_preview_sees_that_somebody_else_has_built(site, preview):
    site.build(url="https://example.net/")
    assert preview(*WORDS["claim"]).ok
    assert preview.ways == [False]
    assert_done(site, preview)


@pytest.mark.parametrize("edit", ["claim", "title"])
def test_a_preview_links_again_where_chunks_are_lost(site, preview, edit):
    """What was kept is not all read at the start, and somebody may delete it meanwhile."""
    for path in (site.root / ".pincite/cache").glob("rows-*"):
        path.unlink()
    assert preview(*({**WORDS, **FACTS}[edit])).ok
    assert preview.rest().ok
    assert preview(*WORDS["several"]).ok
    assert_done(site, preview)


def test_a_fault_of_a_template_is_told_by_the_whole_way(site):
    site.write("templates/event.html", "{{ page.gone }}")
    assert site.build().errors == ["template-fault"]
    rebuild = rebuild_with_memo(site.root, site.out)
    assert not rebuild(None).ok
    site.remove("templates/event.html")
    assert rebuild(frozenset(("templates/event.html",))).ok


# ---- what planning looks at ---------------------------------------------------------------------


def _with_other_words(event):
    """Return *event* with all changed that its facts leave out."""
    summary = event.summary
    if summary is not None:
        html = summary.html.replace("</p>", " And more.</p>", 1)
        references = tuple(replace(r, label=f"{r.label}!") for r in summary.references)
        summary = replace(summary, html=html, references=references)
    claims = tuple(
        replace(
            claim,
            text=f"{claim.text} Really!",
            citations=tuple(
                replace(
                    c,
                    start=c.start + 1,
                    quote=c.quote[1:],
                    exact=c.exact[1:],
                    note="Mind this.",
                    translation=Translation(lang="de", text="Ja"),
                    parts=tuple((p, start + 1, end) for p, start, end in c.parts),
                )
                if isinstance(c, Citation)
                else c
                for c in claim.citations
            ),
        )
        for claim in event.claims
    )
    return replace(event, date_text="once", summary=summary, claims=claims)


@pytest.mark.parametrize("name", SITES)
def test_planning_looks_at_facts_alone(name, tmp_path, monkeypatch):
    """Of other words the same pages are made, of the same things by name."""
    told = []

    def keeping(*given):
        told.append(given)
        return plan(*given)

    monkeypatch.setattr("pincite.build.plan", keeping)
    folder = ROOT if name == "example" else ROOT / "tests/golden" / name
    Site(tmp_path / "project", bare=True).copy_from(folder).check()
    ((corpus, *rest),) = told
    other = replace(corpus, events=tuple(map(_with_other_words, corpus.events)))
    assert all(map(operator.ne, map(digest, corpus.events), map(digest, other.events)))
    assert list(map(facts_of, corpus.events)) == list(map(facts_of, other.events))
    first, second = (plan(c, *rest)[0] for c in (corpus, other))
    taken = [tuple(map(Skeletons(p.corpus).take, p.pages)) for p in (first, second)]
    assert taken[0] == taken[1]
    assert sum(page is not None for page in taken[0]) > len(corpus.events)
    assert all(page is None or page.data for page in taken[0])
    for page, again, kept in zip(first.pages, second.pages, taken[0], strict=True):
        assert page.paths == again.paths
        if kept is None:  # it shows nothing of these words
            assert digest(page.arguments) == digest(again.arguments), page.path


def test_every_field_of_an_event_is_a_fact_or_named():
    """Whoever adds a field finds it is a fact, until it is left out here and in `facts_of`."""
    loose = {"summary", "date_text", "claims"}
    site = replace(EVENT, **{name: getattr(EVENT, name) for name in loose})
    for field in fields(Event):
        if field.compare and field.name not in loose:
            other = replace(site, **{field.name: ("changed",)})
            assert facts_of(other) != facts_of(site), field.name
    for field in fields(Claim):
        if field.compare and field.name not in {"text", "citations"}:
            claim = replace(EVENT.claims[0], **{field.name: ("changed",)})
            assert facts_of(replace(site, claims=(claim,))) != facts_of(site), field.name


EVENT = Event(
    id="a",
    date=None,
    title="A",
    claims=(Claim(number=1, text="A", at=None),),
    summary=Prose(html="<p>A</p>"),
    at=None,
)
