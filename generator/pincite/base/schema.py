"""What a mapping in a content file may hold: one table for reading, for editors and for the docs.

The types say what is meant; ``base.reading`` reads a tree by them, ``base.jsonschema`` writes them
down for editors.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple, TypeAlias


class Problem(NamedTuple):
    """Why a text is no such value; *start* and *end* count its code points, None is all of it."""

    message: str
    start: int | None = None
    end: int | None = None
    help: str | None = None
    code: str = "bad-value"


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text as written; of one line unless *multiline*. *pattern* must match all of it.

    *form* is an example of what matches, as it is written in a file.
    """

    max_length: int = 2_000
    multiline: bool = False
    pattern: str | None = None
    form: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown."""

    max_length: int = 100_000


@dataclass(frozen=True, slots=True)
class Slug:
    """A permanent id: letters and digits of any script and ``-``, safe as a folder's name."""


@dataclass(frozen=True, slots=True)
class Custom:
    """A scalar of another module's; *parse* returns the value or a Problem."""

    name: str
    parse: Callable[[str], object] = field(compare=False)
    json_schema: Mapping[str, object] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of *values*; *what* names them in messages."""

    values: tuple[str, ...]
    what: str = "choice"


@dataclass(frozen=True, slots=True)
class Integer:
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number: int without a fraction, else float."""

    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class Boolean:
    pass


@dataclass(frozen=True, slots=True)
class Url:
    """An absolute URL (RFC 3986, or an IRI) of one of *schemes*. With a *base* others begin."""

    schemes: tuple[str, ...] = ("https", "http")
    base: bool = False


@dataclass(frozen=True, slots=True)
class Language:
    """A language tag (BCP 47) in its shape; subtags are not looked up."""


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A moment (RFC 3339, with offset) or a day; the value is the text."""


@dataclass(frozen=True, slots=True)
class Sha256:
    """64 hexadecimal digits; the value is in lower case."""


@dataclass(frozen=True, slots=True)
class Path:
    """A file's path relative to a folder and inside of it, with ``/``, portable everywhere."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; with *or_one* a single item may stand for a list of one. The value is a tuple."""

    item: "Type"
    or_one: bool = False
    max_items: int = 10_000
    unique: bool = False


@dataclass(frozen=True, slots=True)
class Nested:
    record: "Record"


@dataclass(frozen=True, slots=True)
class MapOf:
    """An ordered mapping of keys of the author's own; the value is a tuple of pairs."""

    value: "Type"
    key: Slug | Text = Slug()
    max_items: int = 10_000


@dataclass(frozen=True, slots=True)
class Nullable:
    """As *type*; an explicit ``null`` reads as None."""

    type: "Type"


Type: TypeAlias = (
    Text
    | Prose
    | Slug
    | Custom
    | Choice
    | Integer
    | Number
    | Boolean
    | Url
    | Language
    | Timestamp
    | Sha256
    | Path
    | ListOf
    | Nested
    | MapOf
    | Nullable
)


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    type: Type
    required: bool = False
    doc: str = ""

    @property
    def absent(self) -> object:
        """The value where the key is not written: empty for a list or map, else None."""
        return () if isinstance(self.type, (ListOf, MapOf)) else None


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping whose keys are known; *name* says what it is in messages, as in "an event"."""

    name: str
    fields: tuple[Field, ...]
    doc: str = ""
    partial: bool = False  # read what can be read, even where something required is missing
    by_name: Mapping[str, Field] = field(init=False, repr=False, compare=False)
    required: tuple[str, ...] = field(init=False, repr=False, compare=False)
    absent: Mapping[str, object] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {entry.name: entry for entry in self.fields}
        assert len(by_name) == len(self.fields), f"a field of {self.name} stands twice"
        object.__setattr__(self, "by_name", MappingProxyType(by_name))
        absent = {entry.name: entry.absent for entry in self.fields}
        object.__setattr__(self, "absent", MappingProxyType(absent))
        required = tuple(entry.name for entry in self.fields if entry.required)
        object.__setattr__(self, "required", required)
