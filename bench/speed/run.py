"""Builds made-up sites and prints what that costs, beside other programs and beside only writing.

    python bench/speed/run.py 1000 10000 --peers FOLDER     # all, three rounds
    python bench/speed/run.py 10000 --only hugo,pincite --edits cold,event --serve 10 --keep
    python bench/speed/run.py --quick                       # 1,000 events: under a minute

Quote ratios: other work on the machine slows all of one round alike. All programs take their turn
in every round. Output is moved away before a cold build, because creating files just after many
were deleted is slow on some file systems; what was moved is deleted at the end of a size.
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
from collections.abc import Callable, Iterator
from pathlib import Path

from measuring import Cost, TooLongError, measure
from peers import PEERS, SITES, Peer, install

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
QUICK, RESULTS = HERE / "quick.json", HERE.parent / "RESULTS.md"
EDITS = ("cold", "unchanged", "event", "source", "template")
OURS, WRITING, HUGO = "pincite", "writing", "hugo"
PINCITE = Peer(
    "pincite",
    lambda _: (sys.executable, "-m", "pincite", "build", "--quiet", "--out", "public"),
    "content/events/e000001.yaml",
    "content/sources/s00001.md",
    "templates/event.html",
    (".pincite",),
)
Found = dict[tuple[str, str], list[Cost]]  # (what, who) → one for each round


def copy_program(folder: Path, commit: str) -> Path:
    """Build with a copy, which nobody edits meanwhile: a changed program builds everything."""
    program = folder / "program/generator"
    if commit:
        git = ["git", "archive", "--output", str(folder / "program.tar"), commit]
        subprocess.run([*git, "generator", "templates"], cwd=ROOT, check=True)
        shutil.unpack_archive(folder / "program.tar", folder / "program", filter="data")
    else:
        ignored = shutil.ignore_patterns("__pycache__")
        for name in ("generator", "templates"):
            shutil.copytree(ROOT / name, folder / "program" / name, ignore=ignored)
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(program)], check=True)
    os.environ["PYTHONPATH"] = str(program)
    return program


def apart(script: str, *told: object) -> str:
    """Run a script in a process of its own, and return what it prints.

    A process begins with the memory of the one that starts it, which would be measured.
    """
    command = [sys.executable, str(HERE / script), *map(str, told)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def change(path: Path, pattern: str, new: str) -> None:
    text, count = re.subn(pattern, new, path.read_text("utf-8"), count=1, flags=re.MULTILINE)
    assert count == 1, f"{pattern!r} is not in {path}"
    path.write_text(text, "utf-8")


def edit(what: str, who: str, peer: Peer, folder: Path, mark: str) -> None:
    """Edit one event's text, one source's publisher, or the template of all events."""
    if what == "event" and who == OURS:
        change(folder / peer.event, r"^  claims:", f"\n    Edited {mark}.\n  claims:")
    elif what == "event":
        with (folder / peer.event).open("a", encoding="utf-8") as file:
            file.write(f"\nEdited {mark}.\n")
    elif what == "source":
        change(folder / peer.source, r"^([Pp]ublisher): .*", rf"\1: Edited {mark}")
    elif what == "template":
        tag = '<main id="main"' if who == OURS else '<section class="citations"'
        change(folder / peer.template, f"{tag}[^>]*>", f'{tag} data-edited="{mark}">')


def see_edit(what: str, folder: Path, mark: str) -> None:
    """Leave where the page that was edited does not show it."""
    page = "sources/s00001" if what == "source" else "events/e000001"
    text = (folder / "public" / page / "index.html").read_text("utf-8")
    assert what not in EDITS[2:] or mark in text, f"{folder}: {what} {mark} is not on {page}"


def move_away(folder: Path, *names: str) -> None:
    for name in names:
        if (folder / name).exists():
            trash = folder.parent / "trash"
            trash.mkdir(exist_ok=True)
            (folder / name).rename(trash / f"{folder.name}-{name}-{time.time_ns()}")


def prepare(who: str, peer: Peer, count: int, folder: Path, *, plain: bool) -> None:
    if who != OURS:
        site = "floor" if who == "script" else who
        shutil.copytree(SITES / site, folder)
    apart("forms.py", peer.form, count, folder, *(["--plain"] if plain else []))
    if who == OURS:
        (folder / "templates").mkdir()
        shutil.copy(ROOT / peer.template, folder / peer.template)


class Bench:
    """One size: the sites in a folder of their own, and what was found."""

    def __init__(self, count: int, folder: Path, told: argparse.Namespace) -> None:
        self.count, self.folder, self.told = count, folder, told
        self.peers = {who: p for who, p in {OURS: PINCITE, **PEERS}.items() if who in told.only}
        self.found: Found = {}
        self.said: list[str] = []

    def run(self) -> None:
        for who, peer in self.peers.items():
            prepare(who, peer, self.count, self.folder / who, plain=self.told.plain)
        for number in range(self.told.rounds):
            for what in EDITS:
                if what == "cold" or what in self.told.edits:
                    self.turn(what, f"round {number} {what}")
        for who in self.peers:
            files = (p for p in (self.folder / who / "public").rglob("*") if p.is_file())
            sizes = [path.stat().st_size for path in files]
            size = f"{len(sizes):,} files of {sum(sizes) / 1e6:,.0f} MB"
            self.said.append(f"{self.count:,} events, {who}: {size}.")

    def turn(self, what: str, mark: str) -> None:
        """Let everybody build once."""
        for who, peer in tuple(self.peers.items()):
            folder = self.folder / who
            if what == "cold":
                move_away(folder, "public", *peer.caches)
            edit(what, who, peer, folder, mark)
            again = peer.again if "event" in self.told.edits else ()
            command = (*peer.command(self.told.peers), *again)
            try:
                self.note(what, who, measure(command, folder, self.told.limit))
            except TooLongError:
                del self.peers[who]
                self.said.append(f"{self.count:,} events, {who}: stopped, {what} took too long.")
                continue
            see_edit(what, folder, mark)
        if what == "cold" and WRITING in self.told.only:
            self.write_again()

    def write_again(self) -> None:
        at = self.folder / "trash" / f"again-{time.time_ns()}"
        wall, used = apart("writing.py", self.folder / OURS / "public", at).split()
        self.note("cold", WRITING, Cost(float(wall), float(used), 0))

    def note(self, what: str, who: str, cost: Cost) -> None:
        self.found.setdefault((what, who), []).append(cost)
        figures = " ".join(f"{figure:.2f}" for figure in cost)
        print(f"{self.count} {what} {who}: {figures}", file=sys.stderr, flush=True)


def table(found: Found) -> Iterator[str]:
    """Yield medians, and medians of the ratios to cold builds of the same round."""
    columns: list[tuple[str, str, Callable[[Cost], float]]] = [
        ("wall ÷ Hugo cold", HUGO, lambda c: c.wall),
        ("processor ÷ Hugo cold", HUGO, lambda c: c.processor),
        ("memory ÷ Hugo cold", HUGO, lambda c: c.memory),
        ("wall ÷ writing", WRITING, lambda c: c.wall),
        ("processor ÷ writing", WRITING, lambda c: c.processor),
    ]
    columns = [column for column in columns if ("cold", column[1]) in found]
    heads = ("what", "who", "wall s", "processor s", "MB", *(head for head, _, _ in columns))
    yield "| " + " | ".join(heads) + " |"
    yield "|---" * len(heads) + "|"
    for (what, who), costs in sorted(found.items(), key=lambda item: EDITS.index(item[0][0])):
        wall, used, memory = (statistics.median(column) for column in zip(*costs, strict=True))
        cells = [what, who, f"{wall:.2f}", f"{used:.2f}", f"{memory:.0f}" if memory else ""]
        for _, other, part in columns:
            pairs = zip(costs, found["cold", other], strict=False)
            ratios = [part(cost) / part(base) for cost, base in pairs if part(cost)]
            cells.append(f"{statistics.median(ratios):.3g}" if ratios else "")
        yield "| " + " | ".join(cells) + " |"


def bench(count: int, told: argparse.Namespace, work: Path, program: Path) -> Iterator[str]:
    """Yield what to print of one size."""
    folder = work / str(count)
    folder.mkdir()
    one = Bench(count, folder, told)
    one.run()
    yield from one.said
    yield ""
    yield from table(one.found)
    if told.serve:
        spent = [int(ms) for ms in apart("saving.py", folder / OURS, program, told.serve).split()]
        yield f"\nFrom saving to the page shown anew in Chromium, {told.serve} times: median "
        yield f"{statistics.median(spent):.0f} ms, longest {max(spent)} ms."
    yield ""
    shutil.rmtree(folder)


def quick(told: argparse.Namespace, work: Path) -> Iterator[str]:
    """Yield a comparison with the recorded ratios: processor time to that of writing, and MB."""
    told.only, told.rounds, told.edits = [OURS, WRITING], 2, list(EDITS)
    one = Bench(1000, work, told)
    one.run()
    one.write_again()  # it is short, and so it varies most
    base = min(cost.processor for cost in one.found["cold", WRITING])
    before = json.loads(QUICK.read_text("utf-8")) if QUICK.exists() else {}
    now = {}
    for what in EDITS:
        costs = one.found[what, OURS]
        ratio = round(min(cost.processor for cost in costs) / base, 1)
        memory = round(min(cost.memory for cost in costs))
        now[what] = [ratio, memory]
        was = before.get(what, now[what])
        slower = " SLOWER" if ratio > 1.5 * was[0] else ""
        larger = " LARGER" if memory > 1.3 * was[1] else ""
        yield (
            f"{what}: {ratio} × writing, recorded {was[0]}{slower}; "
            f"{memory} MB, recorded {was[1]}{larger}"
        )
    if told.record:
        QUICK.write_text(json.dumps(now, indent=1) + "\n", "utf-8")


def headline(told: argparse.Namespace) -> str:
    """Return date and commit, and on what it was run."""
    git = ["git", "describe", "--always", "--exclude=*", told.commit or "--dirty"]
    said = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=False)
    commit = said.stdout.strip() or "no commit"
    cores = f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}"
    plain = ", plain events" if told.plain else ""
    return (
        f"## {time.strftime('%Y-%m-%d')}, {commit}\n\nPython {platform.python_version()}, {cores}; "
        f"rounds: {told.rounds}{plain}.\n"
    )


def keep(text: str) -> None:
    """Put *text* before all that RESULTS.md has."""
    old = RESULTS.read_text("utf-8")
    at = old.find("\n## ") + 1
    RESULTS.write_text(f"{old[:at]}{text.rstrip()}\n\n{old[at:]}", "utf-8")


def main() -> None:
    everybody = [OURS, WRITING, *PEERS]
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[1000, 10000], help="events")
    parser.add_argument("--only", default=",".join(everybody), help="of " + ", ".join(everybody))
    parser.add_argument("--edits", default=",".join(EDITS), help="of " + ", ".join(EDITS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--serve", type=int, default=0, help="so many saves, seen in Chromium")
    parser.add_argument("--commit", default="", help="of Pincite (default: what is here)")
    parser.add_argument("--peers", type=Path, default=Path("peers"), help="where they are")
    parser.add_argument("--install", action="store_true", help="put those that miss there, first")
    parser.add_argument("--plain", action="store_true", help="nothing that others cannot say")
    parser.add_argument("--limit", type=float, default=1800, help="seconds for one build")
    parser.add_argument("--work", type=Path, help="where sites are built (default: temporary)")
    parser.add_argument("--keep", action="store_true", help="put the tables in bench/RESULTS.md")
    parser.add_argument("--quick", action="store_true", help="compare with what is recorded")
    parser.add_argument("--record", action="store_true", help="keep what --quick finds")
    told = parser.parse_args()
    told.peers = told.peers.absolute()
    told.only, told.edits = told.only.split(","), told.edits.split(",")
    if wrong := {*told.only, *told.edits} - {*everybody, *EDITS}:
        parser.error("no such thing: " + ", ".join(sorted(wrong)))
    if OURS not in told.only and WRITING in told.only:
        told.only.remove(WRITING)  # it writes what Pincite made
    if told.install:
        install(told.peers, ["floor" if who == "script" else who for who in told.only])
    said = [headline(told)]
    with tempfile.TemporaryDirectory(dir=told.work) as name:
        work = Path(name)
        program = copy_program(work, told.commit)
        if told.quick:
            print(said[0], *quick(told, work), sep="\n")
            return
        print(said[0], flush=True)
        for count in told.sizes:
            for line in bench(count, told, work, program):
                print(line, flush=True)
                said.append(line)
    if told.keep:
        keep("\n".join(said))


if __name__ == "__main__":
    main()
