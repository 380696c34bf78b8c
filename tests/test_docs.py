"""The user guide is true: its examples are read by the program, its tables are compared with it.

A fence whose info string is a language and a path is a file of a project: that of the section "A
whole project", and the files shown before in the same section, stay. Codes after the path, such as
``error[bad-date]``, are all that is found. A fence ``console`` holds commands and what they print.
"""

import gc
import json
import re
import shlex
from collections import Counter
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from pincite import cli
from pincite.base.codes import CODES
from pincite.base.schema import Choice, Custom, ListOf, MapOf, Nested, Nullable, Record
from pincite.base.text import Text
from pincite.dates import PHRASES, DateProblem, describe_date, parse_date
from pincite.exports.headers import POLICY
from pincite.link.quotes import Found, SourceText, find_quote
from pincite.load.records import EVENT, NAME, PAGE, SITE, SOURCE
from pincite.load.sources import parse_source
from pincite.plan import pages
from support import Site

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
OURS = ("README", "formats", "commands", "theming", "hosting")
TEXTS = {name: (DOCS / f"{name}.md").read_text("utf-8") for name in OURS}
GUIDE = sorted((*DOCS.glob("*.md"), *ROOT.glob("*.md")))
FENCE = re.compile(r"^```(\w+)(?: +([^\n`]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6} +(.*)$", re.MULTILINE)
PICTURE = bytes.fromhex(  # one grey pixel, PNG
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
)


def without_fences(text: str) -> str:
    return FENCE.sub("", text)


def sections(text: str) -> dict[str, str]:
    """Return the text of each heading of level 2 or 3, up to the next such heading."""
    parts = re.split(r"^#{2,3} +(.*)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(section: str) -> list[list[str]]:
    """Return the cells of the tables in *section*, without their heads."""
    lines = re.findall(r"^\|(.*)\|$", without_fences(section), flags=re.MULTILINE)
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)] for line in lines]
    rules = {at for at, row in enumerate(cells) if set("".join(row)) == {"-"}}
    return [row for at, row in enumerate(cells) if at not in rules and at + 1 not in rules]


def tables(text: str) -> list[list[list[str]]]:
    return [
        rows(table)
        for table in re.findall(r"^\|(?:.*\n\|)+.*$", without_fences(text), flags=re.MULTILINE)
    ]


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


# ---- examples -------------------------------------------------------------------------------

WHOLE = {
    info: body for _, info, body in FENCE.findall(sections(TEXTS["formats"])["A whole project"])
}


def examples():
    for name, text in TEXTS.items():
        for heading, section in sections(text).items():
            shown: dict[str, str] = {}
            for number, (language, info, body) in enumerate(FENCE.findall(section), 1):
                words = info.split()
                if not words or "/" not in words[0] or language in ("console", "sh"):
                    continue
                files = {**shown, words[0]: body}
                if not words[1:]:
                    shown = files
                yield pytest.param(files, words[1:], id=f"{name}-{heading}-{number}")


@pytest.fixture
def project(tmp_path):
    return lay_out(tmp_path / "project", {})


def lay_out(root: Path, files: dict[str, str]) -> Site:
    site = Site(root, bare=True)
    for path, text in {**WHOLE, **files}.items():
        site.write(path, text)
    site.write("content/media/pillar.png", PICTURE)
    return site


@pytest.mark.parametrize(("files", "expected"), tuple(examples()))
def test_example(files, expected, tmp_path):
    site = lay_out(tmp_path / "project", files)
    site.build() if any(path.startswith("templates/") for path in files) else site.check()
    found = [f"{d.severity}[{d.code}]" for d in site.checked.found]
    assert Counter(found) == Counter(expected), site.report


def test_there_are_examples_of_every_file():
    shown = {path for example in examples() for path in example.values[0]}
    for folder in ("site.yaml", "events/", "sources/", "places.yaml", "pages/"):
        assert any(path.startswith(f"content/{folder}") for path in shown)


# ---- formats.md -----------------------------------------------------------------------------


def records(record: Record) -> dict[str, Record]:
    """Return *record* and those that stand in it, by name."""
    found = {record.name: record}
    for entry in record.fields:
        kind = entry.type
        while isinstance(kind, (ListOf, MapOf, Nullable)):
            kind = inner(kind)
        if isinstance(kind, Nested):
            found |= records(kind.record)
    return found


def inner(kind):
    match kind:
        case ListOf():
            return kind.item
        case MapOf():
            return kind.value
        case _:
            return kind.type


RECORDS = {name: r for top in (SITE, EVENT, SOURCE, PAGE, NAME) for name, r in records(top).items()}


