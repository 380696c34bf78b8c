"""``content/actors.yaml`` and ``content/places.yaml`` to names."""

from collections.abc import Iterable, Iterator

from pincite.base.diagnostics import Diagnostic, error
from pincite.base.reading import read_value
from pincite.base.text import Text
from pincite.base.values import Values
from pincite.base.yamltree import parse_yaml
from pincite.load.records import NAMED
from pincite.model import Name


def parse_names(text: Text) -> tuple[tuple[Name, ...], tuple[Diagnostic, ...]]:
    root, found = parse_yaml(text)
    if root is None:
        return (), found
    pairs, problems = read_value(root, NAMED, text.path)
    return tuple(
        Name(
            id=id,
            label=values["label"],
            aliases=values["aliases"],
            description=values["description"] or "",
            wikidata=values["wikidata"] or "",
            lat=values["lat"],
            lon=values["lon"],
            precision=values["precision"] or "",
            at=values,
        )
        for id, values in pairs or ()
    ), (*found, *problems, *_find_halves(pairs or ()))


def _find_halves(pairs: Iterable[tuple[str, Values]]) -> Iterator[Diagnostic]:
    """Find points of which one coordinate is not written."""
    for _, values in pairs:
        for written, missing in (("lat", "lon"), ("lon", "lat")):
            if written in values and missing not in values:
                yield error(
                    "missing-key",
                    values.key_place(written),
                    f"`{missing}` is missing beside `{written}`",
                    help="a point has both, in degrees, or neither",
                )
