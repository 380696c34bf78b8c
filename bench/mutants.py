"""Change the program in small ways and see whether a test notices.

``python bench/mutants.py [ROOM …] [--count 40] [--seed 1] [--jobs 1] [--at PLACE] [--again FILE]``

cosmic-ray makes the mutants (``pip install cosmic-ray``), and one kind is added here: a statement
left out. At most one mutant is made at a place, a fixed seed draws COUNT places of a module, and
the tests that concern the room run on each in a copy of the tree, in a forked process. What
survives is listed; ``mutants.tsv`` says of lines on which it may, and why.
"""

import argparse
import compileall
import contextlib
import importlib
import os
import py_compile
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names
from parso.python.tree import Keyword

ROOT = Path(__file__).parents[1]
EXCUSED = Path(__file__).with_name("mutants.tsv")

# Tests in the order in which they are asked: what is quick and likely to notice comes first.
_QUIET = ("-W", "ignore:Module already imported")
_COSTLY = (
    *("hypothesis.strategies", "babel.dates", "babel.localedata", "bs4", "click.testing"),
    *("edtf", "html5lib", "jinja2", "jsonschema_rs", "markdown", "nh3", "PIL.Image"),
    *("rapidfuzz.fuzz", "rapidfuzz.process", "rapidfuzz.distance", "rich.console", "yaml"),
)
_ARTICLE = "tests/test_quotes.py::test_no_change_of_meaning_is_verified"
ROOMS: dict[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]] = {
    "dates": (
        ("dates/*.py",),
        (("tests/dates", "tests/properties/test_dates.py"),),
    ),
    "quotes": (
        (
            *("link/cautions.py", "link/edges.py", "link/hedges.py", "link/nearest.py"),
            *("link/normalise.py", "link/quotes.py", "link/readings.py", "link/search.py"),
        ),
        (
            ("tests/test_quotes.py", f"--deselect={_ARTICLE}"),
            ("tests/properties/test_quotes.py",),
            ("tests/test_cases.py", "-k", "quote or hedge or insert"),
            (_ARTICLE,),
        ),
    ),
    "link": (
        ("link/proof.py", "link/citations.py", "link/names.py", "link/corpus.py"),
        (
            ("tests/test_proof.py", "tests/test_linking.py", "tests/test_cases.py"),
            ("tests/test_store.py", "tests/test_example.py", "tests/test_citations.py"),
        ),
    ),
    "publish": (
        ("publish.py", "disk.py"),
        (
            ("tests/test_publish.py",),
            ("tests/test_incremental.py",),
            ("tests/hostile/test_machines.py", "tests/properties/test_incremental.py"),
            ("tests/hostile/test_kills.py",),
        ),
    ),
}

