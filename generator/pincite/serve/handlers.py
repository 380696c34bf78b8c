"""The preview's answers to requests: GET and HEAD, for its own pages, within the output folder."""

import json
import stat
from collections.abc import Generator
from pathlib import Path
from typing import Protocol

from livereload.handlers import ForceReloadHandler, LiveReloadHandler, LiveReloadJSHandler
from tornado.web import HTTPError, RequestHandler, StaticFileHandler

from pincite.serve import Rebuilt
from pincite.serve.addresses import is_own_host, is_same_origin, parse_address
from pincite.serve.overlay import (
    SCRIPT,
    STYLE,
    prepare_page,
    read_asset,
    write_failure_page,
    write_missing_page,
    write_status,
)

_FEEDS = {"feed.json": "application/feed+json", "feed.xml": "application/atom+xml; charset=utf-8"}
_TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".avif": "image/avif",
    ".bib": "application/x-bibtex; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
    ".gif": "image/gif",
    ".htm": "text/html; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".m4a": "audio/mp4",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
    ".xsl": "application/xml; charset=utf-8",
    ".zip": "application/zip",
}
_ASSET_TYPES = {SCRIPT: _TYPES[".js"], STYLE: _TYPES[".css"]}


class Preview(Protocol):
    """What the answers depend on; all of it is read and changed on the event loop's thread only."""

    out: Path
    port: int
    names: frozenset[str]  # under which the preview may be asked for, see ``is_own_host``
    anywhere: bool
    latest: Rebuilt
    listener: type["PageSocket"]

    @property
    def generation(self) -> str: ...
    @property
    def has_site(self) -> bool: ...
    def accept(self, rebuilt: Rebuilt) -> None: ...
    def greet(self, page: "PageSocket", generation: object) -> None: ...


def make_routes(preview: Preview) -> list[tuple[str, type[RequestHandler], dict[str, object]]]:
    """Return tornado's routes; the last one answers everything that is not the preview's own."""
    shared: dict[str, object] = {"preview": preview}
    return [
        ("/livereload", preview.listener, {}),
        (r"/livereload\.js", LiveReloadScript, shared),
        ("/forcereload", ForcedReload, shared),
        (r"/__pincite/status\.json", Status, shared),
        (r"/__pincite/overlay\.(?:js|css)", Asset, shared),
        (".*", SitePage, shared),
    ]


def find_file(root: Path, segments: tuple[str, ...]) -> Path | None:
    """Return the regular file or folder at *segments*, or None; links may not lead out or hide."""
    try:
        root = root.resolve(strict=True)
        found = root.joinpath(*segments).resolve(strict=True)
        within = found.relative_to(root)
        mode = found.stat().st_mode
    except (OSError, RuntimeError, ValueError):  # RuntimeError: a circle of links, before 3.13
        return None
    if any(part.startswith(".") for part in within.parts):
        return None
    return found if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else None


class Guarded(RequestHandler):
    """Refuses other hosts' names, other methods and bodies, and says so in one plain line."""

    preview: Preview

    def initialize(self, preview: Preview) -> None:
        self.preview = preview

    def set_default_headers(self) -> None:
        self.set_header("Server", "pincite")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Content-Type", "text/plain; charset=utf-8")

    def prepare(self) -> None:
        preview = self.preview
        if not is_own_host(
            self.request.host, names=preview.names, port=preview.port, anywhere=preview.anywhere
        ):
            raise HTTPError(403, reason="This preview answers to its own address only")
        if self.request.method not in {"GET", "HEAD"}:
            raise HTTPError(405)
        if self.request.body:
            raise HTTPError(413)

    def compute_etag(self) -> None:
        return None  # nothing is cached, so nothing is compared

    def write_error(self, status_code: int, **_: object) -> None:
        if status_code == 405:
            self.set_header("Allow", "GET, HEAD")
        self.finish(f"{status_code} {self._reason}\n")

    def refuse_strangers(self) -> None:
        """Raise unless one of the preview's own pages asks, or no page at all."""
        headers, host = self.request.headers, self.request.host
        if not is_same_origin(headers.get("Origin"), headers.get("Sec-Fetch-Site"), host):
            raise HTTPError(403, reason="Another site's page may not ask for this")


