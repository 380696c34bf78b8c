"""Actors, places and tags: what events call them, to names with an address of their own."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import replace

from pincite.base.diagnostics import Diagnostic, Label, error, warning
from pincite.base.text import Span
from pincite.model import Name

_NOT_LETTERS = re.compile(r"[\W_]+")


def slug(label: str) -> str:
    """Return the part of an address that stands for *label*: lower-case letters, digits, ``-``."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", label).lower())
    id = _NOT_LETTERS.sub("-", folded).strip("-")[:100]
    # A folder's name has at most 255 bytes; what would be cut within a letter loses the letter.
    return id.encode()[:255].decode(errors="ignore").strip("-") or "unnamed"


class Register:
    """The names of one sort. Labels are asked for one by one and come back as ids."""

    def __init__(self, what: str, declared: Iterable[Name]) -> None:
        self._what = what
        self._names: dict[str, Name] = {}
        self._by_word: dict[str, str] = {}
        self._first: dict[str, tuple[str, Span]] = {}  # folded label → label and where
        self._declared: set[str] = set()
        self._used: set[str] = set()
        self.found: list[Diagnostic] = []
        for name in declared:
            self._names[name.id] = name
            self._declared.add(name.id)
            for word in (name.label, name.id, *name.aliases):
                self._declare(word, name)

    def _declare(self, word: str, name: Name) -> None:
        other = self._by_word.setdefault(word, name.id)
        self._by_word.setdefault(slug(word), name.id)
        if other != name.id and name.at is not None:
            self.found.append(
                error(
                    "duplicate-id",
                    name.at.span,
                    f"`{word}` is declared for `{other}` and for `{name.id}`",
                    help="a label or alias belongs to one name",
                )
            )

    def find_id(self, label: str, place: Span) -> str:
        """Return the id that *label* stands for, making a name of it when it is new."""
        id = self._by_word.get(label)
        if id is None:
            id = self._enter(label, place)
        self._used.add(id)
        return id

    def _enter(self, label: str, place: Span) -> str:
        id = self._by_word.get(slug(label))
        if id is None:
            id = slug(label)
            self._names[id] = Name(id=id, label=label)
            self._by_word[id] = id
            self._first[id] = (label, place)
        if self._names[id].label != label:
            self._warn(label, place, id)
        self._by_word[label] = id
        return id

    def _warn(self, label: str, place: Span, id: str) -> None:
        name = self._names[id]
        first = self._first.get(id)
        labels = (Label(span=first[1], text="first written so here"),) if first else ()
        self.found.append(
            warning(
                "near-duplicate-name",
                place,
                f"`{label}` and `{name.label}` are taken for the same {self._what}",
                labels=labels,
                help=f"write `{name.label}` everywhere"
                + ("" if first else ", or add this spelling to its `aliases`"),
            )
        )

    def close(self, *, all_used: bool = False) -> tuple[Name, ...]:
        """Return the names in order of their labels; warn of those declared and never used.

        *all_used*: nothing can be said of that.
        """
        for id in () if all_used else sorted(self._declared - self._used):
            at = self._names[id].at
            if at is not None:
                self.found.append(
                    warning(
                        "unused-name",
                        at.span,
                        f"no event names `{self._names[id].label}`",
                        help="remove it, or use its label or an alias in an event",
                    )
                )
        self._near_misses()
        names = (replace(name, at=None) for id, name in self._names.items() if id in self._used)
        return tuple(sorted(names, key=lambda name: (name.label.casefold(), name.id)))

    def _near_misses(self) -> None:
        """Warn of a new name that differs from a declared one by a letter or two."""
        new = [id for id in self._first if len(id) >= 6]
        if not new or not self._declared:
            return
        from rapidfuzz import process  # noqa: PLC0415 - only where names are declared
        from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415

        declared = [word for word, id in self._by_word.items() if id in self._declared]
        for id in new:
            near = process.extractOne(
                id, declared, scorer=DamerauLevenshtein.distance, score_cutoff=2
            )
            if near and slug(near[0]) != id:
                label, place = self._first[id]
                name = self._names[self._by_word[near[0]]]
                self.found.append(
                    warning(
                        "near-duplicate-name",
                        place,
                        f"`{label}` is not declared, but `{name.label}` is",
                        help=f"did you mean `{name.label}`? Otherwise declare it as well",
                    )
                )


class Settled:
    """The names of a site that is linked: a label stands for what it stood for there.

    Of a name that is not declared it knows no other spelling: which one comes first decides what
    the name is called, and that cannot be told from one event.
    """

    def __init__(self, names: Iterable[Name], declared: Collection[str]) -> None:
        self._by_word: dict[str, str] = {}
        for name in names:
            own = (name.id, *name.aliases) if name.id in declared else ()
            for word in (name.label, *own):
                self._by_word[word] = name.id

    def __contains__(self, label: object) -> bool:
        return label in self._by_word

    def find_id(self, label: str, place: Span) -> str:  # noqa: ARG002 - as a register has it
        return self._by_word[label]
