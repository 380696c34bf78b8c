"""``content/site.yaml`` to the site's configuration, with defaults for all but the title."""

from pincite.base.codes import CODES
from pincite.base.diagnostics import Diagnostic, Label, Severity, error
from pincite.base.near import did_you_mean
from pincite.base.reading import read_record
from pincite.base.text import Span, Text
from pincite.base.values import Values
from pincite.base.yamltree import parse_yaml
from pincite.load.records import SITE
from pincite.model import Config, Era, Kind

KINDS = (
    Kind(id="deployment", label="Deployment"),
    Kind(id="shipment", label="Shipment"),
    Kind(id="statement", label="Statement"),
    Kind(id="assessment", label="Assessment"),
    Kind(id="meeting", label="Meeting"),
    Kind(id="test", label="Test"),
    Kind(id="casualties", label="Casualties"),
    Kind(id="other", label="Other"),
)
EMPTY = Config(title="", kinds=KINDS, warnings={}, theme={})


def parse_config(text: Text) -> tuple[Config, tuple[Diagnostic, ...]]:
    root, found = parse_yaml(text)
    if root is None:
        if not found:
            found = (
                error(
                    "missing-key",
                    Span(text.path, 0, 0),
                    "the file is empty",
                    help="it needs at least `title: …`",
                ),
            )
        return EMPTY, found
    values, problems = read_record(root, SITE, text.path)
    if values is None:
        return EMPTY, (*found, *problems)
    return _config(values), (
        *found,
        *problems,
        *_check_kinds(values),
        *_check_eras(values),
        *_check_warnings(values),
    )


def _config(values: Values) -> Config:
    kinds = tuple(
        Kind(id=id, label=kind["label"], description=kind["description"] or "")
        for id, kind in values["kinds"] or ()
    )
    if kinds and all(kind.id != "other" for kind in kinds):
        kinds = (*kinds, KINDS[-1])  # the default of an event's kind must exist
    theme = values["theme"]
    url = values["url"] or ""
    return Config(
        title=values["title"] or "",
        description=values["description"] or "",
        url=url if not url or url.endswith("/") else url + "/",
        language=values["language"] or "en",
        author=values["author"] or "",
        license=values["license"] or "",
        republish=values["republish"] or "cited",
        publish_snapshots=values["snapshots"] == "publish",
        kinds=kinds or KINDS,
        eras=tuple(
            Era(label=era["label"], start=era["from"], end=era["to"]) for era in values["eras"]
        ),
        featured=values["featured"],
        page_size=values["page_size"] or 200,
        warnings=dict(values["warnings"] or ()),
        theme={key: theme[key] for key in ("accent", "accent_dark") if theme and theme[key]},
        at=values,
    )


def _check_kinds(values: Values) -> list[Diagnostic]:
    """Find ids that differ in case alone: each is a folder, and some file systems see one."""
    first: dict[str, tuple[int, str]] = {}
    found = []
    for number, (id, _) in enumerate(values["kinds"] or ()):
        at, other = first.setdefault(id.casefold(), (number, id))
        if other != id:
            found.append(
                error(
                    "duplicate-id",
                    values.key_place("kinds", number),
                    f"there is already a kind `{other}`, "
                    f"which a file system may confuse with `{id}`",
                    labels=(Label(span=values.key_place("kinds", at), text="first here"),),
                    help="an id is an address: give this one another",
                )
            )
    return found


def _check_eras(values: Values) -> list[Diagnostic]:
    return [
        error(
            "bad-date",
            era.place("to"),
            f"`{era['label']}` ends before it begins",
            help="`from` is its first day, `to` its last",
        )
        for era in values["eras"]
        if (first := era["from"].earliest) and (last := era["to"].latest) and last < first
    ]


def _check_warnings(values: Values) -> list[Diagnostic]:
    found = []
    for code, _ in values["warnings"] or ():
        place = values.place("warnings")
        if code not in CODES:
            found.append(
                error(
                    "unknown-choice",
                    place,
                    f"there is no finding `{code}`",
                    help=did_you_mean(code, CODES),
                )
            )
        elif CODES[code].severity is Severity.ERROR:
            found.append(
                error(
                    "bad-value",
                    place,
                    f"`{code}` is an error, and errors cannot be softened",
                    help="only warnings can be set to `ignore` or `error`",
                )
            )
    return found
