"""The command line: exit codes, where things are printed, and that nobody sees a traceback."""

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pincite import __version__
from pincite.cli import COMMANDS, main
from pincite.disk import MANIFEST, hold_lock
from support import ROOT, Site, event, give_up_rights

BAD = event("bad", "these words stand nowhere in it")


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "project").write("content/events/a.yaml", event("cracks"))


def run(*arguments, **settings):
    result = CliRunner().invoke(main, [str(a) for a in arguments], **settings)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def run_apart(*arguments, cwd=None, input=None, **environment):
    """Run in a process of its own, as people do."""
    return subprocess.run(
        [sys.executable, "-m", "pincite", *map(str, arguments)],
        cwd=cwd,
        input=input,
        capture_output=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "generator"), **environment},
        check=False,
    )


def build(site, *options):
    return run("build", "--project", site.root, *options)


def check(site, *options):
    return run("check", "--project", site.root, *options)


def test_a_build_says_what_it_did(site):
    first = build(site)
    assert first.exit_code == 0
    assert "written" in first.stdout
    assert first.stderr == ""
    again = build(site)
    assert again.exit_code == 0
    assert len(first.stdout.splitlines()) == len(again.stdout.splitlines()) == 1


def test_verbose_says_why(site):
    assert "index.html: new page" in build(site, "-v").stderr
    site.edit("content/events/a.yaml", "Cracks are found", "Cracks")
    told = build(site, "--verbose").stderr
    assert "events/cracks/index.html: content changed" in told
    site.write("content/events/a.yaml", event("other"))
    assert "events/cracks/index.html: no longer planned, removed" in build(site, "-v").stderr


def test_quiet_says_nothing_but_errors(site):
    site.write("content/sources/b.md", "---\ntitle: B\n---\n")
    assert "source-not-archived" in build(site).stderr
    result = build(site, "-q")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    site.write("content/events/b.yaml", BAD)
    result = build(site, "--quiet")
    assert result.exit_code == 1
    assert "quote-not-found" in result.stderr
    assert "source-not-archived" not in result.stderr


def test_an_error_is_told_and_nothing_is_written(site):
    site.write("content/events/b.yaml", BAD)
    result = build(site)
    assert result.exit_code == 1
    assert "error[quote-not-found]" in result.stderr
    assert "content/events/b.yaml:4:" in result.stderr
    assert "Nothing was written" in result.stderr
    assert not site.out.exists()
    assert check(site).exit_code == 1


def test_check_writes_nothing(site):
    before = sorted(site.root.rglob("*"))
    result = check(site)
    assert result.exit_code == 0
    assert "all of them hold" in result.stdout
    assert [p for p in site.root.rglob("*") if p not in before and ".pincite" not in p.parts] == []


def test_strict_refuses_what_is_not_proven(site):
    text = "- id: x\n  date: 2025\n  title: X\n  cite: {source: bridge, unverified: Not read.}\n"
    site.write("content/events/b.yaml", text)
    assert check(site).exit_code == 0
    assert check(site, "--strict").exit_code == 1
    assert build(site).exit_code == 0
    assert build(site, "--strict").exit_code == 1


@pytest.mark.parametrize("command", [build, check])
def test_formats(site, command):
    site.write("content/events/b.yaml", BAD)
    short = command(site, "--format", "short").stdout
    assert short.startswith("content/events/b.yaml:4:")
    assert ": error[quote-not-found]: " in short
    [finding] = json.loads(command(site, "--format", "json").stdout)["findings"]
    assert finding["code"] == "quote-not-found"
    assert json.loads(command(site, "--format", "sarif").stdout)["version"] == "2.1.0"
    assert command(site, "--format", "github").stdout.startswith("::error file=content/events/b")
    assert command(site, "--format", "xml").exit_code == 2


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_machines_get_one_document_whatever_happens(site, form):
    json.loads(build(site, "--format", form).stdout)
    json.loads(build(site, "--format", form).stdout)
    json.loads(check(site, "--format", form).stdout)


def test_findings_are_plain_where_nobody_looks(site):
    site.write("content/events/b.yaml", BAD)
    assert "\x1b" not in check(site).stderr


def test_another_place_and_another_address(site):
    out = site.root.parent / "elsewhere"
    result = build(site, "--out", out, "--url", "https://elsewhere.example/x")
    assert result.exit_code == 0
    data = json.loads((out / "data/timeline.json").read_bytes())
    assert data["site"]["url"] == "https://elsewhere.example/x/"
    assert build(site, "--url", "ftp://x").exit_code == 2


def test_links_for_a_disk(site):
    build(site, "--index-links")
    [link] = {a["href"] for a in site.page("index.html").select("a.cite")}
    assert link == "sources/bridge/index.html#c-cracks-1"


