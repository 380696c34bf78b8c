"""A build of its own that finds, by what the last one left, that only words of events changed."""

from dataclasses import replace
from pathlib import Path

from pincite.amend.site import Amended, Standing, amend_site
from pincite.base.diagnostics import Diagnostic
from pincite.disk import MANIFEST, digest_file, hold_lock, stamp_of, stamp_of_left
from pincite.load.project import Texts, read_strictly, read_theme
from pincite.manifest import Records, read_manifest
from pincite.options import Options
from pincite.plan.wordfiles import read_words
from pincite.render.engine import Renderer, TemplateFault, Theme
from pincite.render.remembered import recall_templates
from pincite.store.chunks import ChunkLostError, put
from pincite.store.home import Home, is_of_events
from pincite.store.planned import PASSING, config_of, dump_passing, find_planned
from pincite.unchanged import Look, changed_inputs, found_before, is_as_left, remember


def amend(root: Path, options: Options, seen: Look | None) -> Amended | None:
    """Bring the site up to date if only words of events changed; else do nothing, and return None.

    Raises Failure where the world does not allow it.
    """
    changed = changed_inputs(seen) if seen else None
    if seen is None or changed is None or not all(map(is_of_events, changed)):
        return None
    out, left = options.out, seen.left
    with hold_lock(root, out):
        if stamp_of_left(root, out) != seen.stamp or not is_as_left(out, seen):
            return None
        texts = read_strictly(root, sorted(changed))
        standing = _standing(root, options, seen)
        options.advance("compare")
        if standing is None or texts is None:
            return None
        try:
            amended = amend_site(standing, texts, Texts(root, texts), postpone=False)
        except (ChunkLostError, TemplateFault):  # the whole pipeline says what there is to say
            return None
        if amended is None:
            return None
        options.advance("amend")
        home = standing.home
        parts = put(standing.whole.parts, {one.path: one.part for one in amended.files})
        home.keep(standing.whole._replace(parts=parts))
        manifest = digest_file(out / MANIFEST)
        now = replace(amended.planned, inputs=seen.inputs, manifest=manifest)
        home.keep_ours(PASSING, dump_passing(now))
        remember(
            root,
            out,
            options.settings,
            seen.inputs,
            seen.again,
            amended.published.contents,
            amended.published.stamps(out, left["stamps"]),
            amended.found,
        )
        options.advance("remember")
        return amended


def _standing(root: Path, options: Options, seen: Look) -> Standing | None:
    left = seen.left
    home = Home(
        root=root,
        out=options.out,
        settings=options.settings,
        engine=seen.engine,
        stamps=left["stamps"],
    )
    planned, whole = find_planned(home), home.open()
    if planned is None or planned.inputs != left["inputs"]:
        return None
    if whole is None or whole.context != planned.lasting.context:
        return None
    found: list[Diagnostic] = []
    theme = read_theme(root, root.resolve(), found, seen.shipped)
    if found:
        return None
    renderer = Renderer(Theme(files=theme), home.engine)
    recall_templates(home, renderer)
    config = config_of(planned)
    words, _, _ = read_words(config.language, theme)  # what was found of them was told
    stamp = stamp_of(str(home.out / MANIFEST))
    return Standing(
        home=home,
        planned=planned,
        whole=whole,
        records=Records(read_manifest(home.out), stamp, written=True),
        found=found_before(left),
        renderer=renderer,
        words=words,
        config=config,
        strict=options.strict,
        stamps=home.stamps,
    )
