"""Verification finds every single change of a published site, and names it; and finds nothing else."""

import json
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner

from pincite.commands.verify import verify
from pincite.verify import Fault, Folder, Verdict, verify_site
from pincite.verify.addresses import Target, find_target
from pincite.verify.fault import describe_difference
from pincite.verify.markup import Unreadable, parse_markup
from pincite.verify.page import read_page
from pincite.verify.say import say_verdict
from support import ROOT, Site
from tamperings import CLAIMS, EVENT, SOURCE, TAMPERINGS, TIMELINE, build_site, change


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(tmp_path_factory.mktemp("verify"))


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "site")


def look(root: Path) -> Verdict:
    return verify_site(Folder(root))


# --- what is whole ---------------------------------------------------------------------------------


def test_a_site_as_it_was_built_holds(built: Path) -> None:
    verdict = look(built)
    assert verdict.faults == ()
    assert (verdict.events, verdict.citations, verdict.unverified) == (5, 6, 1)


def test_the_example_site_holds(tmp_path: Path) -> None:
    site = Site(tmp_path / "example", bare=True).copy_from(ROOT).build()
    verdict = look(site.out)
    assert verdict.faults == ()
    assert verdict.citations >= 20


@pytest.mark.parametrize("republish", ["full", "cited", "quotes", "none"])
@pytest.mark.parametrize("index_links", [False, True])
def test_every_way_to_reprint_a_source_can_be_verified(
    tmp_path: Path, republish: str, index_links: bool
) -> None:
    site = Site(tmp_path).edit("content/site.yaml", "republish: full", f"republish: {republish}")
    site.write("content/events/all.yaml", CLAIMS.partition("- id: mayor")[0])
    site.build(index_links=index_links)
    assert site.published is not None, site.report
    verdict = look(site.out)
    assert verdict.faults == ()
    assert verdict.withheld == (4 if republish in {"quotes", "none"} else 0)


# --- every single change is found, and named -------------------------------------------------------


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_single_change_is_found_and_named(copy: Path, name: str) -> None:
    file, old, new, named, where, difference = TAMPERINGS[name]
    change(copy, file, old, new)
    verdict = look(copy)
    own = [f for f in verdict.faults if f.file == named and f.where.startswith(where)]
    assert own, say_verdict(verdict)
    assert any(difference in fault.difference for fault in own), own


def test_text_before_a_byte_order_or_with_another_encoding_is_refused(copy: Path) -> None:
    (copy / SOURCE).write_bytes(
        (copy / SOURCE).read_bytes().replace(b"Engineers", b"Engineers\xff")
    )
    assert any("is not UTF-8" in fault.message for fault in look(copy).faults)


def test_an_event_without_a_page_is_named(copy: Path) -> None:
    shutil.rmtree(copy / "events/closing")
    assert Fault(file=EVENT, where="the page", message="there is no such page") in look(copy).faults


def test_a_page_that_the_data_do_not_know_is_named(copy: Path) -> None:
    shutil.copytree(copy / "events/closing", copy / "events/invented")
    change(copy, "events/invented/index.html", 'id="e-closing"', 'id="e-invented"')
    faults = look(copy).faults
    assert {fault.file for fault in faults} == {"events/invented/index.html"}
    assert {fault.where for fault in faults} == {"the page", "event invented"}


def test_a_site_without_data_proves_nothing(copy: Path) -> None:
    (copy / TIMELINE).unlink()
    assert [fault.file for fault in look(copy).faults] == [TIMELINE]


def test_what_is_forged_in_page_and_data_alike_breaks_the_hash(copy: Path) -> None:
    """Only who recomputes the hashes too goes unseen, and then they are not the published ones."""
    for path in [p for p in copy.rglob("*") if p.suffix in {".html", ".json", ".csv"}]:
        path.write_text(path.read_text("utf-8").replace("six months", "ten months"), "utf-8")
    messages = {(fault.file, fault.where) for fault in look(copy).faults}
    assert (TIMELINE, "source bridge, paragraph p3") in messages
    assert (TIMELINE, "source bridge") in messages


# --- its parts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "found", "said"),
    [
        ("1,000", "1,000", ""),
        ("", "x", ""),
        ("10", "11", "character 2: expected “0” (U+0030), found “1” (U+0031) in “11”"),
        ("😀a", "😀b", "character 2: expected “a” (U+0061), found “b” (U+0062) in “😀b”"),
        ("a b", "a\u00a0b", "character 2: expected U+0020 SPACE, found U+00A0 NO-BREAK SPACE in “a\u00a0b”"),
        ("ab", "abc", "character 3: expected the end, found “c” (U+0063) in “abc”"),
        ("e", "e\u0301", "character 2: expected the end, found U+0301 COMBINING ACUTE ACCENT in “e\u0301”"),
    ],
)  # fmt: skip
def test_the_first_that_differs_is_told(expected: str, found: str, said: str) -> None:
    assert describe_difference(expected, found) == said


@pytest.mark.parametrize(
    "html",
    [
        "<p>a<p", "<p>a</p></p>", "<b><i></b></i>", "a < b", "<!-- x -- y -->", "<!-->", "<!--->",
        "<p a=1 a=2>x</p>", "<div/>", "<b>", "<script>x", "<?php ?>", "<![CDATA[x]]>",
        "<a href=x><a href=y></a></a>", "<p><b><div></div></b></p>", "<base href=x>", "<iframe></iframe>",
        '<p class="a"id="b">x</p>', "<select><p>x</p></select>", "<b>" * 300,
    ],
)  # fmt: skip
def test_what_browsers_would_have_to_repair_is_refused(html: str) -> None:
    with pytest.raises(Unreadable):
        parse_markup(html)


