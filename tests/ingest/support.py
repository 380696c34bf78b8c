"""A small project to take articles into, and the commands run in it."""

import re
from pathlib import Path

from click.testing import CliRunner, Result

from pincite.base.diagnostics import Failure
from pincite.base.text import Text
from pincite.build import check_project
from pincite.commands.add import add
from pincite.commands.quote import quote
from pincite.load.sources import parse_source
from pincite.memo import Memo
from pincite.model import Source
from pincite.new import start_project
from pincite.options import Options

PAGES = Path(__file__).parent / "pages"
SEED = Path(__file__).parents[2] / "seeds/000_d06e6ac7dba8fc6a.txt"


def make_project(folder: Path) -> Path:
    start_project(folder / "site-project")
    return folder / "site-project"


def run_add(root: Path, *arguments: object) -> Result:
    return _run(add, root, arguments)


def run_quote(root: Path, *arguments: object, stdin: str = "") -> Result:
    return _run(quote, root, arguments, stdin)


def _run(command, root, arguments, stdin=""):
    return CliRunner().invoke(
        command, ["--project", str(root), *map(str, arguments)], input=stdin or None
    )


def failure(result: Result) -> Failure:
    assert isinstance(result.exception, Failure), (result.exception, result.output)
    return result.exception


def read_source(root: Path, id: str) -> Source:
    path = f"content/sources/{id}.md"
    source, found = parse_source(Text(path, (root / path).read_text("utf-8")))
    assert source is not None
    assert not found, found
    return source


def check(root: Path):
    return check_project(root, Options(out=root / "site"), Memo())


def codes(root: Path, prefix: str) -> list[tuple[str, str]]:
    """The findings in files that begin with *prefix*, but those every new source has."""
    usual = re.compile("source-(?:unused|not-archived|not-retrieved)|single-source|url-not-set")
    return [
        (d.code, d.message)
        for d in check(root).found
        if d.span.path.startswith(prefix) and not usual.fullmatch(d.code)
    ]
