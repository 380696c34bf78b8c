"""A preview that holds in memory what its last build made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pincite.amend.site import Amended, Standing, amend_site
from pincite.base.text import Text
from pincite.build import Checked
from pincite.disk import BEGUN, MANIFEST, hold_lock, stamp_of
from pincite.load.project import Inputs, read_project
from pincite.memo import Memo
from pincite.options import Options
from pincite.render.engine import TemplateFault
from pincite.store.chunks import ChunkLostError, put
from pincite.store.home import Home, is_of_events
from pincite.store.planned import config_of


@dataclass(slots=True)
class Held:
    """The site as the last build of a preview left it, and what that build had read."""

    standing: Standing
    inputs: Inputs


def hold(
    root: Path, options: Options, memo: Memo, checked: Checked, before: Sequence[Held]
) -> list[Held]:
    """Return what `amend_held` needs after a build that put nothing off; nothing if it cannot.

    What was read of the site as it was held *before* is kept, if it is still the same.
    """
    planned, whole = memo.planned, checked.whole
    if planned is None or whole is None or memo.records is None or memo.renderer is None:
        return []
    if memo.site is None or memo.stamps is None:
        return []
    home = Home(
        root=root,
        out=options.out,
        settings=options.settings,
        engine=memo.engine,
        stamps=memo.stamps,
    )
    standing = Standing(
        home=home,
        planned=planned,
        whole=whole,
        records=memo.records,
        found=checked.found,
        renderer=memo.renderer,
        words=memo.site.words,
        config=config_of(planned),
        strict=options.strict,
        stamps=memo.stamps,
        seen=memo.seen,
    )
    for held in before:
        last = held.standing.planned
        if last.key == planned.key and last.digests == planned.digests:
            standing = replace(standing, read=held.standing.read)
    return [Held(standing, checked.inputs)]


def amend_held(held: Held, options: Options, memo: Memo) -> Amended | None:
    """Bring the site up to date if only words of events changed; else do nothing, and return None.

    What *held* and *memo* say of the site is brought up to date with it.
    """
    standing = held.standing
    root, out = standing.home.root, standing.home.out
    with hold_lock(root, out):
        inputs = read_project(root, memo.texts)
        memo.texts.forget_unused()
        ours = standing.records.stamp == stamp_of(str(out / MANIFEST))  # nobody else has built
        if not ours or (out / BEGUN).exists() or not _is_for_us(held, inputs, memo):
            return None
        texts = [text for path, text in inputs.texts.items() if not _same(text, held.inputs)]
        try:
            amended = amend_site(standing, texts, inputs.texts, postpone=options.postpone)
        except (ChunkLostError, TemplateFault):  # the whole pipeline says where, or links again
            return None
        if amended is None:
            return None
        published = amended.published
        stamps = published.stamps(out, standing.stamps)
        seen = {**standing.seen, **published.seen}
        parts = {one.path: one.part for one in amended.files}
        held.inputs = inputs
        held.standing = replace(
            standing,
            planned=amended.planned,
            whole=standing.whole._replace(parts=put(standing.whole.parts, parts)),
            records=published.records,
            found=amended.found,
            stamps=stamps,
            home=replace(standing.home, stamps=stamps),
            seen=seen,
        )
        memo.records, memo.stamps, memo.seen = published.records, stamps, seen
        return amended


def _is_for_us(held: Held, inputs: Inputs, memo: Memo) -> bool:
    """Whether nothing changed but texts of files of events that were there before."""
    before = held.inputs
    return (
        inputs.found == before.found
        and inputs.texts.keys() == before.texts.keys()
        and all(_same(text, before) or is_of_events(p) for p, text in inputs.texts.items())
        and inputs.theme == before.theme
        and held.standing.home.context(inputs, memo.snapshots)
        == held.standing.planned.lasting.context
    )


def _same(text: Text, before: Inputs) -> bool:
    return text.value == before.texts[text.path].value
