"""Who may be in: a bound on open connections, which lets the newest in and the oldest go.

Without it a flood takes every handle the system grants, and then nobody is answered. Who never
reads what was asked for would stay for ever; a page's socket that had to go connects anew.
"""

from typing import Any, Final

from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream

_MOST: Final = 200  # a browser holds six, and one for each open page


class Door(HTTPServer):
    """A server that holds no more connections than it can serve."""

    def initialize(self, *args: Any, **kwargs: Any) -> None:
        self._inside: list[IOStream] = []  # in order of arrival
        self._most = min(_MOST, _handles() // 4)  # each may have a file open
        super().initialize(*args, **kwargs)

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        inside = [one for one in self._inside if not one.closed()]
        while len(inside) >= self._most:
            inside.pop(0).close()
        self._inside = [*inside, stream]
        super().handle_stream(stream, address)


def _handles() -> int:
    """Return how many files and connections this process may have open."""
    try:
        import resource  # noqa: PLC0415 - Windows has none, and no such bound
    except ImportError:
        return 2 * _MOST
    granted: int = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return granted if granted > 0 else 2 * _MOST  # RLIM_INFINITY is -1
