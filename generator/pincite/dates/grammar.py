"""Whole expressions: a date, a date with a time, an interval, a set; nothing but valid EDTF.

What is refused here is refused with its place. What the writer may have meant is another module's
business.
"""

from pincite.dates.part import Fault, parse_datetime, parse_part
from pincite.dates.values import Date, Kind, Member, Part

_OPEN = Part(Kind.OPEN, 1, None, None)
_UNKNOWN = Part(Kind.UNKNOWN, 1, None, None)


def parse_expression(text: str) -> Date | Fault:
    """Read one EDTF expression of any level."""
    if text[:1] in ("[", "{"):
        return _set(text)
    if "/" in text:
        return _interval(text)
    part = parse_datetime(text) if "T" in text else parse_part(text)
    if isinstance(part, Fault):
        return part
    return Date(
        edtf=text,
        level=part.level,
        kind=part.kind,
        earliest=part.earliest,
        latest=part.latest,
        members=(Member(part, part),),
    )


def _interval(text: str) -> Date | Fault:
    sides = text.split("/")
    if len(sides) != 2:
        second = len(sides[0]) + 1 + len(sides[1])
        return Fault("an interval has two ends", second, second + 1)
    start = _end(sides[0], is_start=True)
    if isinstance(start, Fault):
        return _moved(start, text, 0, len(sides[0]))
    end = _end(sides[1], is_start=False)
    at = len(sides[0]) + 1
    if isinstance(end, Fault):
        if isinstance(abbreviated := parse_part(sides[0][: -len(sides[1])] + sides[1]), Part):
            # ISO 8601-1 lets the end leave out what it shares with the start; EDTF does not.
            shared = sides[0][: -len(sides[1])]
            if abbreviated.kind is start.kind and len(shared) > 4:
                message = "the end of an interval is written out in full"
                return Fault(message, at, len(text), f"{text[:at]}{shared}{sides[1]}")
        return _moved(end, text, at, len(text))
    if start is _UNKNOWN and end is _UNKNOWN:
        return Fault("an interval of which nothing is said", 0, len(text))
    start_open, end_open = start is _OPEN or start.beyond, end is _OPEN or end.beyond
    earliest = None if start_open else start.earliest
    latest = None if end_open else end.latest
    if earliest is not None and latest is not None and latest < earliest:
        return Fault("it ends before it begins", at, len(text), f"{sides[1]}/{sides[0]}")
    # The Library of Congress lists unspecified digits in an interval under level 2.
    level = 2 if "X" in text else max(start.level, end.level)
    return Date(
        edtf=text,
        level=level,
        kind=Kind.INTERVAL,
        earliest=earliest,
        latest=latest,
        members=(Member(start, end),),
        start_open=start_open,
        end_open=end_open,
    )


def _end(text: str, *, is_start: bool) -> Part | Fault:
    if not text:
        return _UNKNOWN
    if text == "..":
        return _OPEN
    # ISO 8601-2, A.6.6: it began by then (``..1985/``), it lasted till then at least (``/1985..``).
    bare = text.removeprefix("..") if is_start else text.removesuffix("..")
    part = _timeless(bare, "an interval")
    if bare == text:
        if ".." in (text[:2], text[-2:]):
            message = "`..` stands before the beginning of an interval or after its end"
            return Fault(message, 0, len(text), text.strip("."))
        return part
    if isinstance(part, Fault):
        start = 2 if is_start else 0
        return _moved(part, text, start, start + len(bare))
    return part._replace(beyond=True, level=2)


def _timeless(text: str, whole: str) -> Part | Fault:
    if "T" in text and isinstance(moment := parse_datetime(text), Part):
        at = text.index("T")
        message = f"{whole} in EDTF has no times of day"
        return Fault(message, at, len(text), text[:at] if moment.time else "")
    return parse_part(text)


def _set(text: str) -> Date | Fault:
    closing = "]" if text[0] == "[" else "}"
    body_end = len(text) - 1
    if body_end == 0 or text[-1] != closing:
        found = text[-1] in "]}" and body_end > 0
        start = body_end if found else len(text)
        fix = (text[:-1] if found else text) + closing
        return Fault(
            f"a set that begins with `{text[0]}` ends with `{closing}`", start, start + found, fix
        )
    members: list[Member] = []
    at = 1
    items = text[1:body_end].split(",")
    for index, item in enumerate(items):
        bare = item.strip(" ")
        start = at + len(item) - len(item.lstrip(" "))
        end = start + len(bare)
        at += len(item) + 1
        if not bare:
            return Fault("a member of the set is missing", start, min(start + 1, len(text)))
        member = _member(bare, is_first=index == 0, is_last=index == len(items) - 1)
        if isinstance(member, Fault):
            return _moved(member, text, start, end)
        members.append(member)
    start_open = members[0].first is _OPEN
    end_open = members[-1].last is _OPEN
    earliest = [first.earliest for first, _ in members if first.earliest is not None]
    latest = [last.latest for _, last in members if last.latest is not None]
    # Members need not be in order: what is written after "..1984" may still be the latest.
    earliest += [last.earliest for _, last in members if last.earliest is not None]
    latest += [first.latest for first, _ in members if first.latest is not None]
    return Date(
        edtf=text,
        level=2,
        kind=Kind.ONE_OF if closing == "]" else Kind.ALL_OF,
        earliest=None if start_open else min(earliest),
        latest=None if end_open else max(latest),
        members=tuple(members),
        start_open=start_open,
        end_open=end_open,
    )


def _member(text: str, *, is_first: bool, is_last: bool) -> Member | Fault:
    before, dots, after = text.partition("..")
    if not dots:
        part = _timeless(text, "a set")
        return part if isinstance(part, Fault) else Member(part, part)
    if not before and not after:
        return Fault("a range with neither a beginning nor an end", 0, len(text))
    if not before and not is_first:
        return Fault("only the first member can be open at its beginning", 0, 2, after)
    if not after and not is_last:
        return Fault("only the last member can be open at its end", len(before), len(text), before)
    first = _timeless(before, "a set") if before else _OPEN
    if isinstance(first, Fault):
        return _moved(first, text, 0, len(before))
    last = _timeless(after, "a set") if after else _OPEN
    if isinstance(last, Fault):
        return _moved(last, text, len(before) + 2, len(text))
    if first.earliest is not None and last.latest is not None and last.latest < first.earliest:
        start = len(before) + 2
        return Fault("the range ends before it begins", start, len(text), f"{after}..{before}")
    return Member(first, last)


def _moved(fault: Fault, text: str, start: int, end: int) -> Fault:
    """Place a fault of ``text[start:end]`` in *text*, and its fix with it."""
    fix = text[:start] + fault.fix + text[end:] if fault.fix else ""
    return fault._replace(start=fault.start + start, end=fault.end + start, fix=fix)
