"""What is asked of a build."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from pincite.publish import Past


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    out: Path
    strict: bool = False
    url: str | None = None  # in place of site.yaml's
    index_links: bool = False
    jobs: int | None = None  # processes; None: as many as are worth it
    postpone: bool = False  # leave for the next build what those who look at pages do not miss
    advance: Callable[[str], None] = lambda _: None  # told each stage that has been done
    # Told how many of how many pages are done; with helpers, about how many.
    tell: Callable[[int, int], None] = lambda _done, _total: None
    # Has pages rendered by others: told all that a build knows, gives what they have done besides.
    elsewhere: Callable[..., AbstractContextManager[Past]] = lambda *told: nullcontext(told[-1])

    @property
    def settings(self) -> str:
        """All of the options that show in the site or in the findings."""
        return repr((self.strict, self.url, self.index_links))
