"""Hostile text that came in through ``add``, ``draft`` and ``import``, and inside media."""

import json
from collections import Counter
from itertools import cycle

import pytest
from click.testing import CliRunner

from browser.test_fields import look_at
from hostile import arrivals
from hostile.payloads import families
from hostile.test_fields import WRITERS
from pincite.base.diagnostics import Failure
from pincite.commands.add import add
from pincite.commands.draft import draft
from pincite.commands.import_ import import_
from support import SITE, Site

pytestmark = pytest.mark.browser

MAKERS = {
    "page.html": lambda deal: arrivals.web_page(deal, raw=False),
    "markup.html": lambda deal: arrivals.web_page(deal, raw=True),
    "archive.warc": lambda deal: arrivals.web_archive(deal, raw=False),
    "markup.warc": lambda deal: arrivals.web_archive(deal, raw=True),
    "paper.pdf": arrivals.pdf,
    "notes.md": arrivals.markdown,
    "notes.txt": arrivals.plain,
}
ROUNDS = 1
PICTURES = {"jpg", "png", "webp", "avif"}
TABLE = ("date", "title", "summary")


def run(site, command, *arguments):
    result = CliRunner().invoke(command, ["--project", str(site.root), *map(str, arguments)])
    told = (arguments, result.exception, result.output)
    assert result.exception is None or isinstance(result.exception, SystemExit | Failure), told
    return result


@pytest.fixture(scope="module")
def arrived(browser, tmp_path_factory):
    """Return a site of what came in, how many payloads did, and what Chromium made of it."""
    folder = tmp_path_factory.mktemp("arrivals")
    site = Site(folder / "p", bare=True)
    site.write("content/site.yaml", SITE)
    some = cycle(text for turn in zip(*map(cycle, families().values())) for text in turn)  # noqa: B905 - they have no end
    dealt, came = [], []

    def deal():
        dealt.append(next(some))
        return dealt[-1]

    for number in range(ROUNDS):
        for name, make in MAKERS.items():
            hostile = arrivals.NAMES[len(dealt) % len(arrivals.NAMES)].replace("/", "")
            file = folder / f"{number} {hostile} {name}"
            file.write_bytes(make(deal))
            before = set((site.root / "content").rglob("*.md"))
            run(site, add, file, "--retrieved-at", "2025-03-05")
            if new := set((site.root / "content").rglob("*.md")) - before:
                run(site, draft, new.pop().stem, "--write")
                came.append(name)
    for format, write in WRITERS.items():
        file = folder / f"timeline.{format}"
        file.write_text(write(deal), "utf-8")
        columns = [f"--column={name}={name}" for name in TABLE] if format == "csv" else []
        assert run(site, import_, format, file, *columns).exit_code in (0, 1)
    media = {**arrivals.pictures(deal), **arrivals.sounds_and_films(deal)}
    files = {
        f"{number} {name}.{ending}": data
        for number, (name, (ending, data)) in enumerate(
            zip(arrivals.NAMES, cycle(media.items()), strict=False)
        )
    }
    shown = [
        {"id": "shown", "date": "2025", "title": "Shown", "claims": [{"text": "T", "uncited": "U"}],
         "media": [{"file": file, "alt": "A"} for file in files]}
    ]  # fmt: skip
    for file, data in files.items():
        site.write(f"content/media/{file}", data)
    site.write("content/events/shown.yaml", json.dumps(shown))
    site.build()
    assert site.published, site.report
    return site.out, dealt, came, *look_at(browser, site, all_of=("",), share=4)


def test_nothing_runs_and_nothing_is_asked_for_elsewhere(arrived):
    _, dealt, came, seen, wrong = arrived
    assert {path: page["faults"] for path, page in seen.items() if page["faults"]} == {}
    assert wrong == []
    # Markup may leave no article that could be read; text is always taken in.
    assert Counter(came) >= Counter({name: ROUNDS for name in MAKERS if "markup" not in name})
    assert "markup.html" in came
    assert "markup.warc" in came
    assert len(set(dealt)) > 2_500
    assert len(seen) > 250


def test_no_words_are_left_in_a_picture(arrived):
    published = (file for file in (arrived[0] / "media").rglob("*") if file.is_file())
    made = [file for file in published if file.suffix[1:] in PICTURES]
    assert len(made) > 15
    for file in made:
        data = file.read_bytes()
        assert not any(text.encode() in data for text in arrived[1] if len(text) > 5), file
