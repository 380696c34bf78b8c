"""The frame of every page: navigation, downloads, style sheets, words."""

import json
from collections.abc import Mapping
from dataclasses import replace
from string import Formatter

from pincite.base.diagnostics import Failure
from pincite.base.digest import digest_bytes
from pincite.base.near import did_you_mean
from pincite.dates.phrases import tables_of
from pincite.load.config import KINDS
from pincite.model import Config, Corpus
from pincite.plan.findings import finding_words
from pincite.plan.urls import Addresses
from pincite.plan.views import Frame, Link
from pincite.plan.words import Phrases, Words, direction

FEED = "feed.xml"
ACCENT = "assets/accent.css"
SHEET = "assets/pincite.css"
WORDS = "i18n/"
_SHAPE = 'it holds words by key: `{"key": "words"}`, a comma between two and none after the last'
SHIPPED_WORDS = "i18n/shipped/"  # where the reader keeps our words that a site's own file hides


def read_words(language: str, theme: Mapping[str, bytes]) -> Words:
    """Return the interface words of *language*, English where a language lacks one."""
    table: dict[str, object] = dict(finding_words())
    content = []
    for name in dict.fromkeys(("en", *reversed(tables_of(language)))):
        for folder in (SHIPPED_WORDS, WORDS):  # what a site leaves out of a file, ours says
            for part in ("", "-said", "-extra", "-script", "-verify", "-findings"):
                file = f"{folder}{name}{part}.json"
                if file in theme:
                    content.append(theme[file])
                    table.update(_read_table(file, theme[file], table))
    return Words(
        language=language,
        version=digest_bytes(b"".join(content)),
        table=table,
    )


def _read_table(file: str, data: bytes, known: Mapping[str, object]) -> dict[str, object]:
    """Read one file of words; each must fit where the word it replaces stood."""
    try:
        table = json.loads(data)
    except json.JSONDecodeError as problem:
        place, why = f"{problem.lineno}:{problem.colno}", problem.msg[:1].lower() + problem.msg[1:]
        raise Failure(f"templates/{file}:{place}: this is not JSON: {why}", help=_SHAPE) from None
    except (ValueError, RecursionError) as problem:
        raise Failure(f"templates/{file}: this is not JSON: {problem}", help=_SHAPE) from None
    if not isinstance(table, dict):
        raise Failure(f"templates/{file}: this is no object of words by key", help=_SHAPE)
    for key, word in table.items():
        if key not in known and not _fits(word, word):
            raise Failure(
                f"templates/{file}: `{key}` is no text, nor texts by plural category",
                help=did_you_mean(key, [str(name) for name in known]) or _SHAPE,
            )
        if not _fits(word, known.get(key, word)):
            raise Failure(
                f"templates/{file}: `{key}` cannot be used",
                help=f"the English word is {json.dumps(known.get(key), ensure_ascii=False)}; "
                "what stands in braces there may stand in braces here, and nothing else",
            )
    return table


def _fits(word: object, model: object) -> bool:
    """Whether *word* can be filled in as *model* is: text, or texts by plural category."""
    if isinstance(word, dict):
        return "other" in word and all(_fits(form, model) for form in word.values())
    if not isinstance(word, str):
        return False
    models = model.values() if isinstance(model, dict) else (model,)
    return _fields(word) <= {field for text in models for field in _fields(str(text))}


def _fields(text: str) -> set[str]:
    """Return what stands in braces in *text*; an impossible name where they are not in pairs."""
    try:
        return {field for _, field, _, _ in Formatter().parse(text) if field is not None}
    except ValueError:
        return {"{"}


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
