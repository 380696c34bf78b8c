"""The frame of every page: navigation, downloads, style sheets, words."""

import json
from collections.abc import Mapping

from pincite.base.diagnostics import Failure
from pincite.base.digest import digest_bytes
from pincite.model import Config, Corpus
from pincite.plan.urls import Addresses
from pincite.plan.views import Frame, Link
from pincite.plan.words import Phrases, Words, direction

FEED = "feed.xml"
ACCENT = "assets/accent.css"


def read_words(language: str, theme: Mapping[str, bytes]) -> Words:
    """Return the interface words of *language*, English where a language lacks one."""
    table: dict[str, object] = {}
    content = []
    for name in dict.fromkeys(("en", language.split("-", maxsplit=1)[0], language)):
        for file in sorted(f for f in theme if f.startswith((f"i18n/{name}.", f"i18n/{name}-"))):
            content.append(theme[file])
            try:
                table.update(json.loads(theme[file]))
            except ValueError as problem:
                raise Failure(f"templates/{file}: {problem}") from None
    return Words(
        language=language,
        version=digest_bytes(b"".join(content)),
        table=table,
        dates={},
    )


def frame_of(
    corpus: Corpus,
    words: Words,
    addresses: Addresses,
    styles: tuple[str, ...],
    version: str,
    downloads: tuple[tuple[str, str], ...],
    scripts: tuple[str, ...] = (),
) -> Frame:
    """*downloads* are (key of the word, href) of the data files."""
    config: Config = corpus.config
    nav = [
        Link(label=words("say_timeline"), href=addresses.page(), note="timeline"),
        Link(label=words("say_sources"), href=addresses.page("sources"), note="sources"),
        Link(label=words("say_report"), href=addresses.page("report"), note="report"),
    ]
    fingerprints = [source.sha256 for source in corpus.sources if source.sha256]
    return Frame(
        title=config.title,
        language=config.language,
        dir=direction(config.language),
        author=config.author,
        license=config.license,
        nav=tuple(nav),
        pages=tuple(
            Link(label=page.title, href=addresses.page(page.id), note=page.id)
            for page in corpus.pages
        ),
        data=tuple(Link(label=words(key), href=href) for key, href in downloads),
        feed=FEED if config.url else "",
        styles=styles,
        scripts=scripts,
        fingerprint=fingerprints[0] if len(fingerprints) == 1 == len(corpus.sources) else "",
        words=Phrases(words.table, words.version),
        generator=f"Pincite {version}",
    )
