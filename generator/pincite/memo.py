"""What a preview keeps in memory from one build to the next; a single build begins with nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pincite.again import Again
from pincite.base.derived import Derived
from pincite.base.diagnostics import Diagnostic
from pincite.base.digest import Digests
from pincite.base.text import Text
from pincite.manifest import Records
from pincite.plan.site import Site
from pincite.plan.wordfiles import read_words
from pincite.plan.words import Words
from pincite.publish import Seen
from pincite.render.engine import Renderer, Theme
from pincite.store.linked import Memory
from pincite.store.planned import Planned

T = TypeVar("T")


@dataclass(slots=True)
class Memo:
    """It cannot be seen in any result, but that what was equal is the same.

    What was parsed is kept by function, path and text: a place holds its path, so the path is part
    of the key; findings are part of the value, so that they are told again.
    """

    lasting: bool = False  # there will be another build

    _kept: dict[tuple[str, str], tuple[str, Any]] = field(default_factory=dict)
    _asked: set[tuple[str, str]] = field(default_factory=set)
    renderer: Renderer | None = None
    linked: Memory = field(default_factory=Memory)
    seen: Seen = field(default_factory=dict)  # pages as they were last published
    records: Records | None = None  # the manifest
    planned: Planned | None = None  # the last plan that was kept
    derived: Derived = field(default_factory=Derived)
    digests: Digests = field(default_factory=Digests)
    site: Site | None = None
    texts: Again = field(default_factory=Again)
    snapshots: Again = field(default_factory=Again)  # digests of files below seeds/
    # Stamps of published files, each with the digest of its content; None before the first build.
    stamps: Mapping[str, Sequence[Any]] | None = None
    engine: str = ""  # digest of the program

    def __call__(self, parse: Callable[[Text], T], text: Text) -> T:
        if not self.lasting:
            return parse(text)
        key = (parse.__name__, text.path)
        now = text.digest
        before, value = self._kept.get(key, ("", None))
        if before != now:
            value = parse(text)
            self._kept[key] = (now, value)
        self._asked.add(key)
        result: T = value
        return result

    def forget_unused(self) -> None:
        self._kept = {key: self._kept[key] for key in self._asked}
        self._asked = set()

    def words_for(
        self, language: str, theme: Mapping[str, bytes]
    ) -> tuple[Words, tuple[Diagnostic, ...], Mapping[str, Text]]:
        """Return the last words while they stay the same; findings, and the texts of these."""
        words, found, texts = read_words(language, theme)
        if self.site is not None and self.site.words == words:
            words = self.site.words
        return words, found, texts

    def renderer_for(self, theme: Theme, engine: str) -> Renderer:
        """Return the last renderer while the theme stays the same."""
        kept = self.renderer
        if kept is None or kept.theme != theme or kept.engine != engine:
            kept = self.renderer = Renderer(theme, engine)
        return kept
