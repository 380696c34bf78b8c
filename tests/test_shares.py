"""What is linked in shares is what is linked at once, whatever the shares and whoever has them."""

import itertools
import shutil
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pincite.base.diagnostics import Failure, Severity
from pincite.build import _link_all
from pincite.entries import load
from pincite.load.project import read_project
from pincite.memo import Memo
from pincite.options import Options
from pincite.store.home import Home, is_of_events, is_of_sources
from pincite.store.parts import Whole, load_part
from pincite.store.shares import Shares, link_in_shares
from pincite.store.slices import find_bounds
from support import ROOT, SITES, Site, event, source

COUNT = itertools.count()


def in_shares(site, jobs, at_once):
    inputs = read_project(site.root, hold=0)  # no text is held
    rest = {p: t for p, t in inputs.texts.items() if not (is_of_events(p) or is_of_sources(p))}
    entries, found = load(replace(inputs, texts=rest), None, Memo())
    linked = link_in_shares(
        "context",
        Shares(
            root=site.root, inputs=inputs, entries=entries, found=found, jobs=jobs, at_once=at_once
        ),
    )
    return linked and linked[0]


def at_once(site):
    inputs = read_project(site.root)
    home = Home(root=site.root, out=site.out, settings="", engine="", stamps={})
    options = Options(out=site.out, postpone=True)
    _, linked = _link_all(site.root, options, Memo(), inputs, home, "context")
    errors = [d for d in (*inputs.found, *linked.found) if d.severity is Severity.ERROR]
    return linked.whole, errors


def opened(whole):
    """Return it with its parts as values, so that a difference can be read."""
    assert isinstance(whole, Whole)
    return whole._replace(parts={path: load_part(part) for path, part in whole.parts.items()})


def assert_same(site, *ways):
    whole, errors = at_once(site)
    for jobs, size in ways or ((1, 50), (3, 1)):
        shared = in_shares(site, jobs, size)
        if whole is None or errors:
            assert shared is None
        elif shared is None:  # what looks like an event of its own is none
            inputs, parts = read_project(site.root), opened(whole).parts
            uncut = [
                path for path, part in parts.items() if any(not row.slice for row in part.rows)
            ]
            assert any(find_bounds(inputs.texts[path].value) for path in uncut)
        else:
            assert opened(shared) == opened(whole)
            assert list(shared.parts) == list(whole.parts)
            assert shared == whole
    return whole


@pytest.mark.parametrize("name", SITES)
def test_every_site_is_linked_in_shares_as_at_once(name, tmp_path):
    folder = ROOT if name == "example" else ROOT / "tests/golden" / name
    assert_same(Site(tmp_path / "project", bare=True).copy_from(folder))


@pytest.mark.parametrize("warm", [False, True])
@pytest.mark.parametrize("name", SITES)
def test_texts_that_are_not_held_make_the_same_site(name, warm, tmp_path, monkeypatch):
    folder = ROOT if name == "example" else ROOT / "tests/golden" / name
    site = Site(tmp_path / "project", bare=True).copy_from(folder)
    held = Site(tmp_path / "held", bare=True).copy_from(folder).build()
    monkeypatch.setattr("pincite.build._HELD", 0)
    if warm:
        site.build()
        shutil.rmtree(site.out)
    assert site.build().output() == held.output()
    assert site.report == held.report


def test_a_text_that_was_let_go_of_must_be_the_same_again(tmp_path):
    site = Site(tmp_path / "project").write("content/events/a.yaml", event("one"))
    path = site.root / "content/events/a.yaml"
    held = read_project(site.root).texts["content/events/a.yaml"]
    text = read_project(site.root, hold=0).texts["content/events/a.yaml"]
    held.let_go()  # it cannot be had again, so it stays
    assert text.value == path.read_text() == held.value
    assert text.digest == held.digest
    assert text.locate(9) == held.locate(9)
    for spoil in (
        lambda: path.write_text(held.value + "# more\n"),
        lambda: path.write_bytes(b"\xff"),
        path.unlink,
    ):
        text.let_go()
        spoil()
        with pytest.raises(Failure, match=r"a\.yaml was changed while the site was built"):
            text.locate(9)
        path.write_text(held.value)


FILES = {
    "a list": event("one") + event("two"),
    "comments": "# before\n\n" + event("one") + "# between\n\n" + event("two") + "# after",
    "no events": "# nothing yet\n",
    "an only event": event("one", title="14 cracks are found"),
    "Windows": (event("one") + event("two")).replace("\n", "\r\n"),
    "indented": "".join(f"  {line}\n" for line in event("one").splitlines()),
    "in brackets": "[{id: one, date: 2025, title: A, cite: {source: bridge, quote: council said}}]",
    "names": event("one", more="  actors: [Council, Mayor]\n  tags: [a]\n")
    + event("two", more="  recipients: [Mayor]\n  places: [Harbour]\n"),
    "ways": event("one", more="  related: [two]\n  summary: See [@bridge] and [x](event:three).\n")
    + event("two", more="  aliases: [before]\n")
    + event("three"),
    "warnings": event("one", more="  date_text: in spring\n", title="3 of 5")
    + event("two", "will close", title="In 2024 # 7")
    + event("three", "six months", date="2031", title="Cracks #1"),
}
#: Of these everything at once has to tell.
TOLD_AT_ONCE = {
    "two spellings": event("one", more="  actors: [Council]\n")
    + event("two", more="  actors: [council]\n"),
    "a name and what it becomes": event("one", more="  tags: [The mayor]\n")
    + event("two", more="  tags: [the-mayor]\n"),
    "an id twice": event("one") + event("two") + event("One"),
    "a way that leads nowhere": event("one", more="  related: [gone]\n") + event("two"),
    "an alias that is taken": event("one", more="  aliases: [two]\n") + event("two"),
    "a quotation that is nowhere": event("one") + event("two", "cracks in all of its pillars"),
    "no such source": event("one") + event("two", source="bridges"),
    "no text": event("one").replace("\n  title: Cracks are found", "") + event("two"),
    "quotation marks over two events": '- id: one\n  title: "a\n' + event("two", title='b"'),
    "the end between two events": event("one") + "  date_text: x\x85...\n" + event("two"),
    "another document": event("one") + "---\n" + event("two"),
    "a character that cannot be": "# \x01\n" + event("one") + event("two"),
    "a comment that ends early": "# a\x85b: c\n" + event("one") + event("two"),
    "another indentation": event("one") + " - id: two\n" + event("three"),
    "an anchor": event("one", title="&a Cracks") + event("two", title="*a"),
}