def test_any_number_of_processes_makes_the_same(site):
    one, two = site.root.parent / "one", site.root.parent / "two"
    build(site, "--out", one, "--jobs", "1")
    build(site, "--out", two, "--jobs", "2")
    files = sorted(p.relative_to(one) for p in one.rglob("*"))
    assert files == sorted(p.relative_to(two) for p in two.rglob("*"))
    assert all(
        (one / p).read_bytes() == (two / p).read_bytes() for p in files if (one / p).is_file()
    )


def test_a_project_is_found_from_below(site, monkeypatch):
    monkeypatch.chdir(site.root / "content" / "events")
    assert run("check").exit_code == 0


def test_where_there_is_no_project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("build")
    assert result.exit_code == 2
    assert "no Pincite project here" in result.stderr
    assert "pincite new" in result.stderr
    assert build(Site(tmp_path / "bare", bare=True)).exit_code == 2
    assert run("build", "--project", tmp_path / "gone").exit_code == 2


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["build", "--nonsense"], ["explain"], ["date"]]
)
def test_usage(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr


def test_help_and_version():
    assert run("--version").stdout == f"pincite, version {__version__}\n"
    told = run("-h").stdout
    for name in COMMANDS:
        assert f"  {name} " in told
        assert run(name, "--help").stdout.startswith("Usage: ")


def test_explain():
    result = run("explain", "quote-not-found")
    assert result.exit_code == 0
    assert result.stdout.startswith("error[quote-not-found]: ")
    wrong = run("explain", "quote-not-fond")
    assert wrong.exit_code == 2
    assert "did you mean quote-not-found" in wrong.stderr


def test_schema(tmp_path):
    for name in ("events", "site", "source", "page", "names"):
        assert json.loads(run("schema", name).stdout)["$schema"]
    assert run("schema").stdout == run("schema", "events").stdout
    assert run("schema", "x").exit_code == 2
    assert run("schema", "--write", tmp_path / "s").exit_code == 0
    assert (tmp_path / "s" / "events.json").read_text() == run("schema").stdout


def test_the_schemas_of_the_repository_are_those_of_the_program():
    for name in ("events", "site", "source", "page", "names"):
        kept = (ROOT / "docs" / "schema" / f"{name}.json").read_text("utf-8")
        assert kept == run("schema", name).stdout, f"pincite schema --write docs/schema ({name})"


def test_date():
    assert run("date", "2025-02-07").stdout.startswith("2025-02-07: 7 February 2025 [")
    wrong = run("date", "2025-02-30", "2025")
    assert wrong.exit_code == 1
    assert len(wrong.stdout.splitlines()) == 2
    row = json.loads(run("date", "--json", "-0043-03-15").stdout)
    assert row == {
        "input": "-0043-03-15",
        "valid": True,
        "level": 1,
        "earliest": "-0043-03-15",
        "latest": "-0043-03-15",
        "text": row["text"],
    }
    lines = run("date", "--json", "-", input="2025\n\n1984/..\r\nuuuu\n").stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    assert [r["input"] for r in rows] == ["2025", "", "1984/..", "uuuu"]
    assert [r["valid"] for r in rows] == [True, False, True, False]
    assert [r["latest"] for r in rows] == ["2025-12-31", None, "..", None]


def test_dates_are_said_in_the_language_asked_for():
    asked = ("date", "--language", "fr", "2025-03-15~")
    assert run(*asked).stdout.startswith("2025-03-15~: environ le 15 mars 2025 [")
    assert json.loads(run(*asked, "--json").stdout)["text"] == "environ le 15 mars 2025"


def test_new_then_build(tmp_path):
    assert run("new", tmp_path / "mine").exit_code == 0
    result = run("build", "--project", tmp_path / "mine")
    assert result.exit_code == 0, result.stderr
    assert "error" not in result.stderr
    again = run("new", tmp_path / "mine")
    assert again.exit_code == 2
    assert "not empty" in again.stderr


# ---- the world is not as it must be ----------------------------------------------------------


def out_is_a_file(site):
    site.write("site", "")


def out_is_below_a_file(site):
    site.write("x", "")
    return ["--out", site.root / "x" / "site"]


def out_is_the_project(site):
    return ["--out", site.root]


def content_is_a_pipe(site):
    os.mkfifo(site.root / "content/events/b.yaml")


def media_are_a_pipe(site):
    (site.root / "content/media").mkdir()
    os.mkfifo(site.root / "content/media/b.png")


def theme_is_a_pipe(site):
    (site.root / "templates").mkdir()
    os.mkfifo(site.root / "templates/404.html")


def snapshot_is_a_pipe(site):
    site.remove("seeds/bridge.txt")
    os.mkfifo(site.root / "seeds/bridge.txt")


def snapshot_leads_out(site):
    site.remove("seeds/bridge.txt")
    (site.root / "seeds/bridge.txt").symlink_to("/etc/hostname")


def content_leads_out(site):
    (site.root / "content/events/b.yaml").symlink_to("/etc/hostname")


def content_leads_in_a_circle(site):
    (site.root / "content/events/b").symlink_to("b")
    (site.root / "seeds/loop").symlink_to("loop")


def events_are_a_file(site):
    shutil.rmtree(site.root / "content/events")
    site.write("content/events", "x")


def site_yaml_is_a_folder(site):
    site.remove("content/site.yaml")
    (site.root / "content/site.yaml").mkdir()


def words_are_garbage(site):
    site.write("templates/i18n/en.json", "{")


def words_are_of_the_wrong_kind(site):
    site.write("templates/i18n/en-said.json", '{"say_events": "{nobody} events"}')


def state_is_a_file(site):
    site.write(".pincite", "")


def another_build_runs(site):
    lock = hold_lock(site.root, site.out)
    lock.__enter__()
    return ["--lock", lock]


BROKEN = [
    (out_is_a_file, 2),
    (out_is_below_a_file, 2),
    (out_is_the_project, 2),
    (content_is_a_pipe, 1),
    (media_are_a_pipe, 1),
    (theme_is_a_pipe, 1),
    (snapshot_is_a_pipe, 1),
    (snapshot_leads_out, 1),
    (content_leads_out, 1),
    (content_leads_in_a_circle, 1),
    (events_are_a_file, 1),
    (site_yaml_is_a_folder, 2),
    (words_are_garbage, 1),
    (words_are_of_the_wrong_kind, 1),
    (state_is_a_file, 2),
    (another_build_runs, 2),
]


@pytest.mark.parametrize(
    ("breaks", "code"), BROKEN, ids=lambda value: getattr(value, "__name__", "")
)
def test_a_broken_world_is_told(site, breaks, code):
    options = breaks(site) or []
    lock = None
    if options[:1] == ["--lock"]:
        options, lock = [], options[1]
    result = build(site, *options)
    if lock:
        lock.__exit__(None, None, None)
    assert result.exit_code == code, result.stderr
    assert "error" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (site.out / MANIFEST).exists()


@pytest.mark.parametrize("path", ["content/events/a.yaml", "content/events", "site", "templates"])
def test_what_may_not_be_touched_is_told(site, path):
    (site.root / "templates").mkdir()
    site.out.mkdir()
    target = site.root / path
    target.chmod(0o500 if path == "site" else 0)
    try:
        result = subprocess.run(
            [sys.executable, "-m", "pincite", "build"],
            cwd=site.root,
            capture_output=True,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "generator")},
            preexec_fn=give_up_rights,
            check=False,
        )
    finally:
        target.chmod(stat.S_IRWXU)
    assert result.returncode in (1, 2)
    assert b"error" in result.stderr
    assert b"Traceback" not in result.stderr


