"""The page /verify/ proves a site in a real browser as the command does, and names tampering alike."""

import json
import re
import shutil
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from pincite.dates import Date, html_datetime, parse_date
from pincite.dates.describe import describe_date
from pincite.verify import Fault, Folder, Verdict, Web, verify_site
from pincite.verify.shape import SHAPES
from pincite.verify.timeline import parse_timeline
from support import ROOT, Site
from tamperings import EVENT, SOURCE, TAMPERINGS, build_site, change

pytestmark = pytest.mark.browser

ADDRESS = "verify/index.html"
# What the page's own proof says, without its words: read as a folder, or as the web is.
# Of a site that only *changed* differs in, all else is fetched once.
JUDGE = """async ([pages, changed]) => {
    const root = document.getElementById("verify").dataset.root;
    globalThis.kept ??= new Map();
    const read = async (file) => {
        if (changed && file !== changed) {
            if (!kept.has(file)) kept.set(file, fetched(file));
            return kept.get(file);
        }
        return fetched(file);
    };
    const fetched = async (file) => {
        const answer = await fetch(root + pinciteProof.addressOf(file), {cache: "no-store"});
        return answer.status === 404 ? null : new Uint8Array(await answer.arrayBuffer());
    };
    const verdict = await pinciteProof.verify({pages, read});
    return {...verdict, data: null, events: verdict.data?.events.size ?? 0, sources: verdict.data?.sources.size ?? 0};
}"""
READ = """(texts) => Promise.all(texts.map(async (text) => {
    const faults = [];
    await pinciteProof.readData(text, (where, what, expected = "", found = "") => {
        faults.push(["data/timeline.json", where, expected, found]);
        return null;
    });
    return faults;
}))"""
COUNTS = ("pages", "events", "sources", "paragraphs", "citations", "unverified", "withheld")
# The command names a place in English sentences, the page by its id alone.
PLACES = (
    (r"event (\S+), citation (\d+)", r"\1-\2"),
    (r"event (\S+?)(, date)?", r"\1"),
    (r"source (\S+), paragraph (\S+)", r"\1 \2"),
    (r"row (\d+), column (\S+)", r"\1 \2"),
    (r"(?:source|citation|paragraph|line|row) (\S+)", r"\1"),
    (r"the page|the file|a citation link|a “cited by” link", ""),
)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


def serve(root: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(tmp_path_factory.mktemp("verify"))


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = Site(tmp_path_factory.mktemp("example"), bare=True).copy_from(ROOT).build()
    assert site.published is not None, site.report
    return site.out


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "site")


@pytest.fixture
def url(copy: Path) -> Iterator[str]:
    for address in serve(copy.parent):
        yield f"{address}site/verify/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda problem: problems.append(str(problem)))
    yield page
    page.close()
    assert problems == []


@pytest.fixture(scope="module")
def one_page(browser: Browser, built: Path, tmp_path_factory: pytest.TempPathFactory):
    """Yield a copy of the site and a page that stays open on it, for many cases."""
    root = shutil.copytree(built, tmp_path_factory.mktemp("tampered") / "site")
    for address in serve(root.parent):
        page = browser.new_page()
        page.goto(f"{address}site/verify/")
        yield root, page
        page.close()


def misshapen(whole: dict) -> Iterator[dict]:
    """Yield *whole* with one thing in it changed, for each kind of thing and each wrong value."""
    places: dict[tuple[str, str], list] = {}

    def gather(value: object, path: list) -> None:
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()  # fmt: skip
        for key, inner in items:
            kinds = ".".join(part for part in (*path, key) if isinstance(part, str))
            places.setdefault((kinds, type(inner).__name__), [*path, key])
            gather(inner, [*path, key])

    gather(whole, [])
    for path in places.values():
        for wrong in (None, 7, -1.5, 10**30, True, "", "zz", "\ud800", [], [None], {}, ...):
            changed = json.loads(json.dumps(whole))
            holder = changed
            for key in path[:-1]:
                holder = holder[key]
            if wrong is ...:
                del holder[path[-1]]
            else:
                holder[path[-1]] = wrong
            yield changed


def neutral(where: str) -> str:
    for pattern, short in PLACES:
        where, count = re.subn(f"^(?:{pattern})$", short, where)
        if count:
            break
    return where


def told(faults: tuple[Fault, ...]) -> list[tuple[str, str, str, str]]:
    return sorted((f.file, neutral(f.where), f.expected, f.found) for f in faults)


def judged(
    page: Page, files: list[str] | None, changed: str = ""
) -> tuple[list[tuple[str, str, str, str]], dict]:
    verdict = page.evaluate(JUDGE, [files, changed])
    faults = [(f["file"], f["where"], f["expected"], f["found"]) for f in verdict["faults"]]
    return sorted(faults), {name: verdict[name] for name in COUNTS}


