"""Kill builds at random moments: ``python bench/kills.py [COUNT]``; prints what was found after it.

Cold builds, builds after an edit, and builds in two processes take turns. After each kill every
page is whole and no citation leads nowhere; after each next build the site is that of a clean one.
"""

import random
import shutil
import signal
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "generator"), str(ROOT / "tests")]

from hostile import machines  # noqa: E402
from hostile.test_kills import EDITS, start  # noqa: E402
from support import Site  # noqa: E402


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    chance = random.Random(1)
    killed = finished = links = 0
    with tempfile.TemporaryDirectory() as folder:
        while killed < count:
            edit, jobs = EDITS[(killed + finished) % len(EDITS)], chance.choice((1, 2))
            shutil.rmtree(folder, ignore_errors=True)
            site = Site(Path(folder) / "p")
            start(site)
            before = site.build().output() if edit else {}
            if edit:
                edit(site)
            clean = Site(Path(folder) / "clean", bare=True).copy_from(site.root).build().output()
            code = machines.run_apart(site, chance.randrange(5, 300), jobs=jobs)
            killed, finished = killed + (code == -signal.SIGKILL), finished + (code == 0)
            if site.out.exists():
                machines.assert_whole(site, before, clean)
                links += machines.assert_citations_lead_somewhere(site.out)
            site.build()
            assert site.output() == clean
            machines.assert_no_debris(site.out)
    print(f"{killed} builds killed, {finished} finished first; {links} citation links followed:")
    print("every file whole, no link led nowhere, every next build equal to a clean one")


if __name__ == "__main__":
    main()
