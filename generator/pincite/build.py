"""The pipeline, in order: load, link, check, plan, render, publish. Read this first.

Each stage takes values and returns values with findings; a finding at error level ends the build
before anything is rendered, and the site stays as it was.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from pincite import __version__
from pincite.base.codes import set_severities
from pincite.base.diagnostics import Diagnostic, Failure, Severity, error
from pincite.base.digest import digest_bytes
from pincite.base.text import Span, Text
from pincite.check import check
from pincite.disk import hold_lock, read_left
from pincite.images.survey import Medium, Shelf, survey
from pincite.kept import find_kept, keep
from pincite.link.corpus import Entries, link
from pincite.load.changes import parse_changes
from pincite.load.config import EMPTY, parse_config
from pincite.load.events import parse_events
from pincite.load.front import read_id
from pincite.load.links import parse_links
from pincite.load.names import parse_names
from pincite.load.pages import parse_page
from pincite.load.project import (
    CHANGES,
    EVENTS,
    LINKS,
    NAMES,
    PAGES,
    PUBLISHED,
    SITE,
    SOURCES,
    Inputs,
    read_medium,
    read_project,
    read_seed,
    read_snapshots,
)
from pincite.load.published import parse_published
from pincite.load.sources import SPOILING, parse_source
from pincite.model import Config, Corpus, LinkState
from pincite.plan.frame import read_words
from pincite.plan.pages import Plan, plan
from pincite.plan.report import Told
from pincite.plan.urls import Addresses
from pincite.publish import Published, publish
from pincite.render.engine import Renderer, TemplateFault, Theme
from pincite.store.codec import PlaceLost
from pincite.store.home import Home, is_of_events, is_of_sources, texts_of_events
from pincite.store.linked import Around, Linked, keep_linked, recall
from pincite.unchanged import engine_digest, inputs_before, remember
from pincite.workers import default_jobs

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    out: Path
    strict: bool = False
    url: str | None = None  # in place of site.yaml's
    index_links: bool = False
    jobs: int | None = None  # processes; None: as many as are worth it
    advance: Callable[[str], None] = lambda _: None  # told each stage that has been done
    # Told how many of how many pages are done; with helpers, about how many.
    tell: Callable[[int, int], None] = lambda _done, _total: None

    @property
    def settings(self) -> str:
        """All of the options that show in the site or in the findings."""
        return repr((self.strict, self.url, self.index_links))


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The first four stages' result. *plan* is None where an error was found."""

    corpus: Corpus
    plan: Plan | None
    found: tuple[Diagnostic, ...]
    texts: Mapping[str, Text]
    inputs: Inputs
    digests: tuple[tuple[object, str], ...] = ()  # values of the corpus, each with its own

    @property
    def ok(self) -> bool:
        return self.plan is not None


@dataclass(slots=True)
class Memo:
    """What was parsed, by function, path and text. It cannot be seen in any result.

    A place holds its path, so the path is part of the key; findings are part of the value, so that
    they are told again. ``serve`` keeps one; what a build did not ask for is forgotten.
    """

    _kept: dict[tuple[str, str], tuple[str, Any]] = field(default_factory=dict)
    _asked: set[tuple[str, str]] = field(default_factory=set)
    renderer: Renderer | None = None

    def __call__(self, parse: Callable[[Text], T], text: Text) -> T:
        key = (parse.__name__, text.path)
        now = digest_bytes(text.value.encode("utf-8", "surrogatepass"))
        before, value = self._kept.get(key, ("", None))
        if before != now:
            value = parse(text)
            self._kept[key] = (now, value)
        self._asked.add(key)
        result: T = value
        return result

    def forget_unused(self) -> None:
        self._kept = {key: self._kept[key] for key in self._asked}
        self._asked = set()

    def renderer_for(self, theme: Theme, engine: str) -> Renderer:
        """Return the last renderer while the theme stays the same."""
        kept = self.renderer
        if kept is None or kept.theme != theme or kept.engine != engine:
            kept = self.renderer = Renderer(theme, engine)
        return kept


