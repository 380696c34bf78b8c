"""Pincite: annotated timelines in which every claim is pinned to the words of its source."""

__version__ = "0.1.0"
