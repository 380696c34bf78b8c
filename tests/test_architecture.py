"""What ARCHITECTURE.md says of the code, held by reading it."""

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

import pincite

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator" / "pincite"
TEMPLATES = ROOT / "templates"

# Each may import what is named before it. Those of one line do not know one another.
ORDER = (
    ("base",),
    ("dates", "prose", "disk", "spool", "again", "net", "workers"),
    ("model", "kept", "authored", "manifest"),
    ("load",),
    ("link", "images", "unchanged"),
    ("check", "entries"),
    ("plan", "exports"),  # the plan lists the exports; these use its addresses and words
    ("store",),
    ("render",),
    ("publish",),
    ("memo", "options"),
    ("build",),
    ("amend",),
    ("report",),
    ("serve",),
    ("schemas", "hosts", "importers", "ingest", "verify", "links", "changes", "publishing"),
    ("cluster",),
    ("preview", "new", "fixing", "bagging"),
    ("commands",),
    ("cli",),
    ("__main__",),
)
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}
PURE = ("base", "dates", "prose", "model", "link", "check", "plan", "exports", "render", "report")
WORLD = {
    *("os", "pathlib", "shutil", "tempfile", "glob", "time", "random", "secrets", "socket"),
    *("subprocess", "logging", "multiprocessing", "urllib.request", "http", "locale"),
}
READER = "load/project.py"
LONGEST = 400


def modules():
    return sorted(p.relative_to(PACKAGE).as_posix() for p in PACKAGE.rglob("*.py"))


def tree(module):
    return ast.parse((PACKAGE / module).read_text("utf-8"))


def part_of(module):
    return module.partition("/")[0].removesuffix(".py")