def build(root: Path, options: Options, memo: Memo) -> tuple[Checked, Published | None]:
    """Build the project at *root*. Raises Failure where the world does not allow it."""
    _refuse_output(root, options.out)
    with hold_lock(root, options.out):
        inputs = inputs_before(root)
        options.advance("compare")
        engine = engine_digest()
        home = Home(root=root, out=options.out, settings=options.settings, engine=engine)
        checked = check_project(root, options, memo, home)
        if checked.plan is None:
            return checked, None
        renderer = memo.renderer_for(Theme(files=checked.inputs.theme), engine)
        _recall_closures(home, renderer)
        pages = checked.plan.pages
        jobs = options.jobs or default_jobs(len(pages))
        own = count(1)  # pages that this process has done; its helpers do about as many each
        try:
            published = publish(
                pages,
                renderer,
                checked.plan.site.frame,
                options.out,
                jobs=jobs,
                advance=lambda _: options.tell(min(next(own) * jobs, len(pages)), len(pages)),
                stamps=read_left(root, options.out).get("stamps", {}),
                digests=checked.digests,
            )
        except TemplateFault as fault:
            return _with_fault(checked, fault), None
        options.advance("render and write")
        _keep_closures(home, renderer)
        remember(root, options.out, options.settings, inputs, published.contents, checked.found)
        options.advance("remember")
        return checked, published


def check_project(root: Path, options: Options, memo: Memo, home: Home | None = None) -> Checked:
    """Run the stages that decide: load, link, check, plan.

    With a *home*, what was linked before is taken from there, as far as it is still the same.
    """
    inputs = read_project(root)
    options.advance("read")
    context = home.context(inputs) if home else ""
    if home and context and (checked := _recall(home, context, options, memo, inputs)):
        return checked
    entries, found = load(inputs, options, memo)
    options.advance("parse")
    snapshots = read_snapshots(root, sorted({s.snapshot for s in entries.sources if s.snapshot}))
    corpus, more = link(entries, snapshots, inputs.media)
    memo.forget_unused()
    found += more
    if not _has_error((*inputs.found, *found)):
        found += check(corpus, entries.published)
    options.advance("link and check")
    linked = Linked(corpus=corpus, found=found)
    if home and context:
        linked = keep_linked(context, texts_of_events(inputs), entries, linked)
        if linked.data:
            home.keep(linked.data)
        options.advance("keep what is linked")
    return _plan(root, options, inputs, entries, linked, home)


def _recall(
    home: Home, context: str, options: Options, memo: Memo, inputs: Inputs
) -> Checked | None:
    data = home.find()
    if data is None:
        return None
    rest = {p: t for p, t in inputs.texts.items() if not (is_of_events(p) or is_of_sources(p))}
    entries, _ = load(replace(inputs, texts=rest), options, memo)
    around = Around(entries=entries, media=inputs.media)
    with suppress(PlaceLost):  # then the files have to be read after all
        linked = recall(data, context, texts_of_events(inputs), around, partial(memo, parse_events))
        if linked is None:
            return None
        options.advance("recall what was linked")
        checked = _plan(home.root, options, inputs, entries, linked, home)
        if linked.data is not data:
            home.keep(linked.data)
        return checked
    return None


def _plan(
    root: Path,
    options: Options,
    inputs: Inputs,
    entries: Entries,
    linked: Linked,
    home: Home | None,
) -> Checked:
    """Run what follows linking. *entries* are needed for what is not of the corpus."""
    corpus = linked.corpus
    found = _without_echoes((*inputs.found, *linked.found))
    media: Mapping[str, Medium] = {}
    shelf = Shelf(
        partial(read_medium, root),
        partial(find_kept, root),
        partial(keep, root),
        partial(read_seed, root),
    )
    if not _has_error(found):
        media, more = survey(corpus, shelf)
        found += more
    found = set_severities(found, overrides=entries.config.warnings, strict=options.strict)
    planned = None
    if not _has_error(found):
        planned, more = plan(
            corpus,
            read_words(entries.config.language, inputs.theme),
            Addresses(index_links=options.index_links),
            {f: data for f, data in inputs.theme.items() if f.startswith("assets/")},
            _told(found, inputs.texts),
            __version__,
            media,
            shelf,
            home.past(linked.digests) if home else None,
            entries.editions,
        )
        found += more
        if more:
            planned = None
        options.advance("plan")
    return Checked(
        corpus=corpus,
        plan=planned,
        found=found,
        texts=inputs.texts,
        inputs=inputs,
        digests=linked.digests,
    )


