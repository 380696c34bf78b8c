"""Whether originals and archives of sources are alive, and whether the quoted words stand there."""

from pincite.links.record import LinkState, parse_links

__all__ = ["LinkState", "parse_links"]
