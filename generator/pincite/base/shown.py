"""Text of unknown content, made fit to stand in a message."""


def shortened(text: str) -> str:
    """Return *text* fit for a message: one printable line of at most 60 characters."""
    text = text if len(text) <= 60 else f"{text[:59]}…"
    return "".join(map(printable, text))


def printable(character: str) -> str:
    return character if character.isprintable() else f"\\u{ord(character):04X}"