class SitePage(Guarded, StaticFileHandler):
    """A file of the site, an HTML one with the preview's scripts; its 404 page for the rest."""

    _content: Generator[bytes, None, None] | None = None  # of the file that is being sent

    def initialize(self, preview: Preview) -> None:  # type: ignore[override]
        self.preview = preview
        StaticFileHandler.initialize(self, str(preview.out))

    async def get(self, path: str = "", include_body: bool = True) -> None:
        del path  # tornado's own reading of the address; ours is stricter
        preview, request = self.preview, self.request
        generation = preview.generation  # before the file is read, so that it is never too new
        if not preview.has_site:
            page = write_failure_page(preview.latest, generation=generation, host=request.host)
            self._send(page, status=503)
            return
        segments = parse_address(request.path)
        found = None if segments is None else find_file(preview.out, segments)
        if segments is not None and found is not None and found.is_dir():
            index = find_file(preview.out, (*(part for part in segments if part), "index.html"))
            if index is not None and segments[-1]:
                query = f"?{request.query}" if request.query else ""
                self.redirect(f"{request.path}/{query}")
                return
            found = index
        elif segments is not None and not segments[-1]:
            found = None  # a file is not a folder
        if segments is None or found is None or not found.is_file():
            self._send_missing(generation)
            return
        try:
            if find_type(found.name).startswith("text/html"):
                self._send(found.read_bytes(), generation=generation)
            else:
                relative = found.relative_to(preview.out.resolve()).as_posix()
                try:
                    await super().get(relative, include_body=include_body)
                finally:  # who leaves in the middle leaves a circle of values, and the file in it
                    if self._content is not None:
                        self._content.close()
        except OSError:  # the build removed it just now, or it cannot be read
            self._send_missing(generation)

    async def head(self, path: str = "") -> None:
        await self.get(path, include_body=False)

    def get_content(  # type: ignore[override]  # tornado asks the class; this one remembers
        self, abspath: str, start: int | None = None, end: int | None = None
    ) -> Generator[bytes, None, None]:
        self._content = super().get_content(abspath, start, end)
        return self._content

    def _send_missing(self, generation: str) -> None:
        own = find_file(self.preview.out, ("404.html",))
        host = self.request.host
        if own is not None and own.is_file():
            self._send(own.read_bytes(), generation=generation, status=404)
        else:
            path = self.request.path
            self._send(write_missing_page(path, generation=generation, host=host), status=404)

    def _send(self, page: bytes, *, generation: str = "", status: int = 200) -> None:
        """Send *page*, with the preview's scripts added if a *generation* is given."""
        if generation:
            page = prepare_page(page, generation=generation, host=self.request.host)
        self.set_status(status)
        self.set_header("Content-Type", _TYPES[".html"])
        self.finish(page)

    @classmethod
    def get_absolute_path(cls, root: str, path: str) -> str:
        return str(Path(root).resolve() / path)

    def validate_absolute_path(self, root: str, absolute_path: str) -> str:
        """Return *absolute_path*, which ``find_file`` has already judged."""
        del root
        return absolute_path

    def get_content_type(self) -> str:
        return find_type(Path(self.absolute_path or "").name)

    def should_return_304(self) -> bool:
        return False

    def get_cache_time(self, *_: object) -> int:
        return 0


class Status(Guarded):
    """What the overlay shows."""

    def get(self) -> None:
        self.refuse_strangers()
        self.set_header("Content-Type", "application/json")
        self.finish(write_status(self.preview.latest))

    head = get


class Asset(Guarded):
    """The overlay's script and style."""

    def get(self) -> None:
        path = self.request.path
        self.set_header("Content-Type", _ASSET_TYPES[path])
        self.finish(read_asset(path.rpartition("/")[2]))

    head = get


class LiveReloadScript(Guarded, LiveReloadJSHandler):  # type: ignore[misc]  # livereload is untyped
    """livereload's own script."""

    def get(self) -> None:
        super().get()
        self.set_header("Content-Type", _TYPES[".js"])

    head = get


class ForcedReload(Guarded, ForceReloadHandler):  # type: ignore[misc]  # livereload is untyped
    """Reloads every open page when a tool of the author's asks for it."""

    def get(self) -> None:
        self.refuse_strangers()
        self.preview.listener.reload_waiters("*")
        self.finish("ok\n")


class PageSocket(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """One open page. Its class is made anew for each preview, which is its *preview*."""

    preview: Preview
    refuse_strangers = Guarded.refuse_strangers
    compute_etag = Guarded.compute_etag
    set_default_headers = Guarded.set_default_headers
    write_error = Guarded.write_error

    def initialize(self) -> None:
        """Take nothing: what is shared stands on the class."""

    def prepare(self) -> None:
        """Refuse before tornado looks, which compares hosts only, and not in every version."""
        Guarded.prepare(self)
        self.refuse_strangers()

    def check_origin(self, origin: str) -> bool:
        return is_same_origin(origin, None, self.request.host)

    def on_message(self, message: str | bytes) -> None:
        """Shake hands; then the page waits for reloads. Anything unexpected ends the connection."""
        try:
            said = json.loads(message)
            command = said["command"]
            plugins = said.get("plugins") or {}
            generation = (plugins.get("pincite") or {}).get("generation")
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
            self.close(1003)
            return
        if command == "hello":
            super().on_message(message)
        elif command == "info":
            self.waiters.add(self)
            self.preview.greet(self, generation)

    def on_close(self) -> None:
        self.waiters.discard(self)

    @classmethod
    def poll_tasks(cls) -> None:
        """Take in what the watcher has built; livereload calls this after each rebuild."""
        while cls.watcher.rebuilds:
            cls.preview.accept(cls.watcher.rebuilds.popleft())


def find_type(name: str) -> str:
    """Return the media type of a file of the site, the same on every computer."""
    lowered = name.lower()
    return _FEEDS.get(lowered) or _TYPES.get(Path(lowered).suffix, "application/octet-stream")
