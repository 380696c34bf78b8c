"""The frame of every page: navigation, downloads, style sheets, words."""

from dataclasses import replace

from pincite.load.config import KINDS
from pincite.model import Config, Corpus
from pincite.plan.urls import Addresses
from pincite.plan.views import Frame, Link
from pincite.plan.words import Phrases, Words, direction

FEED = "feed.xml"
ACCENT = "assets/accent.css"
SHEET = "assets/pincite.css"


def name_kinds(config: Config, words: Words) -> Config:
    """Return *config* whose kinds are named in the site's language, where they are our own."""
    kinds = tuple(
        replace(kind, label=words(f"kind_{kind.id}")) if kind in KINDS else kind
        for kind in config.kinds
    )
    return replace(config, kinds=kinds)


def frame_of(
    corpus: Corpus,
    words: Words,
    addresses: Addresses,
    styles: tuple[str, ...],
    version: str,
    downloads: tuple[tuple[str, str], ...],
    scripts: tuple[str, ...] = (),
    *,
    disagreements: bool = False,
    changes: bool = False,
) -> Frame:
    """*downloads* are (key of the word, href) of the data files."""
    config: Config = corpus.config
    nav = [
        Link(label=words("say_timeline"), href=addresses.page(), note="timeline"),
        Link(label=words("say_sources"), href=addresses.page("sources"), note="sources"),
        Link(label=words("say_report"), href=addresses.page("report"), note="report"),
        Link(label=words("say_search"), href=addresses.page("search"), note="search"),
    ]
    if disagreements:
        nav.insert(
            2,
            Link(
                label=words("say_disagreements"),
                href=addresses.page("disagreements"),
                note="disagreements",
            ),
        )
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
        data=(
            *(Link(label=words(key), href=href) for key, href in downloads),
            Link(label=words("say_data_all"), href=addresses.page("data")),
            Link(label=words("say_verify"), href=addresses.page("verify")),
            *(
                (Link(label=words("say_changes"), href=addresses.page("changes")),)
                if changes
                else ()
            ),
        ),
        feed=FEED if config.url else "",
        styles=styles,
        scripts=scripts,
        fingerprint=fingerprints[0] if len(fingerprints) == 1 == len(corpus.sources) else "",
        words=Phrases(words.table, words.version),
        generator=f"Pincite {version}",
    )
