"""The words around a date that change what it says: by, since, around, late, "from … to"."""

import re
from typing import NamedTuple

from pincite.ingest.tagging.points import (
    write_first,
    write_last,
    write_part,
    write_piece,
    write_point,
)
from pincite.ingest.tagging.values import Core, Point, Term

_BOUND = {
    "since at least": "at-least",
    "from at least": "at-least",
    "since": "since",
    "ever since": "since",
    "by": "by",
    "by around": "by",
    "no later than": "by",
    "not later than": "by",
    "by no later than": "by",
    "as of": "as-of",
    "as at": "as-of",
    "until": "until",
    "until at least": "until",
    "till": "until",
    "up until": "until",
    "up to": "until",
    "through": "until",
    "before": "before",
    "prior to": "before",
    "ahead of": "ahead",
    "earlier than": "before",
    "after": "after",
    "later than": "after",
    "no earlier than": "not-before",
    "not before": "not-before",
    "on or after": "not-before",
    "on or before": "by",
    "starting": "starting",
    "starting in": "starting",
    "starting on": "starting",
    "starting from": "starting",
    "beginning in": "starting",
    "beginning on": "starting",
    "effective": "starting",
    "effective from": "starting",
    "with effect from": "starting",
}
_LABEL = {
    "at-least": "ON_OR_BEFORE",
    "by": "ON_OR_BEFORE",
    "as-of": "ON_OR_BEFORE",
    "before": "BEFORE",
    "ahead": "BEFORE",
    "after": "AFTER",
    "not-before": "ON_OR_AFTER",
}
_PARTS = {
    **dict.fromkeys(("early", "the beginning of", "the start of", "beginning of"), "START"),
    **dict.fromkeys(("start of", "the early part of"), "START"),
    **dict.fromkeys(("mid", "middle of", "the middle of"), "MID"),
    **dict.fromkeys(("late", "the end of", "end of", "the close of", "the late part of"), "END"),
}
_BEFORE = re.compile(
    r"(?<![\w-])"
    r"(?:(?P<bound>" + "|".join(sorted(_BOUND, key=len, reverse=True)) + r") )?"
    r"(?:(?P<neutral>on|in|during|over|throughout|sometime|some time|at some point) )?(?:in )?"
    r"(?:(?P<about>(?:in or |on or )?(?:around|about)|circa|c\.|ca\.|approximately|roughly) )?"
    r"(?P<part>(?:the )?(?:beginning|start|middle|end|close|early part|late part) of"
    r"|(?:early|late) in|(?:the )?(?:early|mid|late)(?=[ -])|(?:earlier|later)(?: in)?)?"
    r"(?: |-|(?<=^)|(?<=[ (]))?(?P<the>(?:the|its|his|their) )?$",
    re.IGNORECASE,
)
_ONWARDS = re.compile(r" onwards?\b| (?P<later>(?:or|and) later|and beyond)\b")
#: after a date that says which thing is meant: "the 9 October report"
NOUN = re.compile(
    r" (?!(?:in|at|on|by|to|and|or|but|when|where|as|for|with|after|before|until|from|that|which"
    r"|who|because|while|if|the|a|an|is|was|are|were|has|had|will|would|he|she|it|they|we)\b)[a-z]"
)
_PIECE = 48
_JOINT = re.compile(
    r" ?(?P<joint>-|\bto\b|\bthrough\b|\buntil\b|\btill\b|\bup to\b|\band\b)"
    r" ?(?:the )?(?:(?:early|mid|late)[ -])?"
)
_BETWEEN = re.compile(r"(?<![\w])between (?:the |late |early |mid-)?$", re.IGNORECASE)
_FROM = re.compile(r"(?<![\w])from (?:at least )?(?:the |late |early |mid-)?$", re.IGNORECASE)
_ON = re.compile(r"(?<![\w-])(?:on|during|over|in) (?:the )?$", re.IGNORECASE)
_LISTED = re.compile(r"(?:,|,? and|,? or|,? then)(?: again)?(?: on| in)? ")
_MOVED = re.compile(
    r"\b(?:postponed|delayed|moved|changed|shifted|rescheduled|brought forward|pushed back)\b"
)
_HAPPENING_AFTER = re.compile(
    r"'s?\b| (?:election|vote|attack|meeting|summit|talks|deadline|war|session|visit|uprising"
    r"|invasion|crisis|coup|ballot|poll|game|match|hearing)s?\b"
)


class Modifiers(NamedTuple):
    """What stands around a core; [start, end) covers both."""

    start: int
    end: int
    bound: str
    part: str
    approximate: bool

    def label(self, core: Core) -> str:
        """Return what EDTF cannot say, as in ``Expression.date_mod``."""
        approximate = "APPROX" if self.approximate or core.approximate else ""
        if core.piece.startswith("half") and not self.bound:
            return "START" if core.piece.endswith("1") else "END"
        return "+".join(
            word for word in (_LABEL.get(self.bound, ""), approximate, self.part) if word
        )


