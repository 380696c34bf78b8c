"""Media types by path, the same on every machine: those of ``_headers``, and what files end in."""

from pincite.exports.headers import RULES

_EXACT = {
    path.removeprefix("/"): value
    for path, rule in RULES
    for name, value in rule
    if name == "Content-Type"
}
_TYPES = (
    (".html", "text/html; charset=utf-8"),
    (".css", "text/css; charset=utf-8"),
    (".js", "text/javascript; charset=utf-8"),
    (".json", "application/json; charset=utf-8"),
    (".xml", "application/xml; charset=utf-8"),
    (".csv", "text/csv; charset=utf-8"),
    (".txt", "text/plain; charset=utf-8"),
    (".svg", "image/svg+xml"),
    (".webmanifest", "application/manifest+json"),
    *((".png", "image/png"), (".jpg", "image/jpeg"), (".webp", "image/webp")),
    *((".gif", "image/gif"), (".avif", "image/avif"), (".ico", "image/x-icon")),
    *((".mp3", "audio/mpeg"), (".ogg", "audio/ogg"), (".wav", "audio/wav")),
    *((".m4a", "audio/mp4"), (".flac", "audio/flac"), (".opus", "audio/ogg")),
    *((".mp4", "video/mp4"), (".webm", "video/webm"), (".vtt", "text/vtt; charset=utf-8")),
    *((".pdf", "application/pdf"), (".woff2", "font/woff2")),
)


def type_of(path: str) -> str:
    """Return the media type that *path* is sent with."""
    if path in _EXACT:
        return _EXACT[path]
    return next((type for end, type in _TYPES if path.endswith(end)), "application/octet-stream")
