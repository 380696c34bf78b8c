"""``s3``: a bucket of S3, or of anything that speaks like it. Only what changed is sent."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import md5, sha256
from importlib import import_module
from typing import Any

from pincite.base.diagnostics import Failure
from pincite.exports.headers import RULES
from pincite.publishing.difference import TIMELINE, Seen, compare
from pincite.publishing.staging import Staged
from pincite.publishing.types import type_of
from pincite.publishing.waves import plan_waves

_AT_ONCE = 8  # requests under way
_PER_REQUEST = 1000  # keys that one request can delete
# The same as in ``_headers``, which a bucket does not know.
_CACHE = next(value for _, rule in RULES for name, value in rule if name == "Cache-Control")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """*client* is boto3's; *prefix* is empty or ends in a slash."""

    client: Any
    bucket: str
    prefix: str
    keep: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}"

    def look(self, staged: Staged) -> Seen:
        with self._failing():
            there = dict(self._listed())
            here = {path: self._name_of(staged.read(path), path, there) for path in staged.files}
            timeline = self._get(TIMELINE) if TIMELINE in there else b""
        return Seen(
            difference=compare(here, there, self.keep), occupied=bool(there), timeline=timeline
        )

    def send(self, staged: Staged, seen: Seen) -> None:
        with self._failing(), ThreadPoolExecutor(_AT_ONCE) as executor:

            def put(paths: Iterable[str], read: Callable[[str], bytes]) -> None:
                for _ in executor.map(lambda path: self._put(path, read(path)), paths):
                    pass

            def read_there(paths: Sequence[str]) -> Mapping[str, bytes]:
                return dict(zip(paths, executor.map(self._get, paths), strict=True))

            waves = plan_waves(seen.difference, staged.read, read_there)
            put(waves.first, waves.first.__getitem__)
            put(waves.pages, staged.read)
            self._delete(waves.gone)
            put(waves.fewer, staged.read)
            self._delete(waves.gone_sources)

    def _listed(self) -> Iterator[tuple[str, str]]:
        pages = self.client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix=self.prefix
        )
        for page in pages:
            for entry in page.get("Contents", ()):
                path = entry["Key"].removeprefix(self.prefix)
                if path and not path.endswith("/"):
                    yield path, entry["ETag"].strip('"')

    def _name_of(self, data: bytes, path: str, there: dict[str, str]) -> str:
        """Return what the bucket calls *data*; the ETag of what stands there, if it is the same.

        An ETag is the MD5 of a plain object, and anything at all of an encrypted one: only then
        the digest that was kept beside it is asked for.
        """
        plain = md5(data, usedforsecurity=False).hexdigest()
        if path not in there or there[path] == plain:
            return plain
        head = self.client.head_object(Bucket=self.bucket, Key=self.prefix + path)
        same = head.get("Metadata", {}).get("sha256") == sha256(data).hexdigest()
        return there[path] if same else plain

    def _get(self, path: str) -> bytes:
        data: bytes = self.client.get_object(Bucket=self.bucket, Key=self.prefix + path)[
            "Body"
        ].read()
        return data

    def _put(self, path: str, data: bytes) -> None:
        self.client.put_object(
            Bucket=self.bucket,
            Key=self.prefix + path,
            Body=data,
            ContentType=type_of(path),
            CacheControl=_CACHE,
            Metadata={"sha256": sha256(data).hexdigest()},
        )

    def _delete(self, paths: Iterable[str]) -> None:
        keys = [{"Key": self.prefix + path} for path in paths]
        for at in range(0, len(keys), _PER_REQUEST):
            answer = self.client.delete_objects(
                Bucket=self.bucket, Delete={"Objects": keys[at : at + _PER_REQUEST], "Quiet": True}
            )
            for fault in answer.get("Errors", ()):
                raise Failure(f"cannot remove {fault.get('Key')}: {fault.get('Message')}")

    @contextmanager
    def _failing(self) -> Iterator[None]:
        errors: Any = import_module("botocore.exceptions")
        try:
            yield
        except (errors.BotoCoreError, errors.ClientError) as problem:
            raise Failure(f"cannot publish to {self.name}: {problem}") from None


def bucket_at(address: str, endpoint: str | None, keep: tuple[str, ...]) -> Bucket:
    """Return the bucket at ``s3://bucket/prefix``. Who we are, boto3 knows from its own places."""
    bucket, _, prefix = address.removeprefix("s3://").partition("/")
    if not address.startswith("s3://") or not bucket:
        raise Failure(f"`{address}` is no bucket", help="`s3://bucket`, or `s3://bucket/folder`")
    try:
        boto3: Any = import_module("boto3")
    except ImportError:
        raise Failure("this needs boto3", help="pip install 'pincite[publish]'") from None
    errors: Any = import_module("botocore.exceptions")
    try:
        client = boto3.client("s3", endpoint_url=endpoint)
    except (errors.BotoCoreError, ValueError) as problem:
        raise Failure(f"cannot reach {address}: {problem}") from None
    prefix = prefix.strip("/")
    return Bucket(client=client, bucket=bucket, prefix=f"{prefix}/" if prefix else "", keep=keep)
