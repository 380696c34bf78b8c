"""``content/actors.yaml`` and ``content/places.yaml`` to names."""

from pincite.base.diagnostics import Diagnostic
from pincite.base.reading import read_value
from pincite.base.text import Text
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
    ), (*found, *problems)