@pytest.mark.parametrize("others", [False, True], ids=["one source", "two sources"])
@pytest.mark.parametrize(
    "text", [*FILES.values(), *TOLD_AT_ONCE.values()], ids=[*FILES, *TOLD_AT_ONCE]
)
def test_shares_of_files(text, others, tmp_path):
    site = Site(tmp_path / "project").edit("content/site.yaml", "{single-source: ignore, ", "{")
    if others:
        site.write("content/sources/other.md", source("One two three four.", title="Other"))
        site.write("content/events/b.yaml", event("other", "One two", source="other"))
    site.write("content/events/a.yaml", text)
    whole = assert_same(site)
    assert (whole is None) == (text in TOLD_AT_ONCE.values())


SETTINGS = {
    "featured": ("content/site.yaml", "featured: [one]\n", True),
    "featured, and not there": ("content/site.yaml", "featured: [gone]\n", False),
    "a page": ("content/pages/how.md", "---\ntitle: How\n---\n\n[x](event:one)\n", True),
    "a page that leads nowhere": (
        "content/pages/how.md",
        "---\ntitle: How\n---\n\n[x](event:gone)\n",
        False,
    ),
    "names": ("content/actors.yaml", "council: {label: Council}\nmayor: {label: Mayor}\n", True),
    "names nearly": ("content/actors.yaml", "councilor: {label: Councilor}\n", False),
    "published": ("content/published.txt", "events/one/\nevents/before/\nevents/gone/\n", True),
    "another record": ("content/sources/record.md", "---\ntitle: A record\n---\n", True),
    "a record of the same name": ("content/sources/Bridge.md", "---\ntitle: A\n---\n", False),
    "no snapshot": ("seeds/bridge.txt", None, False),
    "another snapshot": ("seeds/bridge.txt", "Other words.\n", False),
    "no text": ("content/events/b.yaml", b"\xff", False),
}


@pytest.mark.parametrize(("path", "value", "told"), SETTINGS.values(), ids=SETTINGS)
def test_shares_among_others(path, value, told, tmp_path):
    site = Site(tmp_path / "project")
    more = "  actors: [Council, Councillor]\n  aliases: [before]\n"
    site.write("content/events/a.yaml", event("one", more=more) + event("two"))
    if value is None:
        site.remove(path)
    elif path.endswith("site.yaml"):
        site.edit(path, "republish", value + "republish")
    else:
        site.write(path, value)
    whole = assert_same(site)
    assert (whole is not None and in_shares(site, 1, 1) is not None) == told


IDS = st.sampled_from(["one", "two", "three", "four"])
MORE = st.sampled_from(
    [
        "",
        "  actors: [Council]\n",
        "  actors: [council]\n  places: [Harbour]\n",
        "  related: [one]\n",
        "  aliases: [before]\n",
        "  modality: predicted\n  tags: [a, b]\n",
        "  summary: See [@bridge p2] and [x](event:two).\n",
        "  # a comment\n",
        '  date_text: "in\n\n  January"\n',
    ]
)
QUOTES = st.sampled_from(
    [
        ("bridge", "cracks in two of its twelve pillars"),
        ("bridge", "expected to take about six months"),
        ("bridge", "cracks … its twelve"),
        ("other", "One two three four"),
        ("other", "words that stand nowhere"),
    ]
)
DATES = st.sampled_from(["2025-01", "2025-03-03", "unknown", "-0499", "2031"])
TITLES = st.sampled_from(["Cracks", "14 cracks", "In #3", '"a\n- b"', "|\n   text\n"])
FILE = st.lists(st.tuples(IDS, QUOTES, DATES, MORE, TITLES), max_size=4)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(files=st.lists(FILE, min_size=1, max_size=3), size=st.integers(1, 3), jobs=st.integers(1, 2))
def test_shares_of_any_site(tmp_path, files, size, jobs):
    site = Site(tmp_path / str(next(COUNT)))
    site.write("content/sources/other.md", source("One two three four.", title="Other"))
    taken: set[str] = set()
    for name, items in zip("abc", files, strict=False):
        text = ""
        for id, (cited, quote), date, more, title in items:
            if id not in taken or len(taken) == 4:  # mostly without a clash
                text += event(id, quote, source=cited, date=date, more=more, title=title)
                taken.add(id)
        site.write(f"content/events/{name}.yaml", text)
    assert_same(site, (jobs, size))
