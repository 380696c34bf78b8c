"""After any edits, building on what is there leaves what a first build would have made."""

import itertools
import shutil

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support import ARTICLE, ROOT, SITE, Site, article, event, source

FILES = st.sampled_from(["a", "b", "c/d"])
IDS = st.sampled_from(["one", "two", "three"])
QUOTES = st.sampled_from(
    [
        ("bridge", "cracks in two of its twelve pillars"),
        ("bridge", "expected to take about six months"),
        ("other", "One two three four"),
        ("other", "words that stand nowhere at all"),
        ("gone", "One two three four"),
    ]
)
MORE = st.sampled_from(
    [
        "",
        "  actors: [Council]\n",
        "  actors: [council]\n  places: [Harbour]\n",
        "  related: [one]\n",
        "  aliases: [three]\n",
        "  modality: predicted\n  tags: [a, b]\n",
        "  summary: See [@bridge p2].\n",
    ]
)
DATES = st.sampled_from(["2025-01", "2025-03-03", "unknown", "-0499", "2024/2025~"])
ITEMS = st.lists(st.tuples(IDS, QUOTES, DATES, MORE), min_size=1, max_size=3)
EDITS = st.one_of(
    st.tuples(st.just("events"), FILES, ITEMS),
    st.tuples(st.just("copy"), FILES, FILES),
    st.tuples(st.just("rename"), FILES, FILES),
    st.tuples(st.just("delete"), FILES),
    st.tuples(st.just("comment"), FILES),
    st.tuples(st.just("source"), st.sampled_from(["", "p5", "cited", "none", "gone"])),
    st.tuples(st.just("page"), st.sampled_from(["", "# A\n", "[x](event:one)\n"])),
    st.tuples(st.just("config"), st.sampled_from(["", "page_size: 10\n", "language: de\n"])),
    st.tuples(st.just("theme"), st.sampled_from(["", "{# #}", "<!-- ! -->", "{{ page.gone }}"])),
    st.tuples(st.just("asset"), st.sampled_from(["", "1", "2"])),
    st.tuples(st.just("damage"), st.integers(0, 100)),
    st.tuples(st.just("manifest")),
    st.tuples(st.just("store"), st.sampled_from(["gone", "cut", "swapped"])),
)
COLOPHON = (ROOT / "templates/parts/colophon.html").read_text("utf-8")
COUNT = itertools.count()
FOREIGN = b"another"


def start(folder):
    site = Site(folder)
    site.write("content/sources/other.md", source("One two three four.", title="Other"))
    return site.write("content/events/a.yaml", event("one")).build(warm=True)


def apply(site, edit):
    path = site.root / f"content/events/{edit[1]}.yaml" if len(edit) > 1 else None
    match edit:
        case ("events", name, items):
            text = "".join(
                event(id, quote, source=cited, date=date, more=more, title=id.title())
                for id, (cited, quote), date, more in items
            )
            site.write(f"content/events/{name}.yaml", text)
        case ("copy", _, other) if path.is_file():
            site.write(f"content/events/{other}.yaml", path.read_bytes())
        case ("rename", _, other) if path.is_file():
            data = path.read_bytes()
            path.unlink()
            site.write(f"content/events/{other}.yaml", data)
        case ("delete", _) if path.is_file():
            path.unlink()
        case ("comment", _) if path.is_file():
            site.write(f"content/events/{edit[1]}.yaml", b"# moved\n\n" + path.read_bytes())
        case ("source", "gone"):
            (site.root / "content/sources/other.md").unlink(missing_ok=True)
        case ("source", "p5"):
            site.write("content/sources/other.md", source("One two three four.", "Five six."))
        case ("source", rule):
            more = f"republish: {rule}\n" if rule else ""
            site.write("content/sources/other.md", source("One two three four.", more=more))
        case ("page", body):
            site.write("content/pages/how.md", f"---\ntitle: How\n---\n\n{body}")
        case ("config", more):
            site.write("content/site.yaml", SITE + more)
        case ("theme", more):
            site.write("templates/parts/colophon.html", COLOPHON + more)
        case ("asset", data):
            site.write("templates/assets/x.txt", data)
        case ("damage", number):
            files = sorted(p for p in site.out.rglob("*") if p.is_file())
            files[number % len(files)].write_bytes(b"oops")
        case ("store", damage):
            for path in sorted((site.root / ".pincite/cache").glob("[lpr]*-*")):
                data = path.read_bytes()
                path.unlink()
                if damage == "cut":
                    path.write_bytes(data[: len(data) // 2])
                elif damage == "swapped":
                    path.write_bytes(FOREIGN)
        case ("manifest",):
            for path in site.out.glob(".*.json"):
                path.unlink()


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(edits=st.lists(EDITS, min_size=1, max_size=4))
def test_incremental_is_clean(tmp_path, edits):
    folder = tmp_path / str(next(COUNT))
    site = start(folder / "warm")
    written = True
    for edit in edits:
        before = site.output()
        apply(site, edit)
        damaged = edit[0] in ("damage", "manifest")
        site.build(warm=True)
        written = site.published is not None
        assert written or damaged or site.output() == before
    clean = Site(folder / "clean", bare=True).copy_from(site.root).build()
    assert clean.report == site.report
    assert (clean.published is not None) == written
    if written:
        assert clean.output() == site.output()
        assert site.build(warm=True).rendered == {}
    shutil.rmtree(folder)


def test_the_base_holds(tmp_path):
    site = start(tmp_path / "base")
    assert site.published is not None
    assert article(*ARTICLE) == (site.root / "seeds/bridge.txt").read_text()
