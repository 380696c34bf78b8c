"""Projects of every format there ever was still build, to the same addresses and the same data.

Nothing in ``tests/compat`` is edited. What is added to the data later may stand beside what was
promised, so what is kept must be contained in what is made.
"""

import json
from pathlib import Path

import pytest

from support import Site, pages_of

COMPAT = Path(__file__).parent / "compat"
FORMATS = sorted(path.name for path in COMPAT.iterdir() if path.is_dir())
KEPT = "kept.json"


def contains(made, kept, at=""):
    """Yield the places where *made* lacks something of *kept*."""
    if isinstance(kept, dict):
        for key, value in kept.items():
            if not isinstance(made, dict) or key not in made:
                yield f"{at}/{key} is gone"
            else:
                yield from contains(made[key], value, f"{at}/{key}")
    elif isinstance(kept, list) and isinstance(made, list) and len(kept) == len(made):
        for number, (one, other) in enumerate(zip(made, kept, strict=True)):
            yield from contains(one, other, f"{at}/{number}")
    elif made != kept:
        yield f"{at} was {kept!r} and is {made!r}"


def describe(files):
    """Return what was promised of a site: its addresses, the anchors on its pages, its data."""
    anchors = {
        path: sorted(e["id"] for e in page.find_all(id=True) if e["id"][:2] in ("p1", "p2", "c-"))
        for path, page in pages_of(files).items()
        if path.startswith("sources/")
    }
    data = json.loads(files["data/timeline.json"])
    return {"addresses": sorted(files), "anchors": anchors, "timeline": data}


@pytest.mark.parametrize("name", FORMATS)
def test_an_old_project_builds_to_what_it_was(name, tmp_path, request):
    site = Site(tmp_path / "p", bare=True).copy_from(COMPAT / name).build()
    assert site.published is not None, site.report
    made = describe(site.output())
    file = COMPAT / name / KEPT
    if not file.exists() and request.config.getoption("--update"):  # once, for a new format
        public = [a for a in made["addresses"] if not a.startswith(("assets/", "data/search/"))]
        kept = json.dumps({**made, "addresses": public}, indent=1, ensure_ascii=False)
        file.write_text(kept + "\n", "utf-8")
    kept = json.loads(file.read_text("utf-8"))
    assert set(kept["addresses"]) - set(made["addresses"]) == set()
    assert list(contains(made["anchors"], kept["anchors"])) == []
    assert list(contains(made["timeline"], kept["timeline"])) == []


@pytest.mark.parametrize("format", ["pincite/2", "pincite/0", "pincite", "1", "pincite/1.1"])
def test_a_format_that_is_not_known_is_refused_with_help(tmp_path, format):
    site = Site(tmp_path / "p").write("content/site.yaml", f"format: {format}\ntitle: T\n").check()
    [found] = [d for d in site.checked.found if d.code == "unknown-choice"]
    assert "pincite/1" in (found.help or "")
