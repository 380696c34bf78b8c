"""A page there will be: where, by which template, and from which arguments."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site, or several that are made together.

    *build* makes the view from *arguments*; all that can influence the page's bytes, but the
    program and the theme, is among them. Without a *template*, *build* makes the bytes; with
    *outputs* it yields path and bytes of some of these.
    """

    path: str
    template: str
    build: Callable[..., Any]
    arguments: tuple[Any, ...]
    outputs: tuple[str, ...] = ()
    can_wait: bool = False  # nobody who looks at a page misses it at once

    @property
    def paths(self) -> tuple[str, ...]:
        return self.outputs or (self.path,)
