"""A preview that runs beside a test, and a build that does as it is told."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from pincite.serve import Rebuilt
from pincite.serve.server import Preview

FINE = Rebuilt(ok=True, changed=(), report="", summary="")


class Answer:
    """A response read to its end; *headers* have names in lower case."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body


def ask(
    port: int, path: str, method: str = "GET", *, host: str | None = None, **headers: str
) -> Answer:
    """Send *path* byte for byte; an underscore in a header's name is a hyphen."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", f"127.0.0.1:{port}" if host is None else host)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, response.read())
    finally:
        connection.close()


def wait_for(condition: Callable[[], object], seconds: float = 5.0) -> None:
    """Return once *condition* holds; a preview that never gets there fails the test."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.005)


def run_apart(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run *coroutine* in a thread of its own: Playwright keeps a loop running on the main one."""
    with ThreadPoolExecutor(1) as executor:
        executor.submit(asyncio.run, coroutine).result()


@contextmanager
def previewing(
    project: Path,
    out: Path,
    rebuild: Callable[[frozenset[str] | None], Rebuilt],
    watched: tuple[Path, ...],
    host: str = "127.0.0.1",
    port: int = 0,
) -> Iterator[tuple[Preview, list[str]]]:
    """Yield a running preview and the lines it announces."""
    announced: list[str] = []
    preview = Preview(
        project, out, rebuild, watched, host=host, port=port, announce=announced.append
    )
    stopping: list[Callable[[], object]] = []

    async def run() -> None:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert task is not None
        stopping.append(lambda: loop.call_soon_threadsafe(task.cancel))
        await preview.run()

    def main() -> None:
        with suppress(asyncio.CancelledError):
            asyncio.run(run())

    thread = threading.Thread(target=main)
    thread.start()
    try:
        wait_for(lambda: any(line.startswith("Serving at") for line in announced))
        yield preview, announced
    finally:
        stopping[0]()
        thread.join(20)
        preview.close()
        assert not thread.is_alive()
