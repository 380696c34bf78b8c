"""Kill commands at random moments: ``python bench/kills.py [COUNT [NAME…]]``; prints what held.

Every command that writes takes its turn. Half are killed at a change of the disk, half after a
random time, with all that they started. After each kill every file is whole, the author's as it
was or as it will be, no citation link leads nowhere, and the project can be built; run again, the
command ends as one that was never killed, and leaves nothing else behind.
"""

import random
import signal
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "generator"), str(ROOT / "tests")]

from hostile import commands  # noqa: E402


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    chance = random.Random(1)
    killed: Counter[str] = Counter()
    finished: Counter[str] = Counter()
    links = 0
    with ExitStack() as stack:
        cases = [
            *commands.CASES,
            stack.enter_context(commands.with_bucket()),
            stack.enter_context(commands.with_originals()),
        ]
        cases = [case for case in cases if case.name in sys.argv[2:] or not sys.argv[2:]]
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        worlds = [commands.make_world(case, folder / str(n)) for n, case in enumerate(cases)]
        turn = 0
        while killed.total() < count:
            world, by_time = worlds[turn % len(worlds)], chance.random() < 0.5
            turn += 1
            world.lay_out()
            code = commands.run(
                world.folder,
                world.case.arguments,
                kill_at=None if by_time else chance.randrange(world.changes),
                kill_after=chance.uniform(0, world.seconds) if by_time else None,
            )
            (killed if code == -signal.SIGKILL else finished)[world.case.name] += 1
            print(f"\r{killed.total()} of {count}", end="", file=sys.stderr, flush=True)
            try:
                links += commands.assert_survived(world)
                if turn % 2:
                    commands.assert_builds(world)
                commands.assert_goes_on(world)
            except AssertionError:
                print(f"turn {turn}: {world.case.name}, {'time' if by_time else 'change'}, {code}")
                raise
    for case in cases:
        print(f"{case.name}: {killed[case.name]} killed, {finished[case.name]} finished first")
    print(f"{killed.total()} killed, {finished.total()} finished first; {links} citation links")
    print("were followed: every file whole, no link led nowhere, every next run went on")


if __name__ == "__main__":
    main()
