"""The pipeline, in order: load, link, check, plan, render, publish. Read this first.

Each stage takes values and returns values with findings; a finding at error level ends the build
before anything is rendered, and the site stays as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import TypeVar

from pincite import __version__
from pincite.base.codes import set_severities
from pincite.base.derived import Passing
from pincite.base.diagnostics import Diagnostic, Severity, error
from pincite.base.digest import Digests
from pincite.base.text import Span, Text
from pincite.check import check, check_pages
from pincite.disk import hold_lock, read_left, refuse_output
from pincite.entries import load
from pincite.images.survey import Medium, Shelf, survey
from pincite.kept import find_kept, keep
from pincite.link.corpus import link
from pincite.link.entries import Entries
from pincite.load.events import parse_events
from pincite.load.project import (
    Inputs,
    read_medium,
    read_project,
    read_seed,
    read_snapshots,
)
from pincite.memo import Memo
from pincite.model import Corpus
from pincite.options import Options
from pincite.plan.pages import Plan, plan
from pincite.plan.report import Places, tell
from pincite.plan.urls import Addresses
from pincite.publish import Past, Published, publish
from pincite.render.engine import TemplateFault, Theme
from pincite.render.remembered import keep_templates, recall_templates
from pincite.store.chunks import ChunkLostError
from pincite.store.codec import PlaceLost
from pincite.store.home import Home, is_of_events, is_of_sources, texts_of_events
from pincite.store.linked import Around, Linked, Memory, keep_linked, recall
from pincite.store.parts import Whole
from pincite.store.planned import Taken, find_planned, keep_plan, known_views, take_plan
from pincite.store.shares import Shares, link_in_shares
from pincite.unchanged import again_of, engine_digest, inputs_before, remember
from pincite.workers import default_jobs

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The first four stages' result. *plan* is None where an error was found."""

    corpus: Corpus
    plan: Plan | None
    found: tuple[Diagnostic, ...]
    texts: Mapping[str, Text]
    inputs: Inputs
    digests: Digests = field(default_factory=Digests)  # of the values that pages are made from
    entries: Entries | None = None
    whole: Whole | None = None  # what the corpus will be recalled from
    places: Mapping[str, Mapping[int, str]] = field(default_factory=dict)  # that were told

    @property
    def ok(self) -> bool:
        return self.plan is not None


def build(root: Path, options: Options, memo: Memo) -> tuple[Checked, Published | None]:
    """Build the project at *root*. Raises Failure where the world does not allow it."""
    refuse_output(root, options.out)
    with hold_lock(root, options.out):
        left = read_left(root, options.out) if memo.stamps is None else {}
        again = again_of(left)
        inputs = "" if options.postpone else inputs_before(root, again)
        options.advance("compare")
        engine = memo.engine = memo.engine or engine_digest()
        home = Home(
            root=root,
            out=options.out,
            settings=options.settings,
            engine=engine,
            stamps=left.get("stamps", {}) if memo.stamps is None else memo.stamps,
        )
        checked = check_project(root, options, memo, home)
        if checked.plan is None:
            return checked, None
        renderer = memo.renderer_for(Theme(files=checked.inputs.theme), engine)
        recall_templates(home, renderer)
        pages = checked.plan.pages
        own = count(1)  # pages that this process has done; its helpers do about as many each
        keeps = bool(inputs and checked.whole and not options.postpone)
        taken = take_plan(checked.plan, checked.digests) if keeps else None
        past = _past_of(options, memo, home, checked, taken)
        try:
            with options.elsewhere(root, options, home, inputs, checked, past) as past:
                jobs = options.jobs or default_jobs(len(pages))  # which sees threads of others
                published = publish(
                    pages,
                    renderer,
                    checked.plan.site.frame,
                    options.out,
                    jobs=jobs,
                    advance=lambda _: options.tell(min(next(own) * jobs, len(pages)), len(pages)),
                    past=past,
                    postpone=options.postpone,
                )
        except TemplateFault as fault:
            return _with_fault(checked, fault), None
        options.advance("render and write")
        memo.seen, memo.site, memo.records = published.seen, checked.plan.site, published.records
        memo.stamps = published.stamps(options.out, home.stamps)
        if not options.postpone:
            keep_templates(home, renderer)
            if taken and checked.whole and checked.entries:
                memo.planned = keep_plan(
                    home,
                    checked.plan,
                    taken,
                    checked.entries,
                    checked.whole.context,
                    {path: file.events for path, file in memo.linked.files.items()},
                    inputs,
                    checked.digests,
                    checked.places,
                )
            remember(
                root,
                options.out,
                options.settings,
                inputs,
                again,
                published.contents,
                memo.stamps,
                checked.found,
            )
            options.advance("remember")
        return checked, published


def _past_of(
    options: Options, memo: Memo, home: Home, checked: Checked, taken: Taken | None
) -> Past:
    """Return what is known of earlier builds. A preview holds the pages that it made."""
    before = find_planned(home) if taken and not memo.lasting else None
    return Past(
        stamps=home.stamps,
        digests=checked.digests,
        seen=memo.seen,
        records=memo.records,
        views=known_views(taken, before, options.out) if taken else {},
    )


