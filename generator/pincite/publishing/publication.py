"""Publishing, step by step: what is known, what would change, what may not, and then the change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pincite.authored import hold, write_authored
from pincite.base.diagnostics import Failure
from pincite.base.text import Text
from pincite.disk import STATE, discard
from pincite.load.project import PUBLISHED
from pincite.load.published import parse_published, published_text
from pincite.publishing.difference import Seen, Target, find_lost, lasting_addresses
from pincite.publishing.staging import UNFINISHED, stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the author asked for."""

    dry_run: bool = False
    allow_removed: bool = False
    take_over: bool = False
    precompress: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What came of it. Where *lost* is not empty and not allowed, nothing was published."""

    seen: Seen
    lost: tuple[str, ...]
    done: bool


def publish_site(
    root: Path,
    out: Path,
    contents: Mapping[str, str],
    target: Target,
    wanted: Wanted,
    *,
    extra: Mapping[str, bytes],
    announce: Callable[[str], None],
) -> Publication:
    """Bring *target* up to date with the files of *contents*, which were just built in *out*.

    Raises Failure where the world does not allow it, or where something else stands at the place.
    """
    with hold(root, "publish", "the site is being published by another command"):
        _forget_unfinished(root)
        return _publish(root, out, contents, target, wanted, extra, announce)


def _publish(
    root: Path,
    out: Path,
    contents: Mapping[str, str],
    target: Target,
    wanted: Wanted,
    extra: Mapping[str, bytes],
    announce: Callable[[str], None],
) -> Publication:
    known = read_published(root)
    try:
        with stage(root, out, contents, extra=extra, precompress=wanted.precompress) as staged:
            seen = target.look(staged)
            if seen.occupied and not seen.is_pincite and not wanted.take_over:
                raise Failure(
                    f"{target.name} holds something that is no Pincite site",
                    help="name another place, or replace all of it with `--take-over`",
                )
            lost = find_lost(known, staged.files, seen.difference)
            if wanted.dry_run or (lost and not wanted.allow_removed):
                return Publication(seen=seen, lost=lost, done=False)
            if seen.difference:
                announce(f"Publishing to {target.name} …")
                target.send(staged, seen)
    except OSError as problem:
        where = f" {problem.filename}:" if problem.filename else ""
        raise Failure(f"cannot publish to {target.name}:{where} {problem.strerror}") from None
    kept = set(known) | set(lasting_addresses(contents))
    _write_published(root, published_text(kept - set(lost)))
    return Publication(seen=seen, lost=lost, done=True)


def read_published(root: Path) -> tuple[str, ...]:
    """Return the addresses that were ever published, as far as the project knows."""
    try:
        value = (root / PUBLISHED).read_text("utf-8-sig")
    except (OSError, ValueError):  # not there yet; the build has looked at it more closely
        return ()
    addresses, _ = parse_published(Text(PUBLISHED, value))
    return tuple(address.address for address in addresses)


def _write_published(root: Path, text: str) -> None:
    try:
        there = (root / PUBLISHED).read_bytes() if (root / PUBLISHED).exists() else None
        write_authored(root, PUBLISHED, text.encode(), before=there)
    except OSError as problem:
        path = root / PUBLISHED
        raise Failure(
            f"the site is published, but {path} cannot be written: {problem.strerror}"
        ) from None
    except Failure as failure:
        raise Failure(f"the site is published, but {failure.message}", help=failure.help) from None


def _forget_unfinished(root: Path) -> None:
    """Remove what lies in our folder of a publication that was killed."""
    for folder in (root / STATE).glob(f"{UNFINISHED}*"):
        discard(folder)
