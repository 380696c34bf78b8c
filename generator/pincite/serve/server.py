"""The preview server: livereload's engine behind handlers that serve the output folder and no more.

Everything here runs on one thread, the event loop's; only rebuilds run elsewhere.
"""

import asyncio
import errno
import logging
import secrets
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

from tornado.web import Application

from pincite.base.diagnostics import Failure
from pincite.serve import Rebuild, Rebuilt
from pincite.serve.door import Door
from pincite.serve.handlers import PageSocket, make_routes
from pincite.serve.overlay import STATUS
from pincite.serve.watch import InputWatcher

_LONGEST_HEADER = 16 * 1024  # bytes
_IDLE_TIMEOUT = 60.0  # seconds until a silent or slow connection is closed
_LONGEST_MESSAGE = 16 * 1024  # bytes a page may send through its socket
_LAST_PORT = 65_535

Announce = Callable[[str], None]


def serve(
    project: Path,
    out: Path,
    rebuild: Rebuild,
    watched: tuple[Path, ...],
    *,
    host: str,
    port: int,
    open_browser: bool,
    announce: Announce,
) -> None:
    """Build, serve *out*, and rebuild and reload on every change of *watched*, until Ctrl-C.

    *port* 0 takes any free one; *announce* is told the address and each outcome. Raises Failure
    when the port is taken or the first build meets a fault of the world.
    """
    preview = None
    try:
        preview = Preview(project, out, rebuild, watched, host=host, port=port, announce=announce)
        asyncio.run(preview.run(open_browser=open_browser))
    except (KeyboardInterrupt, asyncio.CancelledError):
        announce("Stopped.")
    finally:
        if preview is not None:
            preview.close()


class Preview:
    """A bound, watching, once built preview: what the handlers share."""

    def __init__(
        self,
        project: Path,
        out: Path,
        rebuild: Rebuild,
        watched: tuple[Path, ...],
        *,
        host: str,
        port: int,
        announce: Announce,
    ) -> None:
        self._sockets = _bind(host, port)
        self._watcher: InputWatcher | None = None
        try:
            address: str = self._sockets[0].getsockname()[0]
            self.port: int = self._sockets[0].getsockname()[1]
            self._announce = announce
            self._run_id = secrets.token_hex(4)  # pages of an earlier run are not up to date
            self._count = 0
            self.out = out
            self.anywhere = ip_address(address.partition("%")[0]).is_unspecified
            self.exposed = not ip_address(address.partition("%")[0]).is_loopback
            self.names = _name_host(host, address, exposed=self.exposed)
            self.url = f"http://{_name_url(host, address, anywhere=self.anywhere)}:{self.port}/"
            watcher = self._watcher = InputWatcher(project, out, watched, rebuild)
            self.latest = rebuild(None)
            self.listener = _make_listener(self, watcher)
        except BaseException:
            self.close()
            raise

    @property
    def generation(self) -> str:
        """Names the state of the published site; a page of another generation is out of date."""
        return f"{self._run_id}-{self._count}"

    @property
    def has_site(self) -> bool:
        return self.latest.ok or (self.out / "index.html").is_file()

    async def run(self, *, open_browser: bool = False) -> None:
        """Answer until cancelled."""
        for name in ("tornado", "livereload"):  # their log is not for those who write timelines
            logging.getLogger(name).addHandler(logging.NullHandler())
        application = Application(
            make_routes(self),
            log_function=lambda _: None,
            websocket_ping_interval=20,
            websocket_max_message_size=_LONGEST_MESSAGE,
        )
        server = Door(
            application,
            max_header_size=_LONGEST_HEADER,
            max_body_size=0,
            max_buffer_size=2 * _LONGEST_HEADER,
            idle_connection_timeout=_IDLE_TIMEOUT,
            body_timeout=_IDLE_TIMEOUT,
        )
        server.add_sockets(self._sockets)
        self._heed_termination()
        self.listener.start_tasks()
        self._tell(self.latest)
        if self.exposed:
            self._announce(
                "Warning: everyone on this network can read this preview, drafts and all; "
                "without --host only this computer can."
            )
        self._announce(f"Serving at {self.url} (Ctrl-C stops)")
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(self.url,), daemon=True).start()
        try:
            await asyncio.Event().wait()
        finally:
            server.stop()
            for page in tuple(self.listener.waiters):
                page.close()
            await server.close_all_connections()

    def close(self) -> None:
        """Free the port and end the watching; a second time does nothing."""
        for bound in self._sockets:
            bound.close()
        if self._watcher is not None:
            self._watcher.stop()

    def accept(self, rebuilt: Rebuilt) -> None:
        """Take in a rebuild's outcome and tell every open page what to do about it."""
        had_site = self.has_site
        paths = find_reloads(self.latest, rebuilt, had_site=had_site)
        self.latest = rebuilt
        if "*" in paths or any(path != STATUS for path in paths):
            self._count += 1
        self._tell(rebuilt)
        for path in paths:
            self.listener.reload_waiters(path)

    def greet(self, page: PageSocket, generation: object) -> None:
        """Bring a page up to date that was loaded before a rebuild it was not told of."""
        if isinstance(generation, str) and generation != self.generation:
            path = "*"
        elif not self.latest.ok and self.has_site:
            path = STATUS
        else:
            return
        page.send_message({"command": "reload", "path": path, "liveCSS": True, "liveImg": True})

    def _tell(self, rebuilt: Rebuilt) -> None:
        if rebuilt.report:
            self._announce(rebuilt.report.rstrip("\n"))
        if rebuilt.summary and rebuilt.report.rstrip("\n").rpartition("\n")[2] != rebuilt.summary:
            self._announce(rebuilt.summary)  # which a report of errors ends with

    def _heed_termination(self) -> None:
        """Let a container's stop end the preview as Ctrl-C does, where signals can be had."""
        task = asyncio.current_task()
        if task is None or threading.current_thread() is not threading.main_thread():
            return
        try:
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        except NotImplementedError:  # Windows
            return