def test_all_records_are_known():
    assert {"site", "event", "claim", "citation", "figure", "translation", "medium"} <= set(RECORDS)
    assert {"dated note", "source", "archive", "page", "kind", "era", "theme", "name"} <= set(
        RECORDS
    )


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_every_key_is_described(record):
    wanted = [f"`{entry.name}`" for entry in record.fields]
    table = next((t for t in tables(TEXTS["formats"]) if [r[0] for r in t] == wanted), None)
    assert table, f"no table of the keys of {record.name}: {', '.join(wanted)}"
    for entry, row in zip(record.fields, table, strict=True):
        assert ("**required**" in row[1]) == entry.required, row
        kind = entry.type.type if isinstance(entry.type, Nullable) else entry.type
        kind = kind.value if isinstance(kind, MapOf) else kind
        if isinstance(kind, Choice):
            assert (
                tuple(c for cell in row[1:] for c in code(cell))[: len(kind.values)] == kind.values
            )
        if isinstance(kind, Custom):
            assert "EDTF" in row[1]
        if isinstance(kind, ListOf):
            assert ("one or a list" in row[1]) == kind.or_one, row
            assert "list" in row[1], row


def bound(text: str) -> str | None:
    return {"open": "..", "unknown": None}.get(text, text)


DATES = sections(TEXTS["formats"])["Dates"]


@pytest.mark.parametrize("row", tables(DATES)[0], ids=lambda row: row[0])
def test_date(row):
    [edtf] = code(row[0])
    earliest, latest = row[1].split(" to ")
    told = describe_date(edtf)
    assert told["valid"]
    assert (told["earliest"], told["latest"]) == (bound(earliest), bound(latest))
    assert told["text"] == row[2]


@pytest.mark.parametrize("row", tables(DATES)[1], ids=lambda row: row[0])
def test_refused_date(row):
    problem = parse_date(code(row[0])[0])
    assert isinstance(problem, DateProblem)
    assert (problem.message, [problem.suggestion]) == (row[1], code(row[2]))


def test_languages_of_dates():
    line = next(line for line in TEXTS["formats"].splitlines() if line.startswith("Dates are said"))
    names = "Arabic ar, Chinese zh, Traditional zh-Hant, English en, French fr, German de, Hebrew he, Japanese ja, Korean ko, Russian ru, Spanish es, Ukrainian uk"
    languages = dict(pair.split() for pair in names.split(", "))
    assert all(name in line for name in languages)
    assert set(languages.values()) == set(PHRASES)


@pytest.mark.parametrize(
    "row",
    tables(sections(TEXTS["formats"])["Quotations"])[0],
    ids=lambda row: f"{row[0]} {row[1]}",
)
def test_quotation(row):
    text = Text("content/sources/bridge.md", WHOLE["content/sources/bridge.md"])
    source, _ = parse_source(text)
    texts = SourceText([(p.id, p.text) for p in source.paragraphs])
    paragraph = code(row[1])[0] if code(row[1]) else None
    result = find_quote(texts, tuple(code(row[0])), paragraph=paragraph, occurrence=None)
    told = (
        [result.match, *(f"`{caution.code}`" for caution in result.cautions)]
        if isinstance(result, Found)
        else [f"`{result.code}`"]
    )
    assert ", ".join(told) == row[2]


def test_page_names_that_are_taken():
    section = sections(TEXTS["formats"])["Pages"]
    line = next(line for line in section.splitlines() if line.startswith("A page cannot take"))
    assert set(code(line)) == pages.FOLDERS


def test_addresses(project):
    project.write("content/pages/method.md", "---\ntitle: Method\n---\nText.\n").build()
    patterns = [
        re.sub(r"<\w+>", "[^/]+", address.lstrip("/"))
        for row in tables(sections(TEXTS["formats"])["Addresses"])[0]
        for address in code(row[0])
    ]
    known = re.compile("|".join(patterns))
    written = [path for path in project.output() if path.endswith(".html")]
    assert len(written) > 10
    for path in written:
        assert known.fullmatch(path.removesuffix("index.html")), path


# ---- commands.md ----------------------------------------------------------------------------

COMMANDS = sections(TEXTS["commands"])


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_is_described(name):
    assert name in COMMANDS, f"docs/commands.md has no section `## {name}`"
    section = COMMANDS[name]
    described = {option for row in rows(section) for option in code(row[0])}
    command = cli.main.get_command(None, name)
    wanted = set()
    for parameter in leaves(command):
        if isinstance(parameter, click.Argument):
            usage = re.search(rf"`pincite {name} ([^`]*)`", section)
            assert usage, f"no usage of {name}"
            assert parameter.human_readable_name.rstrip(".") in usage[1], parameter.name
            continue
        names = {*parameter.opts, *parameter.secondary_opts}
        wanted |= names
        if isinstance(parameter.type, click.Choice):
            assert set(parameter.type.choices) <= set(code(section)), parameter.name
    assert wanted == {option for option in described if option.startswith("-")}


def leaves(command: click.Command) -> list[click.Parameter]:
    """Return the parameters of *command* and of those below it."""
    below = command.commands.values() if isinstance(command, click.Group) else ()
    return [*command.params, *(p for one in below for p in leaves(one))]


def test_no_command_is_described_that_there_is_not():
    described = set(re.findall(r"^## ([a-z]+)$", TEXTS["commands"], flags=re.MULTILINE))
    assert described <= set(cli.COMMANDS)