def counts(verdict: Verdict) -> dict[str, int]:
    return {name: getattr(verdict, name) for name in COUNTS}


# --- the page is the command's equal ---------------------------------------------------------------


def test_a_whole_site_holds_for_both(one_page) -> None:
    root, page = one_page
    by_command = verify_site(Folder(root))
    assert judged(page, list(Folder(root).pages())) == ([], counts(by_command))
    on_the_web = verify_site(Web(page.url.removesuffix("verify/")))
    assert judged(page, None) == ([], counts(on_the_web))


@pytest.mark.parametrize("name", TAMPERINGS)
def test_every_tampering_is_told_as_by_the_command(one_page, name: str) -> None:
    root, page = one_page
    file, old, new, *_ = TAMPERINGS[name]
    whole = (root / file).read_bytes()
    try:
        change(root, file, old, new)
        expected = told(verify_site(Folder(root)).faults)
        assert expected
        found, _ = judged(page, list(Folder(root).pages()), file)
    finally:
        (root / file).write_bytes(whole)
    assert found == expected


@pytest.mark.parametrize("name", ["quote in the list", "paragraph", "JSON: exact", "table", "another file of data"])  # fmt: skip
def test_so_it_is_when_only_links_tell_the_pages(one_page, name: str) -> None:
    root, page = one_page
    file, old, new, *_ = TAMPERINGS[name]
    whole = (root / file).read_bytes()
    try:
        change(root, file, old, new)
        found, _ = judged(page, None, file)
        assert found == told(verify_site(Web(page.url.removesuffix("verify/"))).faults)
        assert found
    finally:
        (root / file).write_bytes(whole)


def test_all_that_is_misshapen_is_told_alike(one_page) -> None:
    """Each member of the data in turn is taken out, or has a value of each wrong type."""
    root, page = one_page
    whole = json.loads((root / "data/timeline.json").read_text("utf-8"))
    texts = [json.dumps(one) for one in misshapen(whole)]
    expected = [told(tuple(parse_timeline(text.encode())[1])) for text in texts]
    found = page.evaluate(READ, texts)
    assert len(texts) > 1000
    assert sum(map(bool, expected)) > 900
    for text, one, other in zip(texts, expected, found, strict=True):
        assert sorted((f[0], neutral(f[1]), *f[2:]) for f in other) == one, text


def test_the_table_of_shapes_is_the_command_s(one_page) -> None:
    assert one_page[1].evaluate("pinciteProof.SHAPES") == SHAPES


def test_pages_that_are_missing_and_pages_too_many_are_named(one_page) -> None:
    root, page = one_page
    kept = shutil.move(root / "events/closing", root.parent / "closing")
    shutil.copytree(kept, root / "events/invented")
    try:
        expected = told(verify_site(Folder(root)).faults)
        found, _ = judged(page, list(Folder(root).pages()))
    finally:
        shutil.rmtree(root / "events/invented")
        shutil.move(kept, root / "events/closing")
    assert (EVENT, "", "", "") in found
    assert found == expected


def test_dates_are_read_by_the_same_standard(one_page) -> None:
    """Every date and every refusal of tests/dates has the same bounds here."""
    texts = []
    for name, separator in (("cases.txt", None), ("refused.txt", "|")):
        lines = (ROOT / "tests/dates" / name).read_text("utf-8").splitlines()
        kept = [line for line in lines if line.strip() and not line.startswith("#")]
        texts += [line.split(separator)[0].strip() if separator else line.split()[0] for line in kept]  # fmt: skip
    expected = []
    for text in texts:
        date, said = parse_date(text), describe_date(text)
        bounds = {"earliest": said["earliest"], "latest": said["latest"]}
        expected.append(
            {**bounds, "datetime": html_datetime(date)} if isinstance(date, Date) else None
        )
    found = one_page[1].evaluate("texts => texts.map(pinciteProof.readDate)", texts)
    assert len(texts) > 350
    assert dict(zip(texts, found, strict=True)) == dict(zip(texts, expected, strict=True))


@pytest.mark.parametrize(
    ("republish", "index_links"),
    [("full", False), ("cited", False), ("quotes", False), ("none", False), ("cited", True)],
)
def test_every_way_to_reprint_a_source_holds(
    browser: Browser, tmp_path: Path, republish: str, index_links: bool
) -> None:
    site = Site(tmp_path, bare=True).copy_from(ROOT / "tests/golden/everything")
    site.edit("content/site.yaml", "republish: cited", f"republish: {republish}")
    site.build(index_links=index_links)
    assert site.published is not None, site.report
    for address in serve(site.out):
        page = browser.new_page()
        page.goto(f"{address}verify/")
        by_command = verify_site(Folder(site.out))
        assert judged(page, list(Folder(site.out).pages())) == ([], counts(by_command))
        page.close()