# The likeliest slips: a bound off by one, a condition turned round, a step forgotten.
_CHANGES = {
    *("Add_Sub", "Sub_Add", "Mul_Add", "Div_Mul", "FloorDiv_Mul", "Mod_FloorDiv", "Pow_Mul"),
    *("BitOr_BitAnd", "BitAnd_BitOr", "Eq_NotEq", "NotEq_Eq", "Lt_LtE", "LtE_Lt", "Gt_GtE"),
    *("GtE_Gt", "Is_IsNot", "IsNot_Is", "USub_UAdd", "Delete_Not"),
}
_OTHERS = {
    *("AddNot", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr"),
    *("ReplaceOrWithAnd", "ReplaceBreakWithContinue", "ReplaceContinueWithBreak"),
    *("ExceptionReplacer", "NumberReplacer", "ZeroIterationForLoop"),
}


class LeaveOut(Operator):
    """Put ``pass`` in the place of a statement."""

    def mutation_positions(self, node):
        statement = getattr(node, "children", [None])[0] if node.type == "simple_stmt" else None
        skipped = ("string", "import_name", "import_from", "assert_stmt", "keyword")
        if statement is not None and statement.type not in skipped:
            yield statement.start_pos, statement.end_pos

    def mutate(self, node, index):  # noqa: ARG002 - as cosmic-ray calls it
        first = node.children[0]
        node.children[0] = Keyword("pass", first.start_pos, first.get_first_leaf().prefix)
        return node

    @classmethod
    def examples(cls):
        return ()


class Mutant(NamedTuple):
    module: str  # "dates/part.py"
    line: int
    column: int
    operator: str
    number: int  # which of the operator's places

    @property
    def place(self) -> str:
        return f"{self.module}:{self.line}:{self.column}"

    def make(self, source: str) -> tuple[str, str, str]:
        """Return the line as it was, as it is, and the module's text; thrice "" if it cannot be."""
        operator = (
            LeaveOut() if self.operator == "LeaveOut" else get_operator(f"core/{self.operator}")()
        )
        code = mutate_code(source, operator, self.number)
        with contextlib.suppress(SyntaxError):
            compile(code, self.module, "exec")
            for before, after in zip(source.split("\n"), code.split("\n"), strict=False):
                if before != after:
                    return before.strip(), after.strip(), code
        return "", "", ""


def find_mutants(module: str) -> Iterator[Mutant]:
    """Yield every mutant of *module*, several at a place."""
    source = _read(module)
    lines = source.split("\n")
    operators: list[tuple[str, Operator]] = [("LeaveOut", LeaveOut())]
    for name in operator_names():
        short = name.removeprefix("core/")
        if short in _OTHERS or short.partition("Operator_")[2] in _CHANGES:
            operators.append((short, get_operator(name)()))
    nodes = list(ast_nodes(get_ast(source)))
    for name, operator in operators:
        places = ((node, start) for node in nodes for start, _ in operator.mutation_positions(node))
        for number, (node, (line, column)) in enumerate(places):
            if not _says_nothing(node, lines[line - 1]):
                yield Mutant(module, line, column, name, number)


def _read(module: str) -> str:
    return (ROOT / "generator/pincite" / module).read_text("utf-8")


def _says_nothing(node, line: str) -> bool:
    """Say whether *node* is for readers and type checkers, or only for speed."""
    while node is not None:
        if node.type in ("annassign", "decorator", "tfpdef"):
            return not (node.type == "annassign" and "=" in line)
        if (
            node.parent is not None
            and node.parent.type == "funcdef"
            and node is node.parent.annotation
        ):
            return True
        node = node.parent
    return any(word in line for word in ("TypeAlias", "TypeVar", "__all__", "strict="))


def draw(module: str, count: int, seed: int, at: str) -> list[Mutant]:
    by_place: dict[tuple[int, int], list[Mutant]] = {}
    for mutant in find_mutants(module):
        by_place.setdefault((mutant.line, mutant.column), []).append(mutant)
    chance = random.Random(f"{seed} {module}")
    if at:
        return [m for group in by_place.values() for m in group if f"{m.module}:{m.line}" == at]
    chosen = [chance.choice(group) for _, group in sorted(by_place.items())]
    chosen = chance.sample(chosen, count) if len(chosen) > count else chosen
    return sorted(chosen)


def run_tests(tree: Path, phases, limit: int, *, first: bool = False) -> str:
    """Return "noticed" or "". The tests run in a process of their own; what they compile is kept
    when they run *first*."""
    read, write = os.pipe()
    child = os.fork()
    if child:
        os.close(write)
        end = time.monotonic() + 4 * limit  # of the wall; others work on this machine too
        said = b""
        try:
            os.set_blocking(read, False)
            while time.monotonic() < end:
                done, _ = os.waitpid(child, os.WNOHANG)
                if done:
                    break
                time.sleep(0.05)
            with contextlib.suppress(BlockingIOError):
                said = os.read(read, 100)
        finally:
            os.close(read)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(child, 0)
        return "" if said == b"survived" else "noticed"
    os.setsid()
    os.close(read)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
    os.chdir(tree)
    log = os.open(tree.parent / "log", os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    for stream in (0, 1, 2):
        os.dup2(log, stream)
    sys.path.insert(0, str(tree / "generator"))
    os.environ["PYTHONPATH"] = str(tree / "generator")
    if not first:
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        sys.dont_write_bytecode = True
    try:
        asked = (
            "-x",
            "-q",
            "-p",
            "no:cacheprovider",
            "--numprocesses=0",
            "--hypothesis-seed=1",
            *_QUIET,
        )
        if not any(pytest.main([*asked, *phase]) for phase in phases):
            os.write(write, b"survived")
    except BaseException:  # noqa: BLE001 - also what ends a test run
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


def copy_tree(folder: Path) -> Path:
    tree = folder / "tree"
    skip = shutil.ignore_patterns(
        ".git", "__pycache__", ".pincite", ".hypothesis", "site", ".*_cache"
    )
    shutil.copytree(ROOT, tree, ignore=skip)
    (tree / "site").mkdir()
    # Compiled by content, so that a changed module is never mistaken for the one before it.
    by_content = py_compile.PycInvalidationMode.CHECKED_HASH
    compileall.compile_dir(tree / "generator", quiet=2, invalidation_mode=by_content)
    return tree


def try_all(mutants: list[Mutant], phases, worker: int, workers: int, report) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tree = copy_tree(Path(folder))
        start = time.process_time() + sum(os.times()[2:4])
        if run_tests(tree, phases, 600, first=True):
            sys.exit(
                (tree.parent / "log").read_text("utf-8")[-2000:] + "\nthe tests fail unchanged"
            )
        limit = int(3 * (time.process_time() + sum(os.times()[2:4]) - start)) + 20
        for mutant in mutants[worker::workers]:
            path = tree / "generator/pincite" / mutant.module
            source = path.read_text("utf-8")
            before, after, code = mutant.make(source)
            if not code:
                continue
            path.write_text(code, "utf-8")
            shutil.rmtree(tree / ".hypothesis", ignore_errors=True)
            outcome = run_tests(tree, phases, limit)
            path.write_text(source, "utf-8")
            report(mutant, outcome, before, after)


def excuses() -> dict[tuple[str, str, str], str]:
    """Return (module, line, changed line) → why this mutant may live."""
    rows = EXCUSED.read_text("utf-8").splitlines() if EXCUSED.exists() else []
    split = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return {(module, before, after): why for module, before, after, why in split}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("rooms", nargs="*", default=list(ROOMS), metavar="ROOM")
    options.add_argument("--count", type=int, default=40, help="places of a module")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--jobs", type=int, default=1)
    options.add_argument("--at", default="", help="only MODULE:LINE, all mutants of it")
    options.add_argument("--again", type=Path, help="only what survived: what this said before")
    options.add_argument("--groups", type=int, help="only so many groups of a room's tests")
    options.add_argument("--module", default="", help="only modules that contain this")
    given = options.parse_args()
    # What costs most to import is imported once, before any process is forked off.
    for name in _COSTLY:
        importlib.import_module(name)
    for language in ("ar", "de", "en_GB", "en_US", "es", "fr", "he", "ja", "ko", "ru", "uk", "zh"):
        sys.modules["babel"].localedata.load(language)
    for room in given.rooms:
        globs, phases = ROOMS[room]
        phases = phases[: given.groups]
        base = ROOT / "generator/pincite"
        modules = sorted(p.relative_to(base).as_posix() for g in globs for p in base.glob(g))
        modules = [
            m for m in modules if given.module in m and (not given.at or given.at.startswith(m))
        ]
        mutants = [m for module in modules for m in draw(module, given.count, given.seed, given.at)]
        if given.again:
            told = given.again.read_text("utf-8")
            every = (m for module in modules for m in find_mutants(module))
            mutants = [m for m in every if f"{m.place} {m.operator}\n" in told]
        print(f"{room}: {len(mutants)} mutants of {len(modules)} modules", flush=True)
        results = _share_out(mutants, phases, given.jobs)
        _tell(room, modules, results)


def _share_out(mutants: list[Mutant], phases, jobs: int) -> list[tuple[Mutant, str, str, str]]:
    """Return each mutant with "noticed" or "", the line before, and the line after."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / str(worker) for worker in range(jobs)]
        children = []
        for worker, file in enumerate(files):
            child = os.fork()
            if not child:
                code = 1
                try:
                    with file.open("w", encoding="utf-8") as out:
                        try_all(mutants, phases, worker, jobs, partial(_report, mutants, out))
                    code = 0
                except SystemExit as problem:
                    print(problem, flush=True)
                finally:
                    os._exit(code)
            children.append(child)
        codes = [os.waitpid(child, 0)[1] for child in children]
        if any(codes):
            sys.exit("a worker failed")
        rows = [row.split("\t") for file in files for row in file.read_text("utf-8").splitlines()]
        return sorted((mutants[int(number)], *rest) for number, *rest in rows)


def _report(mutants: list[Mutant], out, mutant: Mutant, outcome: str, before: str, after: str):
    print(mutants.index(mutant), outcome, before, after, sep="\t", file=out, flush=True)
    if not outcome:
        print(f"{mutant.place} {mutant.operator}\n  - {before}\n  + {after}", flush=True)


def _tell(room: str, modules: list[str], results) -> None:
    excused = excuses()
    totals = [0, 0, 0]
    for module in modules:
        mine = [result for result in results if result[0].module == module]
        dead = sum(bool(outcome) for _, outcome, _, _ in mine)
        alike = sum(not outcome and (module, *lines) in excused for _, outcome, *lines in mine)
        print(f"  {module}: {dead} of {len(mine)} killed, {alike} excused")
        totals = [a + b for a, b in zip(totals, (len(mine), dead, alike), strict=True)]
    made, dead, alike = totals
    share = f"{dead / max(1, made):.0%}, {dead / max(1, made - alike):.0%} without these"
    print(f"{room}: {dead} of {made} killed, {alike} excused: {share}", flush=True)


if __name__ == "__main__":
    main()
