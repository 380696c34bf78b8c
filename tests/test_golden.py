"""Whole projects in, whole sites out: every difference is seen, and wanted or mended.

``pytest tests/test_golden.py --update`` writes the sites anew. Files that the theme copies as
they are are left out, so that a change of a style sheet shows in one place only.
"""

import shutil
from pathlib import Path

import pytest

from support import ROOT, Site

GOLDEN = Path(__file__).parent / "golden"
NAMES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())
FINDINGS = "findings.txt"


def copied(path: str) -> bool:
    return (ROOT / "templates" / path).is_file()


@pytest.mark.parametrize("name", NAMES)
def test_golden(name, tmp_path, request, monkeypatch):
    monkeypatch.setattr("pincite.build.__version__", "0")  # a release changes no page's meaning
    folder = GOLDEN / name
    site = Site(tmp_path / "project", bare=True).copy_from(folder).build()
    assert site.published is not None, site.report
    made = {path: data for path, data in site.output().items() if not copied(path)}
    made[FINDINGS] = site.report.encode()
    expected = folder / "expected"
    if request.config.getoption("--update"):
        shutil.rmtree(expected, ignore_errors=True)
        for path, data in made.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_bytes(data)
    found = {
        path.relative_to(expected).as_posix(): path.read_bytes()
        for path in sorted(expected.rglob("*"))
        if path.is_file()
    }
    assert sorted(made) == sorted(found)
    for path in sorted(made):
        # Line by line: a difference is then shown as one.
        assert made[path].splitlines() == found[path].splitlines(), path
        assert made[path] == found[path], path


def test_the_minimal_site_is_really_minimal():
    assert len(list((GOLDEN / "minimal" / "content").rglob("*.*"))) == 3


def test_everything_is_written_in_everything():
    """Each key that a content file may have stands in one of that golden site's files."""
    from pincite.base.schema import ListOf, MapOf, Nested, Nullable, Record
    from pincite.load import records

    text = "".join(
        path.read_text("utf-8")
        for path in sorted((GOLDEN / "everything" / "content").rglob("*"))
        if path.suffix in (".yaml", ".md")
    )

    def keys(kind):
        match kind:
            case Record():
                for field in kind.fields:
                    yield field.name
                    yield from keys(field.type)
            case ListOf(item=inner) | MapOf(value=inner) | Nullable(type=inner):
                yield from keys(inner)
            case Nested(record=inner):
                yield from keys(inner)

    every = {
        k
        for top in (records.SITE, records.EVENT, records.SOURCE, records.PAGE, records.NAME)
        for k in keys(top)
    }
    assert {key for key in every if f"{key}:" not in text} == set()
    for value in (*records.MODALITIES, *records.STANCES, *records.QUALIFIERS, *records.REPUBLISH):
        assert value in text or value in ("occurred", "supports"), value
