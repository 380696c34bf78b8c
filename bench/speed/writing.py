"""Writes a site's files again and does nothing else, which no build can beat.

``python writing.py SITE FOLDER`` prints seconds of wall and of processor time. Files are read some
at a time, and only writing them is counted; each is created in place and left to the system.
"""

import os
import sys
import time
from pathlib import Path

HELD = 2_000  # files read before they are written


def write_again(site: Path, folder: Path) -> tuple[float, float]:
    """Return seconds of wall and of processor time."""
    wall = used = 0.0
    made: set[Path] = set()
    paths = [path.relative_to(site) for path in sorted(site.rglob("*")) if path.is_file()]
    for begin in range(0, len(paths), HELD):
        files = [(path, (site / path).read_bytes()) for path in paths[begin : begin + HELD]]
        start, before = time.monotonic(), time.process_time()
        for path, data in files:
            target = folder / path
            if target.parent not in made:
                target.parent.mkdir(parents=True, exist_ok=True)
                made.add(target.parent)
            file = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
            view = memoryview(data)
            while view:
                view = view[os.write(file, view) :]
            os.close(file)
        wall += time.monotonic() - start
        used += time.process_time() - before
    return wall, used


if __name__ == "__main__":
    print(*write_again(Path(sys.argv[1]), Path(sys.argv[2])))