def run(*arguments: str):
    try:
        return CliRunner().invoke(cli.main, arguments, prog_name="pincite")
    finally:
        gc.enable()  # a command that ends with its process turns it off


def consoles():
    for name, text in TEXTS.items():
        for heading, section in sections(text).items():
            shown: dict[str, str] = {}
            for number, (language, info, body) in enumerate(FENCE.findall(section), 1):
                words = info.split()
                if words and "/" in words[0]:
                    shown = {**shown, words[0]: body}
                if language == "console":
                    exit_code = int(info.removeprefix("exit ") or 0)
                    yield pytest.param(shown, exit_code, body, id=f"{name}-{heading}-{number}")


@pytest.mark.parametrize(("files", "exit_code", "body"), tuple(consoles()))
def test_console(files, exit_code, body, tmp_path, monkeypatch):
    site = lay_out(tmp_path / "project", files)
    monkeypatch.chdir(site.root)
    monkeypatch.setenv("COLUMNS", "100")
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        line, _, expected = part.partition("\n")
        program, *arguments = shlex.split(line)
        assert program == "pincite"
        result = run(*arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert result.output.rstrip() == expected.rstrip()
    assert result.exit_code == exit_code


def test_findings_as_json(tmp_path, monkeypatch):
    section = COMMANDS["Findings"]
    fences = [(info.split(), body) for _, info, body in FENCE.findall(section) if info]
    files = {words[0]: body for words, body in fences if "/" in words[0]}
    [shown] = [json.loads(body) for words, body in fences if words == ["findings"]]
    site = lay_out(tmp_path / "project", files)
    monkeypatch.chdir(site.root)
    try:
        result = CliRunner().invoke(cli.main, ["check", "--format", "json"])
    finally:
        gc.enable()
    assert json.loads(result.output) == shown


# ---- the other pages ------------------------------------------------------------------------


def test_the_policy_is_the_one_that_is_sent():
    [policy] = [body for language, _, body in FENCE.findall(TEXTS["hosting"]) if language == "http"]
    assert policy.strip() == "Content-Security-Policy: " + "; ".join(POLICY)


def test_every_template_is_named():
    theme = ROOT / "templates"
    for path in [*theme.glob("*.html"), *theme.glob("parts/*.html")]:
        assert f"`{path.relative_to(theme).as_posix()}`" in TEXTS["theming"], path.name


def test_the_markup_contract_holds_in_a_built_site(project):
    section = sections(TEXTS["theming"])["The markup contract"]
    selectors = {row[0].strip("`"): code(row[1])[0] for row in tables(section)[0]}
    project.build()
    for selector, path in selectors.items():
        assert project.page(path).select(selector), f"{selector} in {path}"


@pytest.mark.parametrize("page", GUIDE, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_and_codes(page):
    text = without_fences(page.read_text("utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", text)):
        if re.match(r"https?:", target):
            continue
        file, _, anchor = target.partition("#")
        path = page.parent / file if file else page
        assert path.exists(), f"it leads to {target}"
        if anchor and path.suffix == ".md":
            headings = HEADING.findall(without_fences(path.read_text("utf-8")))
            slugs = [re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings]
            assert anchor in slugs, f"it leads to {target}"
    for found in re.findall(r"`([a-z]+(?:-[a-z]+)+)`", text):
        stem = found.partition("-")[0]
        if stem in ("quote", "paragraph", "snapshot", "source", "near", "unused", "prose"):
            assert found in CODES, f"it names {found}"


def test_the_index_names_every_page():
    for path in DOCS.glob("*.md"):
        if path.name != "README.md":
            assert f"]({path.name})" in TEXTS["README"], path.name


# ---- README.md ------------------------------------------------------------------------------

README = (ROOT / "README.md").read_text("utf-8")
FENCES = [(language, body) for language, _, body in FENCE.findall(README)]


def test_the_event_of_the_readme_holds(tmp_path):
    site = Site(tmp_path / "project", bare=True).copy_from(ROOT)
    for path in (site.root / "content/events").iterdir():
        path.unlink()
    for path in (site.root / "content/pages").iterdir():
        path.unlink()
    [event] = [body for language, body in FENCES if language == "yaml"]
    site.write("content/events/2025.yaml", event)
    site.write("content/site.yaml", "title: Example\n").check()
    assert site.errors == [], site.report


def test_the_finding_of_the_readme_is_what_a_wrong_digit_gives(tmp_path, monkeypatch):
    shown = re.search(r"^error\[.*?(?=^```)", README, re.MULTILINE | re.DOTALL)[0]
    site = Site(tmp_path / "project", bare=True).copy_from(ROOT)
    right, wrong = "approximately 300 are believed", "approximately 400 are believed"
    site.edit("content/events/2025.yaml", right, wrong)
    monkeypatch.chdir(site.root)
    monkeypatch.setenv("COLUMNS", "100")
    assert shown.rstrip() in run("check").output
