"""A build of its own that finds, by what the last one left, that only words of events changed."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from pincite.amend.site import Amended, Standing, amend_site
from pincite.base.text import Text
from pincite.build import Options, recall_templates, stamps_after
from pincite.disk import BEGUN, MANIFEST, hold_lock, read_left, stamp_of, stamps_of
from pincite.load.project import MAX_BYTES, read_some, read_theme
from pincite.manifest import Records, read_manifest
from pincite.model import Config
from pincite.plan.frame import read_words
from pincite.render.engine import Renderer, TemplateFault, Theme
from pincite.store.chunks import ChunkLostError
from pincite.store.home import Home, is_of_events
from pincite.store.planned import PASSING, Planned, config_of, dump_passing, find_planned
from pincite.unchanged import (
    again_of,
    changed_inputs,
    engine_digest,
    found_before,
    inputs_before,
    remember,
)


def amend(root: Path, options: Options) -> Amended | None:
    """Bring the site up to date if only words of events changed; else do nothing, and return None.

    Raises Failure where the world does not allow it.
    """
    out = options.out
    with hold_lock(root, out):
        left = read_left(root, out)
        stamps: Mapping[str, Any] = left.get("stamps", {})
        if not stamps or left.get("settings") != options.settings or (out / BEGUN).exists():
            return None
        again = again_of(left)
        if not inputs_before(root, again):
            return None
        engine = engine_digest()
        changed = changed_inputs(left, engine, again)
        if changed is None or not all(map(is_of_events, changed[1])):
            return None
        inputs, paths = changed
        home = Home(root=root, out=out, settings=options.settings, engine=engine, stamps=stamps)
        planned = find_planned(home)
        texts = _read(root, sorted(paths))
        if planned is None or planned.inputs != left["inputs"] or texts is None:
            return None
        now = stamps_of(out, stamps)
        if any(tuple(stamps[path][:-1]) != stamp for path, stamp in now.items()):
            return None
        options.advance("compare")
        standing = _standing(home, planned, left, options)
        if standing is None:
            return None
        try:
            amended = amend_site(standing, texts, partial(read_some, root), postpone=False)
        except (ChunkLostError, TemplateFault):  # the whole pipeline says what there is to say
            return None
        if amended is None:
            return None
        options.advance("amend")
        home.amend(standing.whole, {one.path: one.part for one in amended.files})
        home.keep_ours(PASSING, dump_passing(replace(amended.planned, inputs=inputs)))
        remember(
            root,
            out,
            options.settings,
            inputs,
            again,
            amended.published.contents,
            stamps_after(out, amended.published, stamps),
            amended.found,
        )
        options.advance("remember")
        return amended


def _standing(
    home: Home, planned: Planned, left: Mapping[str, Any], options: Options
) -> Standing | None:
    whole = home.open()
    if whole is None or whole.context != planned.lasting.context:
        return None
    found: list[Any] = []
    theme = read_theme(home.root, home.root.resolve(), found)
    if found:
        return None
    renderer = Renderer(Theme(files=theme), home.engine)
    recall_templates(home, renderer)
    config: Config = config_of(planned)
    return Standing(
        home=home,
        planned=planned,
        whole=whole,
        records=Records(read_manifest(home.out), stamp_of(str(home.out / MANIFEST)), written=True),
        found=found_before(left),
        renderer=renderer,
        words=read_words(config.language, theme),
        config=config,
        strict=options.strict,
        stamps=home.stamps,
    )


def _read(root: Path, paths: Iterable[str]) -> list[Text] | None:
    """Return the texts at *paths*; None where one cannot be read as it should be."""
    texts = []
    for path in paths:
        file = root / path
        try:
            if file.is_symlink() or os.stat(file).st_size > MAX_BYTES:  # noqa: PTH116
                return None
            texts.append(Text(path, file.read_bytes().decode("utf-8-sig")))
        except (OSError, UnicodeDecodeError):
            return None
    return texts
