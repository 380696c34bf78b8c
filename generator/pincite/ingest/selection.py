"""Which of a page's blocks are the article.

Trafilatura finds the region; the page's own blocks say where paragraphs begin and end.
A block is taken if trafilatura took its words; then what it lost amid the article is put back, and
prompts, bylines and links elsewhere are taken out.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pincite.ingest.article import Block
from pincite.ingest.dom import DomBlock
from pincite.ingest.furniture import (
    count_letters,
    count_words,
    ends_sentence,
    find_authors,
    is_credit,
    is_furniture,
    is_prose,
    is_tail,
)

_SHINGLE = 4  # words
_ENOUGH = 0.75  # of a block's shingles, or of its words in order
_TELLING = 6  # words of a caption that is kept
_MOST_ABOVE = 8  # blocks between the title and the text
_SHORT = 40  # letters; a shorter block must be a line of its own in trafilatura's text
_SMALLEST = 200  # letters of running text that make an article of their own
_JUNK = re.compile(
    r"(?:^|[\s_-])(?:related|recirc|share|sharing|social|newsletter|comments?|promo|sidebar"
    r"|breadcrumbs?|byline|advert\w*|ads?|sponsor\w*|cookie\w*|subscri\w*|paywall|signup|sign-up"
    r"|outbrain|taboola|recommended|most-?(?:read|popular)|read-?(?:more|also|next)|pagination"
    r"|tags?|toolbar|popup|modal|nav\w*|menu|footer|author-?(?:bio|box|info)|teaser|inline-link"
    r"|meta|timestamp|dateline|post-?(?:meta|nav\w*))(?:$|[\s_-])",
    re.IGNORECASE,
)
_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:standfirst|deck|dek|sub-?title|sub-?head(?:line)?|lede?|intro|excerpt|summary)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_OUTSIDE = frozenset(("nav", "aside", "footer", "form", "header"))
_NOTHING = re.compile(r"\W+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    blocks: tuple[Block, ...]
    running: int = 0  # characters of running text that is no link
    restored: tuple[str, ...] = ()  # put back although trafilatura left them out
    removed: tuple[str, ...] = ()  # taken out although trafilatura took them


def select(dom: Sequence[DomBlock], taken: str, title: str) -> Selection:
    """Return the article's blocks. *taken* is trafilatura's text, a block a line; may be empty."""
    chosen = _choose(dom, taken) if taken else _densest(dom)
    if not chosen:
        return Selection(blocks=())
    chosen = _in_one_place(dom, chosen, taken) if taken else chosen
    removed = {at for at in chosen if _is_foreign(dom, at, title)}
    removed |= _tail(dom, sorted(chosen))
    removed |= _links_below(dom, sorted(chosen - removed))
    removed |= _head(dom, sorted(chosen - removed))
    kept = chosen - removed
    restored = _lost(dom, kept, title, removed) if kept else set()
    order = _telling(dom, sorted(kept | restored))
    order = [at for at in order if not _is_hanging(dom, at, order)]
    return Selection(
        blocks=tuple(
            Block(text=dom[at].text, kind=dom[at].kind, level=dom[at].level) for at in order
        ),
        running=sum(
            count_letters(dom[at].text)
            for at in order
            if is_prose(dom[at].text) and dom[at].linked < 0.6
        ),
        restored=tuple(dom[at].text for at in sorted(restored) if dom[at].kind == "paragraph"),
        removed=tuple(dom[at].text for at in sorted(removed)),
    )


# --- what trafilatura took -------------------------------------------------------------------


def _choose(dom: Sequence[DomBlock], taken: str) -> set[int]:
    lines = [_squeeze(line) for line in taken.split("\n")]
    whole, exact = "\0".join(lines), Counter(lines)
    joined = "".join(lines)
    words = taken.split()
    shingles = set(zip(*(words[at:] for at in range(_SHINGLE)), strict=False))
    chosen: set[int] = set()
    for at, block in enumerate(dom):
        letters = _squeeze(block.text)
        if len(letters) < _SHORT:
            took = exact[letters] > 0 or (len(letters) > 12 and letters in whole)
        else:
            took = (
                exact[letters] > 0 or letters in joined or _share(block.text, shingles) >= _ENOUGH
            )
        if took:
            chosen.add(at)
    return chosen


def _share(text: str, shingles: set[tuple[str, ...]]) -> float:
    words = text.split()
    own = list(zip(*(words[at:] for at in range(_SHINGLE)), strict=False))
    return sum(one in shingles for one in own) / len(own) if own else 0.0


def _squeeze(text: str) -> str:
    return _NOTHING.sub("", text)


def _densest(dom: Sequence[DomBlock]) -> set[int]:
    """Return the running text of the element that directly holds most of it."""
    weight: Counter[int] = Counter()
    for block in dom:
        if is_prose(block.text) and block.linked < 0.5 and not _OUTSIDE & block.inside:
            weight[block.parent] += count_letters(block.text)
    if not weight:
        return set()
    best, size = weight.most_common(1)[0]
    if size < _SMALLEST:
        return set()
    return {at for at, b in enumerate(dom) if b.parent == best and b.linked < 0.5}


def _in_one_place(dom: Sequence[DomBlock], chosen: set[int], taken: str) -> set[int]:
    """Of words that the page says oftener than was taken, keep those amid the article."""
    times = Counter(map(_squeeze, taken.split("\n")))
    said = Counter(_squeeze(dom[at].text) for at in chosen)
    weight: Counter[int] = Counter()
    for at in chosen:
        if said[_squeeze(dom[at].text)] == 1:
            for number in dom[at].around[-3:]:
                weight[number] += len(dom[at].text)
    places: dict[str, list[tuple[int, int]]] = {}
    for at in chosen:
        rank = sum(weight[number] for number in dom[at].around[-3:])
        places.setdefault(_squeeze(dom[at].text), []).append((-rank, at))
    return {at for key, found in places.items() for _, at in sorted(found)[: max(1, times[key])]}


# --- what does not belong, and what was lost -------------------------------------------------


def _is_foreign(dom: Sequence[DomBlock], at: int, title: str) -> bool:
    block = dom[at]
    if title and _squeeze(block.text).lower() == _squeeze(title).lower():
        return True
    if is_furniture(block.text) or (find_authors(block.text) and block.kind != "caption"):
        return True
    if block.linked > 0.8 and not is_prose(block.text) and len(block.text) < 200:
        before = dom[at - 1].text if at else ""
        if is_tail(before.rstrip(":")) or is_furniture(before) or _JUNK.search(block.names):
            return True
    if block.kind == "item" and block.linked > 0.95 and not is_prose(block.text):
        beside = [dom[n] for n in (at - 1, at + 1) if 0 <= n < len(dom)]
        if all(one.linked > 0.95 for one in beside if one.parent == block.parent):
            return True  # a list of links alone
    above = dom[at - 1] if at else block
    if above.kind == "heading" and above.parent == block.parent and is_furniture(above.text):
        return True  # what a sign-up promises
    return is_tail(block.text) and block.kind in {"heading", "paragraph"}


def _tail(dom: Sequence[DomBlock], kept: list[int]) -> set[int]:
    """Return what follows a prompt after which no more running text comes."""
    prose = [len(dom[at].text) * is_prose(dom[at].text) for at in kept]
    total, seen = sum(prose) or 1, 0
    for n, at in enumerate(kept):
        if seen and is_tail(dom[at].text) and sum(prose[n:]) < total / 4:
            return set(kept[n:])
        seen += prose[n]
    return set()


def _head(dom: Sequence[DomBlock], kept: list[int]) -> set[int]:
    """Return what stands above the first running text: title, date, kicker."""
    found: set[int] = set()
    for at in kept[:_MOST_ABOVE]:
        block = dom[at]
        if block.kind == "item" or (block.kind == "paragraph" and is_prose(block.text)):
            break
        if block.level == 1 or (
            block.kind == "paragraph"
            and count_words(block.text) < 10
            and not ends_sentence(block.text)
        ):
            found.add(at)
    return found if len(found) < len(kept) else set()


def _links_below(dom: Sequence[DomBlock], kept: list[int]) -> set[int]:
    """Return the links, and the headings over them, after the last of the running text."""
    found: set[int] = set()
    for at in reversed(kept):
        if dom[at].linked < 0.8 and (not found or dom[at].kind != "heading"):
            break
        if is_prose(dom[at].text):
            break
        found.add(at)
    return found if len(kept) > len(found) else set()


def _lost(dom: Sequence[DomBlock], kept: set[int], title: str, removed: set[int]) -> set[int]:
    """Return blocks amid the article, or just above it, that stand among its own paragraphs."""
    homes = Counter(dom[at].parent for at in kept if dom[at].kind in {"paragraph", "heading"})
    homes_of_lists = Counter(n for at in kept for n in dom[at].around[-2:])
    first, last = min(kept), max(kept)
    found: set[int] = set()
    for at, block in enumerate(dom):
        if at in kept or at in removed or at > last + 3 or at < first - 8:
            continue
        home = homes[block.parent]
        between = first < at < last
        if _JUNK.search(block.names) or block.inside & (_OUTSIDE - {"header"}):
            continue
        if _is_foreign(dom, at, title) or block.linked > 0.6:
            continue
        words = count_words(block.text)
        match block.kind:
            case "caption":
                good = len(block.text) > 15 and (
                    between
                    or (at < first and _near(block, dom[first]))
                    or (at > last and dom[last].parent in block.around)
                )
            case "heading":
                good = home > 0 and block.level > 1 and (between or at == first - 1)
            case "item" | "quotation":
                outer = homes[block.around[-2]] if len(block.around) > 1 else 0
                good = between and homes_of_lists[block.parent] + outer > 1 and words > 3
            case _ if at < first and _STANDFIRST.search(block.names):
                good = words > 7
            case _:
                good = home > 1 and ends_sentence(block.text) and words > (3 if between else 8)
        if good:
            found.add(at)
    return found


def _telling(dom: Sequence[DomBlock], order: list[int]) -> list[int]:
    """Leave out captions that only credit, or label, a picture, or say again what one said.

    Those above the text belong to the page's opening, with its title and its date.
    """
    texts = (at for at in order if dom[at].kind == "paragraph" and is_prose(dom[at].text))
    first = next(texts, -1)
    said: set[str] = set()
    found = []
    for at in order:
        if dom[at].kind == "caption":
            letters = _squeeze(dom[at].text)
            telling = count_words(dom[at].text) >= _TELLING and not is_credit(dom[at].text)
            if at < first or letters in said or not telling:
                continue
            said.add(letters)
        found.append(at)
    return found


def _near(block: DomBlock, other: DomBlock) -> bool:
    """Say whether two blocks share more of the page than its outermost elements."""
    return len(set(block.around) & set(other.around)) > 3


def _is_hanging(dom: Sequence[DomBlock], at: int, order: list[int]) -> bool:
    """Say whether a heading has nothing below it, because what it headed was taken out."""
    return dom[at].kind == "heading" and at == order[-1]