def check_project(root: Path, options: Options, memo: Memo, home: Home | None = None) -> Checked:
    """Run the stages that decide: load, link, check, plan.

    With a *home*, what was linked before is taken from there, as far as it is still the same.
    """
    inputs = read_project(root, memo.texts, None if memo.lasting else _HELD)
    memo.texts.forget_unused()
    options.advance("read")
    context = home.context(inputs, memo.snapshots) if home else ""
    if home and context:
        checked = _recall(home, context, options, memo, inputs)
        if checked is not None:
            return checked
    entries, linked = _link_all(root, options, memo, inputs, home, context)
    return _plan(root, options, inputs, entries, linked, home, memo)


def _recall(
    home: Home, context: str, options: Options, memo: Memo, inputs: Inputs
) -> Checked | None:
    """Plan what was kept, or what is made to be kept; None where everything has to be linked."""
    rest = {p: t for p, t in inputs.texts.items() if not (is_of_events(p) or is_of_sources(p))}
    entries, found = load(replace(inputs, texts=rest), options.url, memo)
    whole = memo.linked.whole
    if whole is None:
        whole = memo.linked.kept = home.open()
    if whole is not None:
        checked = _plan_recalled(options, memo, home, inputs, entries, whole, context)
        if checked is not None:
            return checked
    if memo.lasting:
        return None  # a preview holds what it has parsed
    shares = Shares(
        root=home.root,
        inputs=inputs,
        entries=entries,
        found=found,
        jobs=options.jobs,
        advance=options.advance,
    )
    linked = link_in_shares(context, shares)
    if linked is None:
        return None
    whole, corpus = linked
    if not options.postpone:
        home.keep(whole)
        whole = home.open() or whole  # from there it need not be in memory
        options.advance("keep what is linked")
    memo.linked = Memory(whole=whole, kept=whole, corpus=corpus)
    return _plan_recalled(options, memo, home, inputs, entries, whole, context)


def _link_all(
    root: Path, options: Options, memo: Memo, inputs: Inputs, home: Home | None, context: str
) -> tuple[Entries, Linked]:
    entries, found = load(inputs, options.url, memo)
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
        linked = keep_linked(context, texts_of_events(inputs), entries, linked, memo.linked)
        if linked.whole and linked.whole != memo.linked.kept and not options.postpone:
            home.keep(linked.whole)
            memo.linked.kept = linked.whole
        options.advance("keep what is linked")
    return entries, linked


def _plan_recalled(
    options: Options,
    memo: Memo,
    home: Home,
    inputs: Inputs,
    entries: Entries,
    whole: Whole,
    context: str,
) -> Checked | None:
    around = Around(entries=entries, media=inputs.media)
    texts = texts_of_events(inputs)
    try:
        linked = recall(whole, context, texts, around, parse_events, memo.linked)
        if linked is None:
            return None
        options.advance("recall what was linked")
        checked = _plan(home.root, options, inputs, entries, linked, home, memo)
    except PlaceLost:  # then the files have to be read after all
        return None
    except ChunkLostError:
        memo.linked = Memory()
        return None
    if linked.whole and linked.whole is not memo.linked.kept and not options.postpone:
        home.keep(linked.whole)
        memo.linked.kept = linked.whole
    return checked


def _plan(
    root: Path,
    options: Options,
    inputs: Inputs,
    entries: Entries,
    linked: Linked,
    home: Home | None,
    memo: Memo,
) -> Checked:
    """Run what follows linking. *entries* are needed for what is not of the corpus."""
    corpus = linked.corpus
    words, faults, word_files = memo.words_for(entries.config.language, inputs.theme)
    found = _without_echoes((*inputs.found, *linked.found, *faults))
    texts = {**inputs.texts, **word_files} if word_files else inputs.texts
    media: Mapping[str, Medium] = {}
    shelf = Shelf(
        partial(read_medium, root),
        partial(find_kept, root),
        partial(keep, root),
        partial(read_seed, root),
    )
    if not _has_error(found):
        media, more = survey(corpus, shelf)
        found += (*more, *check_pages(corpus, entries.published))
    found = set_severities(found, overrides=entries.config.warnings, strict=options.strict)
    planned = None
    places = Places(texts)
    digests = memo.digests = Digests(linked.digests, memo.digests)
    if not _has_error(found):
        planned, more = plan(
            corpus,
            words,
            Addresses(index_links=options.index_links),
            {f: data for f, data in inputs.theme.items() if f.startswith("assets/")},
            tell(found, places),
            __version__,
            media,
            shelf,
            home.past(digests) if home else None,
            memo.derived if memo.lasting else Passing(),
            memo.site,
            entries.editions,
        )
        memo.derived.forget_unused()
        found += more
        if more:
            planned = None
        options.advance("plan")
    return Checked(
        corpus=corpus,
        plan=planned,
        found=found,
        texts=texts,
        inputs=inputs,
        digests=digests,
        entries=entries,
        whole=linked.whole,
        places=places.said,
    )


_HELD = 1 << 20  # letters of texts in memory; what is more is read when it is needed


def _without_echoes(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Leave out what else is wrong with files that are not UTF-8: all of it comes from that."""
    garbled = {d.span.path for d in found if d.code == "file-encoding"}
    if not garbled:
        return found
    return tuple(d for d in found if d.code == "file-encoding" or d.span.path not in garbled)


def _has_error(found: tuple[Diagnostic, ...]) -> bool:
    return any(d.severity is Severity.ERROR for d in found)


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
