"""What the overview drawing is given and what it gives: plain values, ready for the template.

Lengths along the axis are texts in per cent of the plot, the others pixels.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pincite.plan.drawing.shapes import CIRCLE, Rect


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An event; *first* and *last* are day numbers, None where open or unknown.

    *label* is the accessible name: the title, and the date as it is said. *shape* may be left to
    be derived; only ``interval`` (both ends known) and ``ongoing`` say more than the days do.
    """

    id: str
    href: str
    label: str
    lane: str
    first: int | None = None
    last: int | None = None
    shape: Literal["point", "about", "span", "interval", "ongoing", "undated"] | None = None
    modality: str = "occurred"
    about: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A kind: *path* is the data of its shape; *label* is cut into two lines where it is long."""

    id: str
    label: str
    path: str = CIRCLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """A band behind the marks; an end that is None is the axis's own."""

    label: str
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A source: the day, or the bounds, of its publication."""

    href: str
    label: str
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """How a drawing speaks: the site's words, and what only its dates and plurals can say.

    *months* are twelve short names. *say_span* says a period from its first to its last day,
    *say_count* a number of events, *find_page* gives the address for a day (None: the undated).
    """

    words: Mapping[str, str]
    months: Sequence[str]
    say_span: Callable[[int, int], str]
    say_count: Callable[[int], str]
    find_page: Callable[[int | None], str]
    rtl: bool = False


class Hit(NamedTuple):
    """What can be pressed: at least 24 pixels high."""

    x: str
    y: str
    width: str
    height: str


class Dash(NamedTuple):
    x1: str
    x2: str
    y: str
    dotted: bool


class Glyph(NamedTuple):
    """What keeps its size, in pixels about *x* and *y*; *classes* are those of its path."""

    x: str
    y: str
    hit: Hit | None = None
    bars: tuple[Rect, ...] = ()
    path: str = ""
    classes: str = ""
    struck: bool = False
    many: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A mark that leads to its event, source or page; *label* is what is heard."""

    href: str
    label: str
    now: bool = False
    hit: Hit | None = None
    bars: tuple[Rect, ...] = ()
    dash: Dash | None = None
    glyph: Glyph | None = None


class Text(NamedTuple):
    """A label above the axis; *upper* of two rows; *minor* ones give way on narrow screens."""

    x: str
    text: str
    upper: bool = False
    minor: bool = False
    middle: bool = False


class Name(NamedTuple):
    """A lane's name, each line with its y; *whole* is the name in full where these are cut."""

    lines: tuple[tuple[str, str], ...]
    now: bool
    whole: str


class Band(NamedTuple):
    """An era; its *label* is empty where it has no room, *title* never is.

    *room* is ``minor`` or ``wide`` where the label must give way on narrower screens.
    """

    x: str
    width: str
    title: str
    label: str
    label_x: str
    room: str


class Key(NamedTuple):
    sign: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What ``parts/drawing.html`` shows, in its order; *note* is empty on an even, uncounted axis.

    *lines* are the y of lanes, *ticks*, *breaks* and *bounds* (of publication) the x of uprights.
    """

    height: str
    label: str
    skip: str
    title: str
    rtl: bool
    scale: Literal["linear", "broken", "logarithmic"]
    dense: bool
    lines: tuple[str, ...]
    names: tuple[Name, ...]
    ticks: tuple[str, ...]
    texts: tuple[Text, ...]
    bands: tuple[Band, ...]
    breaks: tuple[str, ...]
    break_width: str
    bounds: tuple[str, ...]
    bounds_from: str
    links: tuple[Link, ...]
    key: tuple[Key, ...]
    note: str
