"""What a file is by its bytes, where its name says otherwise, and what to make of it instead."""

from typing import Literal

from pincite.base.decoding import decode
from pincite.base.diagnostics import Failure

Form = Literal["text", "markdown", "page", "pdf", "archive"]

_WORD = "open it, save the text as .txt or the page as .html, and add that"
#: first bytes, what they begin, what to do
_SIGNS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "name it .pdf"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", ""),
    (b"\xff\xd8\xff", "a JPEG picture", ""),
    (b"GIF8", "a GIF picture", ""),
    (b"PK\x03\x04", "a ZIP archive, as office documents and books are", _WORD),
    (b"\xd0\xcf\x11\xe0", "an old office document", _WORD),
    (b"{\\rtf", "a Rich Text document", _WORD),
    (b"\x1f\x8b", "a gzip archive", "unpack it, or name it .warc.gz if that is what it holds"),
    (b"WARC/", "a web archive", "name it .warc"),
    (b"SQLite format 3", "a database", "export what you need as text"),
)
_PICTURE = (
    "type its words into a .txt file and add that; the picture itself may be media of an event"
)
_ADVICE = {
    **dict.fromkeys((".docx", ".doc", ".odt", ".rtf", ".pages", ".epub"), _WORD),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff"), _PICTURE),
    **dict.fromkeys(
        (".mht", ".mhtml", ".webarchive"), "save the page anew as “HTML only”, and add that"
    ),
    **dict.fromkeys((".eml", ".msg"), "save the message as .txt or .html, and add that"),
    **dict.fromkeys(
        (".csv", ".json", ".xml", ".rss", ".atom", ".xlsx"),
        "a timeline or a feed comes in with `pincite import`; an article as .html or .txt",
    ),
}
_MOST_CONTROLS = 0.01  # of the characters


def advise(name: str) -> str:
    """Return what to do with a file of a format that is not read, or nothing."""
    return next((advice for ending, advice in _ADVICE.items() if name.endswith(ending)), "")


def refuse_mistaken(data: bytes, form: Form) -> None:
    """Raise Failure where the bytes are plainly something else than the name says."""
    if form == "archive":
        return
    if form == "pdf":
        if b"%PDF-" not in data[:1024]:
            raise Failure(
                "it is no PDF, whatever its name says: it does not begin as one",
                help="download it anew, or give it the ending of what it is",
            )
        return
    for sign, what, advice in _SIGNS:
        if data.startswith(sign):
            raise Failure(f"it is {what}, whatever its name says", help=advice or _PICTURE)
    text = decode(data[:1_000_000]).text
    controls = sum(character < " " and character not in "\t\n\r\f\v\x1b" for character in text)
    if controls > _MOST_CONTROLS * len(text):
        raise Failure(
            "it is not text: too many of its bytes are no letters",
            help="its ending says text or page; give it the ending of what it is",
        )
