"""What `add` is given, a file or an address, to its bytes and where they came from."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from pincite.base.diagnostics import Failure
from pincite.ingest.intake import MOST_BYTES, Received, find_ending


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    received: Received
    url: str = ""  # where it was fetched from in the end
    at: str = ""  # when, RFC 3339
    inside: str = ""  # its path, if it lies in seeds/ already

    @property
    def sha256(self) -> str:
        return sha256(self.received.data).hexdigest()


def receive(target: str, record: str, root: Path, *, allow_private: bool) -> Arrival:
    if target.lower().startswith(("http://", "https://")):
        return _fetch(target, record, allow_private=allow_private)
    path = Path(target)
    try:
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "is not there"
            raise Failure(f"{target} {what}", help="give a file, or an address with http(s)://")
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Failure(
                f"{target} has more than {MOST_BYTES >> 20} MB",
                help="save the article alone, without its pictures",
            )
        data = path.read_bytes()
    except OSError as problem:
        raise Failure(f"cannot read {target}: {problem.strerror}") from None
    received = Received(data=data, ending=find_ending(path.name, data), record=record)
    seeds = (root / "seeds").resolve()
    real = path.resolve()
    inside = f"seeds/{real.relative_to(seeds).as_posix()}" if real.is_relative_to(seeds) else ""
    return Arrival(received=received, inside=inside)


def _fetch(url: str, record: str, *, allow_private: bool) -> Arrival:
    from pincite.net.fetch import Limits, fetch  # noqa: PLC0415 - files need no network

    answer = fetch(url, limits=Limits(bytes=MOST_BYTES, seconds=120.0), allow_private=allow_private)
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if answer.status != 200:
        raise Failure(
            f"{url} answers {answer.status}",
            help="it may want a login or a browser: save the page there, and add the file",
        )
    name = urlsplit(answer.url).path.rpartition("/")[2] or "page"
    charset = answer.header("content-type").lower().partition("charset=")[2].partition(";")[0]
    received = Received(
        data=answer.body,
        ending=find_ending(name, answer.body, answer.media_type),
        url=answer.url,
        charset=charset.strip(" \"'"),
        record=record,
    )
    return Arrival(received=received, url=answer.url, at=at)
