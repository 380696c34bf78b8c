"""Digests of frozen values.

A value's ``repr`` shows exactly what takes part in its equality (a test holds this for every
dataclass of the pipeline), so its digest is the digest of its ``repr``: places stay out of it.
"""

from hashlib import blake2b


def digest(value: object) -> str:
    """Return 32 hex digits; equal values of the pipeline's types give equal digests."""
    return digest_bytes(repr(value).encode("utf-8", "surrogatepass"))


def digest_bytes(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


class Digests:
    """Digests of tuples of shared values, each computed once. Lives for one build.

    A value that holds large shared ones names them, and all else it is made of, in a property
    ``digest_parts``.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, str]] = {}

    def of(self, value: object) -> str:
        """Return the digest of *value*; members of a tuple are digested, and kept, one by one."""
        known = self._known.get(id(value))
        if known is not None:
            return known[1]
        parts = value if isinstance(value, tuple) else getattr(value, "digest_parts", None)
        if parts is None or len(parts) == 0:
            result = digest(value)
        else:
            result = digest_bytes("\0".join(map(self.of, parts)).encode())
        # The value is kept too: an id is only its own as long as the value lives.
        self._known[id(value)] = (value, result)
        return result
