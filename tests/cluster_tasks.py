"""What the workers of the tests' cluster are told to do: ``cluster_tasks.py ADDRESS TASK [TOLD …]``.

It is run in a process of its own, because a client of Dask leaves threads behind.
"""

import json
import os
import signal
import sys
from pathlib import Path

from pincite.base.diagnostics import Failure
from pincite.cluster import scheduler
from pincite.cluster.scheduler import connected


def double(number):
    return 2 * number


def end_once(number, mark):
    """End this worker, as the system does, unless that has been done before."""
    try:
        Path(mark).touch(exist_ok=False)
    except FileExistsError:
        return number
    os.kill(os.getpid(), signal.SIGKILL)
    return None


def refuse(number):
    return Failure(f"no {number}", help="none")


def fail(number):
    raise LookupError(f"lost {number}")


def lose(number, worker):
    """End this worker each time; *worker* is not looked at."""
    os.kill(os.getpid(), signal.SIGKILL)


def wait(address, count):
    import distributed

    with distributed.Client(address, set_as_default=False) as client:
        client.wait_for_workers(int(count), timeout=60)


def main(address, name, *told):
    """Say what the task gave for twenty numbers, or with what it failed."""
    if name == "wait":
        wait(address, *told)
        return
    scheduler._ANSWER = scheduler._ALONE = 2
    import cluster_tasks  # under this name the workers find it

    try:
        with connected(address) as cluster:
            tasks = [(number, *told) for number in range(20)]
            found = sorted(cluster.each(getattr(cluster_tasks, name), tasks))
    except Failure as failure:
        found = [failure.message, failure.help]
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
