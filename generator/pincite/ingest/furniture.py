"""What belongs to a web page and not to the article in it, told by its words."""

import itertools
import re
from typing import Final

LONGEST: Final = 160  # characters; what is longer is judged by where it stands, not by its words

# From here on there is nothing of the article, where little prose follows.
_TAIL: Final = re.compile(
    r"(?:read (?:also|more|next)|also read|see also|you (?:may|might) (?:also )?(?:like|enjoy)"
    r"|more (?:from|on|in|stories|about)\b.{0,60}|leave a (?:comment|reply)|(?:post|add) a comment"
    r"|(?:\d+ |no )?comments?(?: \(\d+\))?|join the (?:conversation|discussion)"
    r"|related (?:articles?|posts?|stories|topics?|content|news|links?|reading|coverage)|related"
    r"|recommended(?: for you| reading| stories)?|latest (?:posts?|news|stories|articles?)"
    r"|(?:most|trending) (?:read|popular|viewed|shared|commented)|trending(?: now)?|popular posts?"
    r"|editors?['’]?s? picks?|top stories|about the authors?|footnotes?|sponsored(?: content)?"
    r"|share this(?: \w+)?|tags?|topics|filed under|previous(?: post| article)?"
    r"|next(?: post| article)?|cancel reply|sign up for our newsletters?)\s*[:.…»>]*",
    re.IGNORECASE,
)
# Dropped wherever it stands.
_ANYWHERE: Final = re.compile(
    r"(?:read (?:also|more|next)|also read|see also|related|recommended|watch|listen)\s*[:|–—]\s?.*"
    r"|(?:click|tap) here (?:to|for)\b.*|advertisement|advertising|ad|story continues below.*"
    r"|continue reading.*|article continues (?:after|below).*|skip to (?:main )?(?:content|\w+)"
    r"|share(?: (?:this|on|via|article|story|page)\b.*)?|tweet(?: this)?|print(?: this.*)?|e-?mail"
    r"|(?:facebook|twitter|whatsapp|linkedin|telegram|reddit|pinterest|instagram|copy link|x)"
    r"|follow (?:us|@\w+|\w+ on)\b.*|subscribe(?: (?:now|today|to|for)\b.*)?|sign (?:up|in)\b.*"
    r"|log ?in|register(?: now)?|(?:posted|published|filed) (?:in|under)\b.*|tags?\s*:.*"
    r"|(?:©|\(c\)|copyright\b).*|.*\ball rights reserved\b.*|(?:back to|scroll to) top|menu|search"
    r"|\d+ (?:shares?|views?|comments?|min(?:ute)?s? read)|(?:getty images|reuters|ap photo)"
    r"|follow|save|play|pause|close|home|hide caption|toggle caption|view (?:image|gallery).*"
    r"|image (?:source|caption|copyright)\b.{0,40}|media caption|loading\W*"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:www\.)?(?:twitter|facebook|instagram)\.com/\S+"
    r"|(?:follow|more) ap\b.*|more at \S+"
    r"|(?:e-?mail|reach|contact|follow)\b.{0,80}(?:twitter|facebook|instagram|@\w).*"
    r"|\[\W*related\W.*\]|don['’]t miss\W*|see more\s*:.*|also on \w+\.\w+\b.*"
    r"|source: .{1,40}|more\s*:"
    r"|like this (?:story|article|post)\?.*|updated? (?:at|on)?:? ?\d.{0,40}|most read\b.{0,40}"
    r"|media playback is (?:un)?(?:supported|available)\b.*",
    re.IGNORECASE,
)
_CREDIT: Final = re.compile(
    r"\W*(?:image |photo(?:graph)? |picture |video )?(?:credits?|courtesy|source|copyright)\b.*"
    r"|\W*(?:photo(?:graph)?s?|images?|pictures?|video|illustration)\s*(?::|by\b|/|©).*|\W*©.*"
    r"|media caption.{0,80}|.{0,60}/ ?(?:reuters|ap|afp|getty(?: images)?)\b.{0,20}",
    re.IGNORECASE,
)
_BYLINE: Final = re.compile(
    r"(?:written |story |words |posted |published |reported )?by:?\s+(\S.{1,150})", re.IGNORECASE
)
_CONJUNCTION: Final = re.compile(r"\s*(?:,|;|&|\band\b)\s*", re.IGNORECASE)
_NAME: Final = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[\w.'’-]+){0,4}")
_END_OF_SENTENCE: Final = re.compile(r"[.!?…。！？。।؟][\"'’”»)\]]*$")

#: letters of Thai, Lao, Burmese, Khmer, Japanese and Chinese
_UNPARTED: Final = re.compile(
    "[\u0e01-\u0edf\u1000-\u109f\u1780-\u17d2\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
_STARTS_ANEW: Final = re.compile(r"https?://|www\.|\d+[.)ºª]|\d+a\s")
_WIDTHS: Final = range(45, 110)  # of lines broken by hand or by a mail program


def is_tail(text: str) -> bool:
    """Say whether *text* is the head of what stands below articles."""
    return len(text) <= LONGEST and _TAIL.fullmatch(text.strip()) is not None


def is_furniture(text: str) -> bool:
    """Say whether *text* is of the page wherever it stands: a prompt, a button, a notice."""
    return len(text) <= LONGEST and _ANYWHERE.fullmatch(text.strip()) is not None


def is_credit(text: str) -> bool:
    """Say whether a caption only names who made the picture."""
    return len(text) <= LONGEST and _CREDIT.fullmatch(text.strip()) is not None


def find_authors(text: str) -> tuple[str, ...]:
    """Return the names in a byline, or nothing if *text* is none."""
    found = _BYLINE.fullmatch(" ".join(text.split())) if len(text) <= LONGEST else None
    return split_names(found[1]) if found and not ends_sentence(text) else ()


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in ``A, B and C``; nothing where one of them is no name."""
    names = [name for name in _CONJUNCTION.split(text.strip()) if name]
    if all(_NAME.fullmatch(name) and name[0].isupper() for name in names):
        return tuple(dict.fromkeys(names))
    return ()


def ends_sentence(text: str) -> bool:
    return _END_OF_SENTENCE.search(text.rstrip()) is not None


def is_prose(text: str) -> bool:
    """Say whether *text* reads as running text, not as a label, a link or a heading."""
    words = count_words(text)
    return (words >= 8 and ends_sentence(text)) or words >= 25


def count_words(text: str) -> int:
    """Return how many words *text* has; where words are not parted, two letters count as one."""
    return len(text.split()) + len(_UNPARTED.findall(text)) // 2


def count_letters(text: str) -> int:
    """Return how long *text* is, as if it were written in an alphabet."""
    return len(text) + 2 * len(_UNPARTED.findall(text))


def is_wrapped(lines: list[str]) -> bool:
    """Say whether *lines* are one paragraph that was broken where the line was full."""
    widest = max(map(len, lines), default=0)
    return (
        (len(lines) > 2 or (len(lines) == 2 and lines[1][0].islower()))
        and not any(map(_STARTS_ANEW.match, lines))
        and widest in _WIDTHS
        and not all(map(ends_sentence, lines))
        and all(
            len(line) + 1 + len(after.split()[0]) > widest - 12
            for line, after in itertools.pairwise(lines)
        )
    )
