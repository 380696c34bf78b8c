"""Builds made-up sites and prints what that costs, beside Hugo and beside only writing the files.

    python bench/speed/run.py 1000 10000      # all edits; HUGO=path/to/hugo for its columns
    python bench/speed/run.py --quick         # 1,000 events, once: under a minute

Quote the ratios: other work on the machine slows all of one round alike. Wall and processor time
are those of the process and of those it waited for, memory that of the largest one. Output is
moved away before a cold build, because creating files just after many were deleted is slow on
some file systems.
"""

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PINCITE = [sys.executable, "-m", "pincite", "build", "--quiet"]
QUICK = HERE / "quick.json"
FIRST = "content/events/e000001"


def copy_program(folder):
    """Build with a copy, which nobody edits meanwhile: a changed program builds everything."""
    for name in ("generator", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run(
        [sys.executable, "-m", "compileall", "-q", str(folder / "generator")], check=True
    )
    os.environ["PYTHONPATH"] = str(folder / "generator")


def measure(command, folder):
    """Return seconds of wall and processor time, and the most memory in MB."""
    env = {**os.environ, "NO_COLOR": "1"}
    with tempfile.TemporaryFile() as log:
        start = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            sys.exit(f"{command} failed:\n{log.read().decode()[-2000:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def apart(code, *told):
    """Run *code* in a process of its own, and return what it prints.

    A process begins with the memory of the one that starts it, which would be measured.
    """
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, told)],
        cwd=HERE,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def write_again(site, folder):
    """Write the files of *site* to *folder* and do nothing else: no build can be quicker."""
    code = "import sys, run; print(*run.write_files(*sys.argv[1:]))"
    wall, used = apart(code, site, folder).split()
    return float(wall), float(used), 0.0


def write_files(site, folder):
    site, folder = Path(site), Path(folder)
    files = [(p.relative_to(site), p.read_bytes()) for p in site.rglob("*") if p.is_file()]
    start, used = time.monotonic(), time.process_time()
    made = set()
    for path, data in files:
        target = folder / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        file = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.write(file, data)
        os.close(file)
    return time.monotonic() - start, time.process_time() - used


def edit(path, old, new):
    text, n = re.subn(old, new, path.read_text("utf-8"), count=1, flags=re.MULTILINE)
    assert n == 1, f"{old!r} is not in {path}"
    path.write_text(text, "utf-8")


def edits(folder, mark):
    """Yield what is edited, having edited it in Pincite's project."""
    yield "nothing changed"
    edit(folder / f"{FIRST}.yaml", r"^  claims:", f"\n    Edited {mark}.\n  claims:")
    yield "one event"
    edit(folder / "content/sources/s00001.md", r"^publisher: .*", f"publisher: Edited {mark}")
    yield "one source"
    (folder / "templates").mkdir(exist_ok=True)
    template = (ROOT / "templates/404.html").read_text("utf-8")
    (folder / "templates/404.html").write_text(f"{template}<!-- {mark} -->\n", "utf-8")
    yield "one template"


def move_away(folder, *names):
    for name in names:
        if (folder / name).exists():
            trash = folder.parent / f"trash-{time.time_ns()}"
            (folder / name).rename(trash)


def bench(n, rounds, work, hugo):
    """Return (what, who) → [(wall, processor, memory), one of each round]."""
    found = {}

    def note(what, who, figures):
        found.setdefault((what, who), []).append(figures)
        print(f"{n} {what} {who}: " + " ".join(f"{f:.2f}" for f in figures), file=sys.stderr)

    ours, theirs = work / f"pincite-{n}", work / f"hugo-{n}"
    code = "import sys, events; getattr(events, sys.argv[1])(*events.model({}), sys.argv[2])"
    apart(code.format(n), "pincite", ours)
    if hugo:
        shutil.copytree(HERE / "hugo", theirs)
        apart(code.format(n), "hugo", theirs)
    for number in range(rounds):
        mark = f"in round {number}"
        if hugo:
            move_away(theirs, "public", "resources", ".hugo_build.lock")
            note("cold", "hugo", measure([hugo, "--quiet"], theirs))
        move_away(ours, "site", ".pincite")
        note("cold", "pincite", measure(PINCITE, ours))
        again = work / f"again-{n}-{number}"
        note("cold", "writing", write_again(ours / "site", again))
        for what in edits(ours, mark):
            note(what, "pincite", measure(PINCITE, ours))
            if hugo and what == "one event":
                with (theirs / f"{FIRST}.md").open("a") as file:
                    file.write(f"\nEdited {mark}.\n")
                note(what, "hugo", measure([hugo, "--quiet"], theirs))
    sizes = [p.stat().st_size for p in (ours / "site").rglob("*") if p.is_file()]
    print(f"\n{n:,} events: {len(sizes):,} files of {sum(sizes) / 1e6:.0f} MB\n")
    return found


def table(found):
    """Print medians, and ratios to Hugo's cold build and to writing, of the same round."""
    print(
        "| what | who | wall s | processor s | MB | wall ÷ Hugo cold | processor ÷ Hugo cold |",
        end="",
    )
    print(" processor ÷ writing |")
    print("|---|---|---|---|---|---|---|---|")
    for (what, who), rows in found.items():
        middle = [statistics.median(column) for column in zip(*rows, strict=True)]
        cells = [what, who, *(f"{f:.2f}" for f in middle[:2]), f"{middle[2]:.0f}"]
        for other, column in (("hugo", 0), ("hugo", 1), ("writing", 1)):
            base = found.get(("cold", other))
            cells.append(f"{ratio(rows, base, column):.2f}" if base else "")
        print("| " + " | ".join(cells) + " |")
    print()


def ratio(rows, base, column):
    return statistics.median(a[column] / b[column] for a, b in zip(rows, base, strict=True))


def quick(work):
    """Compare with the recorded ratios to writing; processor time, because walls vary most."""
    found = bench(1000, 1, work, None)
    table(found)
    now = {
        what: round(ratio(rows, found["cold", "writing"], 1), 1)
        for (what, who), rows in found.items()
        if who == "pincite"
    }
    before = json.loads(QUICK.read_text("utf-8")) if QUICK.exists() else {}
    for what, value in now.items():
        was = before.get(what)
        slower = " SLOWER" if was and value > 1.5 * was else ""
        print(f"{what}: {value} × writing, recorded {was}{slower}")
    return now


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[1000, 10000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--record", action="store_true", help="keep what --quick finds")
    told = parser.parse_args()
    hugo = os.environ.get("HUGO") or shutil.which("hugo")
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    print(
        f"{time.strftime('%Y-%m-%d')}, {commit or 'no commit'}, Python {platform.python_version()},",
        end=" ",
    )
    print(f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(dir=os.environ.get("WORK")) as folder:
        copy_program(Path(folder))
        if told.quick:
            now = quick(Path(folder))
            if told.record:
                QUICK.write_text(json.dumps(now, indent=1) + "\n", "utf-8")
            return
        for n in told.sizes:
            table(bench(n, told.rounds, Path(folder), hugo))


if __name__ == "__main__":
    main()