def test_a_disk_that_cannot_be_written_is_told(site, monkeypatch):
    def refuse(*_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("os.replace", refuse)
    result = build(site)
    assert result.exit_code == 2
    assert "Read-only file system" in result.stderr


# ---- in a process of its own -----------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_console_that_knows_few_letters(site, encoding):
    site.write("content/events/b.yaml", BAD.replace("nowhere", "«ни где» 北"))
    result = run_apart(
        "check", cwd=site.root, LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING=encoding
    )
    assert result.returncode == 1
    assert b"error[quote-not-found]" in result.stderr
    assert b"Traceback" not in result.stderr
    assert ("北".encode() if encoding == "ascii" else b"\\u5317") in result.stderr


def test_dates_that_are_not_utf8():
    result = run_apart("date", "--json", "-", input=b"2025\n\xff\xfe\n", PYTHONUTF8="1")
    assert result.returncode in (1, 2)
    assert b"Traceback" not in result.stderr


def test_a_reader_that_has_gone():
    code = "import sys; from pincite.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "schema"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "generator")},
    ) as process:
        process.stdout.close()
        told = process.stderr.read()
    assert b"Traceback" not in told


HEAVY = ("bs4", "livereload", "tornado", "trafilatura", "rich", "watchfiles", "jsonschema_rs")


def test_a_build_loads_nothing_that_it_does_not_need(site):
    code = (
        "import sys; from pincite.cli import main\n"
        "try: main()\n"
        f"finally: print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    site.write("content/events/b.yaml", event("b"))
    run_build = [sys.executable, "-c", code, "build", "--quiet"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "generator")}
    result = subprocess.run(
        run_build, cwd=site.root, env=environment, capture_output=True, text=True, check=True
    )
    assert result.stderr.strip() == "[]"


def test_the_module_can_be_run(site):
    result = run_apart("--version")
    assert result.stdout.decode().startswith("pincite, version ")
    assert Path(sys.executable).exists()


def test_a_slip_in_a_command_is_helped():
    for word, said in (
        ("chekc", "there is no command `chekc`; did you mean `check`?"),
        ("zzz", "there is no command `zzz`."),
    ):
        result = CliRunner().invoke(main, [word], prog_name="pincite")
        assert result.exit_code == 2
        assert said in result.output
