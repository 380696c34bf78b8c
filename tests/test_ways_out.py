"""Findings that help to mend: where the words are, and what differs."""

import pytest

from support import Site, event, source


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)


def test_words_of_another_source_are_found_there(site):
    site.write("content/sources/other.md", source("Quite other words stand in this one."))
    site.write("content/events/a.yaml", event("cracks", source="other"))
    (found,) = site.check().checked.found
    assert found.code == "quote-not-found"
    assert found.help == "they stand in `bridge`, p2: write `source: bridge`"


def test_what_differs_from_the_snapshot_is_shown(site):
    site.edit("content/sources/bridge.md", "six months", "nine months")
    (found,) = site.check().checked.found
    assert found.code == "paragraph-not-in-snapshot"
    assert found.note == "… to take about {-nine-} {+six+} months."