def imported(module):
    """Return what a module imports, in full; for ``from a import b`` also ``a.b``."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are absolute"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_module_has_its_place():
    assert {part_of(m) for m in modules()} - {"__init__"} <= set(RANK)


@pytest.mark.parametrize("module", modules())
def test_imports_point_back(module):
    part = part_of(module)
    if part == "__init__":
        return
    wrong = []
    for name in imported(module):
        if name.startswith("pincite."):
            other = name.split(".")[1]
            if other in RANK and other != part and RANK[other] > RANK.get(part, 0):
                wrong.append(name)
    assert wrong == []


def test_parts_of_one_rank_do_not_know_one_another():
    """Only plan and exports do: one lists the other."""
    wrong = [
        (module, name)
        for module in modules()
        for name in imported(module)
        if name.startswith("pincite.")
        and (part := part_of(module)) in RANK
        and (other := name.split(".")[1]) in RANK
        and part != other
        and RANK[part] == RANK[other]
        and {part, other} != {"plan", "exports"}
    ]
    assert wrong == []


@pytest.mark.parametrize("module", [m for m in modules() if part_of(m) in PURE])
def test_what_decides_does_not_touch_the_world(module):
    assert [n for n in imported(module) if n in WORLD or n.partition(".")[0] in WORLD] == []
    calls = {
        node.func.id
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert calls & {"open", "print", "input", "exec", "eval", "__import__"} == set()


@pytest.mark.parametrize("module", [m for m in modules() if part_of(m) == "load"])
def test_only_one_module_reads(module):
    world = {n for n in imported(module) if n.partition(".")[0] in WORLD}
    assert bool(world) == (module == READER)


WRITES = {
    *("write_text", "write_bytes", "mkdir", "unlink", "rmdir", "rename", "replace_file", "touch"),
    *("symlink_to", "hardlink_to", "chmod", "rmtree", "copytree", "copyfile", "makedirs"),
}


@pytest.mark.parametrize(
    "module",
    [m for m in modules() if part_of(m) in (*PURE, "load", "build", "unchanged", "images")],
)
def test_only_publish_writes(module):
    calls = {
        node.func.attr
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert calls & WRITES == set()


@pytest.mark.parametrize("module", modules())
def test_modules_are_small_and_say_what_they_are_for(module):
    text = (PACKAGE / module).read_text("utf-8")
    assert len(text.splitlines()) <= LONGEST
    if text:
        assert ast.get_docstring(tree(module)) or module in ("__init__.py", "__main__.py")


@pytest.mark.parametrize("module", modules())
def test_no_module_holds_state_that_changes(module):
    """A list, dict or set at the top of a module must be a constant that nobody changes."""
    names = set()
    for node in tree(module).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(
            node.value, (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp)
        ):
            names |= {t.id for t in targets if isinstance(t, ast.Name)}
    changed = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Global):
            changed |= set(node.names)
        if isinstance(node, (ast.Subscript, ast.Attribute)) and isinstance(node.value, ast.Name):
            stored = isinstance(node.ctx, (ast.Store, ast.Del))
            method = isinstance(node, ast.Attribute) and node.attr in (
                *("append", "extend", "insert", "pop", "clear", "update", "setdefault", "add"),
                *("remove", "discard", "popitem", "sort", "reverse"),
            )
            if (stored or method) and node.value.id in names:
                changed.add(node.value.id)
    assert changed == set()


POSIX = {"fcntl", "resource", "grp", "pwd", "termios", "tty", "pty", "posix", "syslog"}
ONLY_THERE = {
    *("fork", "killpg", "setpgid", "setsid", "waitstatus_to_exitcode", "getuid", "geteuid"),
    *("chown", "mkfifo", "O_NOFOLLOW", "O_NONBLOCK", "O_DIRECTORY", "renameat2", "pwrite"),
}


def guarded(node, parents):
    """Whether *node* is tried, asked for by ``hasattr`` or ``sys.platform``, or given a way out."""
    while node is not None:
        if isinstance(node, ast.Try) and any(
            h.type is not None
            and {"ImportError", "AttributeError"} & set(ast.unparse(h.type).split())
            for h in node.handlers
        ):
            return True
        if isinstance(node, (ast.If, ast.IfExp)) and re.search(
            "hasattr|sys.platform|os.name|can_fork", ast.unparse(node.test)
        ):
            return True
        node = parents.get(node)
    return False


@pytest.mark.parametrize("module", modules())
def test_what_only_posix_has_is_guarded(module):
    parsed = tree(module)
    parents = {child: node for node in ast.walk(parsed) for child in ast.iter_child_nodes(node)}
    bare = []
    for node in ast.walk(parsed):
        if isinstance(node, ast.Import):
            names = {alias.name for alias in node.names} & POSIX
        elif isinstance(node, ast.ImportFrom):
            names = {node.module} & POSIX
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "os":
            names = {node.attr} & ONLY_THERE
        else:
            continue
        if names and not guarded(node, parents):
            bare.append((node.lineno, *names))
    assert bare == []


def dataclasses_of(*parts):
    for part in parts:
        package = importlib.import_module(f"pincite.{part}")
        names = [package.__name__]
        if hasattr(package, "__path__"):
            names += [
                m.name for m in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
            ]
        for name in names:
            for kind in vars(importlib.import_module(name)).values():
                if (
                    inspect.isclass(kind)
                    and dataclasses.is_dataclass(kind)
                    and kind.__module__ == name
                ):
                    yield kind


VALUES = tuple(dict.fromkeys(dataclasses_of("model", "dates", "prose", "plan")))


@pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__qualname__)
def test_what_is_shown_of_a_value_is_what_distinguishes_it(kind):
    """Digests rest on it: they are those of a value's ``repr``."""
    assert [f.name for f in dataclasses.fields(kind) if f.repr != (f.compare is not False)] == []
    if "__repr__" in vars(kind):
        assert kind.__repr__.__qualname__.endswith("__create_fn__.<locals>.__repr__") or (
            "__eq__" in vars(kind)
        )


@pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__qualname__)
def test_values_are_frozen(kind):
    assert kind.__dataclass_params__.frozen
    assert "__slots__" in vars(kind)


def test_templates_see_the_page_and_the_frame_and_nothing_else():
    from jinja2 import Environment, meta, nodes

    environment = Environment(autoescape=True)
    told = {"page", "frame", "render_card", "render_part", "namespace"}
    set_somewhere = {
        name.name
        for path in TEMPLATES.rglob("*.html")
        for name in environment.parse(path.read_text("utf-8")).find_all(nodes.Name)
        if name.ctx in ("store", "param")
    }
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = path.relative_to(TEMPLATES).as_posix()
        parsed = environment.parse(path.read_text("utf-8"))
        asked = meta.find_undeclared_variables(parsed)
        asked -= {macro.name for macro in parsed.find_all(nodes.Macro)}  # blocks see them
        if name.startswith("parts/"):
            asked -= {"told", "card", "root"} | set_somewhere  # by what includes it
        assert asked <= told, name


def test_templates_say_what_they_are_told():
    for path in sorted(TEMPLATES.glob("*.html")):
        assert re.match(r"\{# page: ", path.read_text("utf-8")), path.name


def test_the_version_is_said_once():
    assert pincite.__version__ in (PACKAGE / "__init__.py").read_text("utf-8")
    assert 'dynamic = ["version"]' in (ROOT / "pyproject.toml").read_text("utf-8")