def find_reloads(before: Rebuilt, now: Rebuilt, *, had_site: bool) -> tuple[str, ...]:
    """Return what to send to open pages: style sheets to swap, ``*`` for a reload, or STATUS.

    While there is no site, open pages show findings, so each outcome is a new page.
    """
    if not had_site:
        return ("*",)
    if not now.ok:
        return (STATUS,)
    if not before.ok:
        return ("*",)
    visible = [path for path in now.changed if not path.startswith(".") and "/." not in path]
    if visible and all(path.endswith(".css") for path in visible):
        return tuple(visible)
    return ("*",) if visible else ()


def _make_listener(preview: Preview, watcher: InputWatcher) -> type[PageSocket]:
    """Return livereload's socket handler with state of its own (livereload keeps it on a class)."""
    state = {
        "preview": preview,
        "watcher": watcher,
        "waiters": set(),
        "live_css": True,
        "_last_reload_time": None,
    }
    return type("Listener", (PageSocket,), state)


def _bind(host: str, port: int) -> tuple[socket.socket, ...]:
    try:
        return _open_sockets(host, port)
    except (OSError, OverflowError, UnicodeError) as error:
        number = getattr(error, "errno", None)
        if number == errno.EADDRINUSE:
            raise Failure(
                f"port {port} on {host} is taken",
                help="another preview may be running; name another port with --port, or --port 0 "
                "for any that is free",
            ) from error
        if number == errno.EACCES:
            raise Failure(
                f"port {port} may not be used without special rights",
                help="take one above 1023, such as --port 8000",
            ) from error
        raise Failure(
            f"cannot listen on {host}, port {port}: {getattr(error, 'strerror', None) or error}",
            help="leave --host and --port out to listen on this computer only",
        ) from error


def _open_sockets(host: str, port: int) -> tuple[socket.socket, ...]:
    """Listen on every address of *host*: ``localhost`` is one in IPv4 and another in IPv6."""
    if not 0 <= port <= _LAST_PORT:  # the system would count on from 0
        raise OverflowError(f"ports end at {_LAST_PORT}")
    found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    opened: list[socket.socket] = []
    try:
        for family, address in sorted({(entry[0], entry[4]) for entry in found}):
            if opened:
                port = opened[0].getsockname()[1]
            try:
                bound = socket.create_server((str(address[0]), port), family=family, backlog=128)
            except OSError as error:
                if opened and error.errno in {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}:
                    continue  # IPv6 is known here but switched off
                raise
            bound.setblocking(False)
            opened.append(bound)
    except BaseException:
        for bound in opened:
            bound.close()
        raise
    return tuple(opened)


def _name_host(host: str, address: str, *, exposed: bool) -> frozenset[str]:
    names = {"localhost", "127.0.0.1", "[::1]", _bracket(host.lower()), _bracket(address)}
    if exposed:
        own = socket.gethostname().lower()
        names |= {own, f"{own.partition('.')[0]}.local"}
    return frozenset(names)


def _name_url(host: str, address: str, *, anywhere: bool) -> str:
    if anywhere:
        return "127.0.0.1"
    return _bracket(host or address)


def _bracket(host: str) -> str:
    return f"[{host}]" if ":" in host else host