def read_modifiers(words: str, core: Core, free: int, stop: int) -> Modifiers:
    """Read the words around *core*, from *free* on and up to *stop*."""
    low = max(free, core.start - _PIECE)
    if core.last is not None:
        between = _BETWEEN.search(words, low, core.start)
        opening = (
            between or _FROM.search(words, low, core.start) or _ON.search(words, low, core.start)
        )
        start = opening.start() if opening else core.start
        if not between and words.endswith("the ", low, core.start) and NOUN.match(words, core.end):
            start = core.start  # "during the 2008/09 season"
        return Modifiers(start, core.end, "between" if between else "", core.part, False)
    match = _BEFORE.search(words[low : core.start])
    start, bound, part, about = core.start, "", core.part, False
    if match is not None and match[0].strip():
        start = low + match.start()
        bound = _BOUND.get((match["bound"] or "").casefold(), "")
        about = bool(match["about"])
        part = _part(match["part"] or "") or part
        start += len(match[0]) - len(match[0].lstrip(" -"))
        if _names_a_thing(words, core, match):
            start, bound, about = core.start, "", False  # "after the 2008 election"
        if bound in ("before", "after", "since", "until", "ahead") and _HAPPENING_AFTER.match(
            words, core.end
        ):
            start, bound = low + match.end("bound") + 1, ""
    end = core.end
    onwards = _ONWARDS.match(words, end, min(len(words), stop))
    if onwards is not None and words[max(free, start - 5) : start].casefold() == "from ":
        start -= 5
    if onwards is not None:
        end = onwards.end()
        bound = "not-before" if onwards["later"] else "since"
    elif re.match(r" (?:or so|at the latest)\b", words[end : end + 20]):
        about = about or words.startswith(" or so", end)
        bound = bound if words.startswith(" or so", end) else "by"
        end += 6 if words.startswith(" or so", end) else 14
    return Modifiers(start, end, bound, part, about)


def _names_a_thing(words: str, core: Core, match: re.Match[str]) -> bool:
    """Say whether the date tells which thing is meant: "in its 9 October report", "last week's"."""
    if match["part"]:
        return False
    if words.startswith("'s ", core.end) and not match["bound"]:
        return True
    if not match["the"]:
        return False
    if core.rule in ("day", "days") and (match["the"].casefold() == "the "):
        counted = re.match(r"[0-9]+(?:st|nd|rd|th)|[a-z]", words[core.start : core.end])
        return counted is None and NOUN.match(words, core.end) is not None
    return core.rule in ("year", "years", "month", "bare-month", "day", "days", "known-day")


def _part(words: str) -> str:
    words = words.casefold().removeprefix("the ").strip()
    if words.startswith(("early", "beginning", "start")) and words != "earlier":
        return "" if words.startswith("earlier") else "START"
    if words.startswith("mid"):
        return "MID"
    return (
        "END"
        if words.startswith(("late", "end", "close")) and not words.startswith("later")
        else ""
    )


def read_range(words: str, first: Core, last: Core, free: int) -> Core | None:
    """Return the two as one where the words between and before make them the ends of a range."""
    if first.last or last.last or first.problem or last.problem:
        return None
    unlike = first.term.unit != last.term.unit
    if unlike and not (_is_dated(first.term) and _is_dated(last.term)):
        return None
    between = _JOINT.fullmatch(words, first.end, last.start)
    if between is None:
        return None
    before = words[max(free, first.start - 16) : first.start]
    joint = between["joint"]
    opening = _BETWEEN.search(before) if joint == "and" else _FROM.search(before)
    if joint == "and" and opening is None:
        return None
    if unlike and (opening is None or joint == "and"):
        return None  # but "from 1 April 1998 until 2003"
    if opening is None and (joint != "-" and not (first.term.month and last.term.month)):
        return None
    if opening is None and first.term.weekday:
        return None
    if first.term.weekday and last.term.offset:  # "from Tuesday to Thursday last week"
        first = first._replace(term=first.term._replace(offset=last.term.offset))
    if _MOVED.search(words, max(0, first.start - 80), first.start):
        return None
    start = first.start - (len(before) - opening.start() if opening else 0)
    return Core(start, last.end, "range", first.term, last.term, "and" if joint == "and" else "to")


def _is_dated(term: Term) -> bool:
    return term.stated and term.unit in ("day", "month", "year")


def lend_year(words: str, first: Core, last: Core) -> Core:
    """Return *first* with the year of *last* if they are listed: "30 May and 1 June 1946"."""
    bare = first.term.year is None and not first.term.which and not first.term.feast
    listed = bare and first.term.month and first.last is None and last.term.month
    if not listed or not last.term.stated or first.term.month > 12 or last.term.month > 12:
        return first
    if not _LISTED.fullmatch(words, first.end, last.start):
        return first
    year = (last.term.year or 0) - (first.term.month > last.term.month)
    return first._replace(term=first.term._replace(year=year))


def write(core: Core, modifiers: Modifiers, point: Point, last: Point | None) -> str:
    """Return the EDTF of a core that is settled, with what its modifiers add."""
    if last is not None:
        if core.joint == "and" and core.rule == "days" and modifiers.bound != "between":
            return f"{{{write_point(point)},{write_point(last)}}}"
        if core.joint == "and" and point.unit in ("day", "month", "year"):
            return f"[{write_point(point)}..{write_point(last)}]"
        return f"{write_first(point)}/{write_last(last)}"
    mark = "~" if modifiers.approximate or core.approximate else ""
    first, final = write_first(point) + mark, write_last(point) + mark
    if modifiers.bound in ("since", "at-least", "starting"):
        return f"{first}/.."
    if modifiers.bound in ("by", "as-of", "until"):
        return f"../{final}"
    if modifiers.bound in ("before", "ahead"):
        return f"[..{write_first(point)}]"
    if modifiers.bound == "not-before":
        return f"[{write_first(point)}..]"
    if modifiers.bound == "after":
        return f"[{write_last(point)}..]"
    if core.piece and point.unit == "month":
        return write_piece(point, core.piece)
    if modifiers.part:
        return write_part(point, modifiers.part)
    return write_point(point) + (mark if point.unit in ("day", "month", "season", "year") else "")