def test_plain_markup_is_read_as_the_dom_has_it() -> None:
    root = parse_markup(
        "<!doctype html><ul><li>one<li>two</ul><p>a &amp; b<br>c<p title='x>y'>d"
        "<svg><path d=''/><title>t</title></svg><script>if (a < b) '</p>'</script>"
        "<template><p>unseen</p></template>"
    )
    assert [node.text for node in root.walk() if node.tag in {"li", "p"}] == [
        "one", "two", "a & bc", "dt",
    ]  # fmt: skip


def test_marks_have_their_places_in_code_points() -> None:
    page = read_page(
        '<p id="p1">😀 <mark id="c-a-1" data-cites="a-1">x</mark>'
        '<mark id="c-b-1" data-cites="a-1 b-1"><span id="c-a-1.2"></span>&amp;y</mark></p>'
    )
    first, second = page.passages["p1"].marks
    assert (first.start, first.end, first.keys) == (2, 3, ("a-1",))
    assert (second.start, second.end, second.ids) == (3, 5, ("c-b-1", "c-a-1.2"))


@pytest.mark.parametrize(
    ("file", "href", "target"),
    [
        ("index.html", "sources/a/#c-x-1", Target("sources/a/index.html", "c-x-1")),
        ("events/x/index.html", "../../sources/%C3%A4/#c-%C3%A4-1", Target("sources/ä/index.html", "c-ä-1")),
        ("events/x/index.html", "../../", Target("index.html", "")),
        ("events/x/index.html", "./", Target("events/x/index.html", "")),
        ("events/x/index.html", "#p1:~:text=a", Target("events/x/index.html", "p1")),
        ("a/index.html", "../b/index.html#q", Target("b/index.html", "q")),
        ("a/index.html", "../../b/", None),
        ("a/index.html", "/b/", None),
        ("a/index.html", "//host/b", None),
        ("a/index.html", "javascript:x", None),
        ("a/index.html", "http://[", None),
    ],
)  # fmt: skip
def test_links_lead_to_files(file: str, href: str, target: Target | None) -> None:
    assert find_target(file, href) == target


# --- the command, and a site on the web ------------------------------------------------------------


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    servers: list[tuple[ThreadingHTTPServer, Thread]] = []

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    def start(root: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
        thread = Thread(target=server.serve_forever)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_site_under_a_path_of_the_web_is_verified_by_its_links(
    built: Path, copy: Path, serve: Callable[[Path], str]
) -> None:
    url = serve(copy.parent)
    result = CliRunner().invoke(verify, [url + "site", "--delay", "0", "--json"])
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    here = look(built)
    assert document["holds"] is True
    assert document["citations"] == here.citations
    unlinked = [p for p in copy.rglob("*.html") if p.name == "404.html" or "embed" in p.parts]
    assert 0 < here.pages - document["pages"] <= len(unlinked)
    change(copy, "index.html", "about six months", "about ten months")
    result = CliRunner().invoke(verify, [url + "site/", "--delay", "0"])
    assert result.exit_code == 1
    assert "index.html: event closing, citation 3: the quotation shown" in result.output


@pytest.mark.parametrize("answer", ["", "/elsewhere"])
def test_a_site_that_cannot_be_read_is_a_failure(
    tmp_path: Path, serve: Callable[[Path], str], answer: str
) -> None:
    result = CliRunner().invoke(verify, [serve(tmp_path) + answer, "--delay", "0"])
    assert result.exit_code == 1
    assert "nothing can be proven" in result.output


def test_the_command_prints_nothing_that_moves_a_terminal(copy: Path) -> None:
    change(copy, EVENT, "about six months", "about \x1b[2Jsix\u202e months")
    result = CliRunner().invoke(verify, [str(copy)])
    assert result.exit_code == 1
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output
    assert "\\u001B[2Jsix\\u202E months" in result.output


def test_a_line_for_people_is_short(copy: Path) -> None:
    change(copy, TIMELINE, '"edtf":"unknown"', f'"edtf":"{"X" * 100_000}"')
    result = CliRunner().invoke(verify, [str(copy)])
    assert result.exit_code == 1
    assert "data/timeline.json: event mayor, date: “XXX" in result.output
    assert max(map(len, result.output.splitlines())) < 1000


@pytest.mark.parametrize(
    "data",
    [b"", b"null", b"7", b"[" * 100_000, b'{"a":' * 10_000, b"\xff\xfe{\x00", b'{"x":' + b"9" * 10_000],
)  # fmt: skip
def test_what_is_no_data_is_one_fault(copy: Path, data: bytes) -> None:
    (copy / TIMELINE).write_bytes(data)
    verdict = look(copy)
    assert [(fault.file, fault.where) for fault in verdict.faults] == [(TIMELINE, "the file")]


def test_quiet_says_nothing_of_what_holds(built: Path) -> None:
    result = CliRunner().invoke(verify, [str(built), "--quiet"])
    assert (result.exit_code, result.output) == (0, "")