def load(inputs: Inputs, options: Options, memo: Memo) -> tuple[Entries, tuple[Diagnostic, ...]]:
    """Parse every file; each is parsed on its own, and only when its text is new."""
    found: list[Diagnostic] = []

    def read(parse: Callable[[Text], tuple[T, tuple[Diagnostic, ...]]], path: str) -> T:
        value, problems = memo(parse, inputs.texts[path])
        found.extend(problems)
        return value

    def paths(place: tuple[str, tuple[str, ...]]) -> list[str]:
        folder, endings = place
        return [p for p in inputs.texts if p.startswith(folder) and p.endswith(endings)]

    config = read(parse_config, SITE) if SITE in inputs.texts else EMPTY
    if options.url is not None:
        config = _with_url(config, options.url)
    names = {
        sort: read(parse_names, path) if path in inputs.texts else ()
        for path, sort in NAMES.items()
    }
    links: Mapping[str, tuple[LinkState, ...]] = (
        read(parse_links, LINKS) if LINKS in inputs.texts else {}
    )
    sources = {path: read(parse_source, path) for path in paths(SOURCES)}
    lost = {d.span.path for d in (*inputs.found, *found) if d.code in SPOILING}
    lost |= {path for path, source in sources.items() if source is None}
    return Entries(
        config=config,
        links=links,
        spoiled=frozenset(read_id(inputs.texts[path])[0] for path in lost & sources.keys()),
        events=tuple(e for path in paths(EVENTS) for e in read(parse_events, path)),
        sources=tuple(filter(None, sources.values())),
        pages=tuple(p for path in paths(PAGES) if (p := read(parse_page, path))),
        actors=names["actors"],
        places=names["places"],
        published=read(parse_published, PUBLISHED) if PUBLISHED in inputs.texts else (),
        editions=read(parse_changes, CHANGES) if CHANGES in inputs.texts else (),
    ), tuple(found)


_CLOSURES = "closures"


def _recall_closures(home: Home, renderer: Renderer) -> None:
    with suppress(ValueError):
        kept = json.loads(home.find_ours(_CLOSURES) or b"{}")
        if kept.get("theme") == renderer.theme_digest():
            renderer.know_closures(kept["closures"])


def _keep_closures(home: Home, renderer: Renderer) -> None:
    kept = {"theme": renderer.theme_digest(), "closures": renderer.closures()}
    data = json.dumps(kept, sort_keys=True).encode()
    if data != home.find_ours(_CLOSURES):
        home.keep_ours(_CLOSURES, data)


def _with_url(config: Config, url: str) -> Config:
    return replace(config, url=url if not url or url.endswith("/") else url + "/")


def _without_echoes(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Leave out what else is wrong with files that are not UTF-8: all of it comes from that."""
    garbled = {d.span.path for d in found if d.code == "file-encoding"}
    if not garbled:
        return found
    return tuple(d for d in found if d.code == "file-encoding" or d.span.path not in garbled)


def _has_error(found: tuple[Diagnostic, ...]) -> bool:
    return any(d.severity is Severity.ERROR for d in found)


def _told(found: tuple[Diagnostic, ...], texts: Mapping[str, Text]) -> tuple[Told, ...]:
    """Turn warnings into what the evidence report says of them, sorted by code and place."""
    told = []
    for d in sorted(found, key=lambda d: (d.code, d.span)):
        place = d.span.path
        if place in texts:
            line, column = texts[place].locate(d.span.start)
            place = f"{place}:{line}:{column}"
        told.append(Told(code=d.code, message=d.message.replace("`", ""), place=place))
    return tuple(told)


def _with_fault(checked: Checked, fault: TemplateFault) -> Checked:
    """A fault of a template is a finding like any other: it has a file and a line."""
    path = f"templates/{fault.name}"
    text = Text(path, checked.inputs.theme.get(fault.name, b"").decode("utf-8", "replace"))
    start = sum(len(line) + 1 for line in text.value.split("\n")[: max(0, fault.line - 1)])
    found = error("template-fault", Span(path, start, start), fault.fault, help=fault.help)
    return Checked(
        corpus=checked.corpus,
        plan=None,
        found=(*checked.found, found),
        texts={**checked.texts, path: text},
        inputs=checked.inputs,
    )


def _refuse_output(root: Path, out: Path) -> None:
    """Refuse an output folder whose files we could mistake for ours, or bury the project in."""
    root, target, inside = root.resolve(), out.resolve(), out.is_relative_to(root)
    if inside and not target.is_relative_to(root):
        raise Failure(
            f"{out} is a link that leads out of the project",
            help="remove it, and say with `--out` where the site is to be written",
        )
    kept = [root / name for name in ("content", "templates", "seeds", "generator", "tests", ".git")]
    if root.is_relative_to(target) or any(target.is_relative_to(folder) for folder in kept):
        raise Failure(
            f"the site cannot be written to {out}", help="choose an empty folder, such as site/"
        )
    if target.exists() and not target.is_dir():
        raise Failure(f"{out} is not a folder")
