"""English date expressions in running text, each with its EDTF and the rule that found it."""

from pincite.ingest.tagging.find import find_dates, find_dates_of
from pincite.ingest.tagging.values import Expression

__all__ = ["Expression", "find_dates", "find_dates_of"]
