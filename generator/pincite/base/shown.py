"""Text of unknown content, made fit to stand in a message."""


def shortened(text: str) -> str:
    """Return *text* fit for a message: one printable line of at most 60 characters."""
    return printable(text if len(text) <= 60 else f"{text[:59]}…")


def printable(text: str) -> str:
    """Return *text* on one line, without what could move a cursor or turn the writing round."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"\\u{ord(c):04X}" for c in text)


def counted(number: int, noun: str) -> str:
    """Return ``1 source``, ``1,200 sources``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
