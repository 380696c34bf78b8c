"""Whether originals and archives of sources are alive, and whether the quoted words stand there."""

from pincite.load.links import parse_links
from pincite.model import LinkState

__all__ = ["LinkState", "parse_links"]