# --- what a reader sees ----------------------------------------------------------------------------


def test_the_chain_of_a_citation_is_shown(page: Page, example: Path) -> None:
    for address in serve(example):
        page.goto(f"{address}verify/")
        page.get_by_role("button", name="Check this site now").click()
        expect(page.get_by_role("status")).to_contain_text("The proof holds.")
        page.get_by_label("Event and number").fill("losses-seoul-1")
        page.get_by_role("button", name="Show the chain").click()
        rows = page.locator("#verify ol li")
        expect(rows).to_have_count(6)
        recorded, computed = (rows.nth(n).locator("code").inner_text() for n in (3, 4))
        assert recorded == computed
        assert len(recorded) == 64
        snapshot = (ROOT / "seeds").glob("*.txt")
        assert rows.nth(5).locator("code").inner_text() in {
            sha256(path.read_bytes()).hexdigest() for path in snapshot
        }


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("paragraph", "The paragraph is not the one in the data. Character 41: expected “l” (U+006C), found “n” (U+006E)."),
        ("a letter that looks the same", "Character 1: expected “E” (U+0045), found “Е” (U+0415)."),
        ("a space that looks the same", "found U+00A0"),
        ("mark moved to other words", "The marked words are not the quotation"),
        ("mark for nothing", "Words are marked for a citation that the data does not have"),
        ("quote on the event's page", "The quotation shown is not the one in the data"),
        ("link of a citation", "The link does not lead to its words"),
        ("date for machines", "This is not as in the data: datetime"),
        ("reason for no proof", "This is not as in the data: unverified"),
        ("JSON: hash of a paragraph", "The paragraph does not have the recorded SHA-256"),
        ("JSON: format", "There is no data/timeline.json of the format pincite/1"),
        ("table", "This is not as in the data: quote"),
        ("another file of data", "The file does not have the SHA-256 given in data/datapackage.json"),
        ("a script's place", "This is not plain HTML in UTF-8"),
    ],
)  # fmt: skip
def test_tampering_is_told_in_words(page: Page, url: str, copy: Path, name: str, said: str) -> None:
    change(copy, *TAMPERINGS[name][:3])
    page.goto(url)
    page.get_by_role("button", name="Check this site now").click()
    expect(page.get_by_role("status")).to_contain_text("does not hold")
    assert said in page.locator("#verify > ul").inner_text()


@pytest.mark.parametrize("safe", [True, False])
def test_from_a_disk_the_folder_is_chosen(page: Page, copy: Path, safe: bool) -> None:
    if not safe:  # as on a page without a safe connection: our own SHA-256 is used
        page.add_init_script("Object.defineProperty(globalThis, 'crypto', {value: undefined})")
    page.goto((copy / ADDRESS).as_uri())
    assert page.get_by_role("button", name="Check this site now").count() == 0
    page.locator("#verify-folder").set_input_files(str(copy))
    expect(page.get_by_role("status")).to_contain_text("The proof holds.")
    change(copy, SOURCE, "twelve pillars", "twenty pillars")
    page.reload()
    page.locator("#verify-folder").set_input_files(str(copy))
    expect(page.get_by_role("status")).to_contain_text("does not hold")
    assert "The paragraph is not the one in the data" in page.locator("#verify > ul").inner_text()


def test_without_a_script_the_page_says_what_it_is_for(browser: Browser, url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    expect(page.locator("#verify")).to_contain_text("needs a script")
    expect(page.locator("main")).to_contain_text("letter by letter")
    assert page.locator("main a[href$='data/timeline.json']").count() == 1
    context.close()


def test_nobody_is_shut_out(page: Page, url: str, copy: Path, axe) -> None:
    page.goto(url)
    assert axe(page) == []
    page.get_by_role("button", name="Check this site now").click()
    expect(page.get_by_role("status")).to_contain_text("The proof holds.")
    assert axe(page) == []
    change(copy, SOURCE, "twelve pillars", "twenty pillars")
    page.get_by_role("button", name="Check this site now").click()
    expect(page.get_by_role("status")).to_contain_text("does not hold")
    assert axe(page) == []


def test_each_word_the_page_says_is_there() -> None:
    script = (ROOT / "templates/assets/verify").glob("*.js")
    text = "".join(path.read_text("utf-8") for path in script)
    table = json.loads((ROOT / "templates/i18n/en-verify.json").read_text("utf-8"))
    spoken = {key.removeprefix("verify_js_") for key in table if key.startswith("verify_js_")}
    unused = {key for key in spoken if not re.search(rf'["`]{key}["`]', text)}
    assert {key.removeprefix("some_") for key in unused} <= {"withheld", "unproven", "snapshots"}
