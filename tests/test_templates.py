"""Every template keeps to what it is told, and what is wrong with one is told with its line."""

import json
import re
from dataclasses import fields, is_dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from types import UnionType
from typing import Union, get_args, get_origin, get_type_hints

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, meta, nodes
from markupsafe import Markup

from pincite.plan import views
from pincite.plan.drawing import Drawing
from pincite.render.engine import Renderer, TemplateFault, Theme

FOLDER = Path(__file__).parents[1] / "templates"
FILES = {
    path.relative_to(FOLDER).as_posix(): path.read_bytes()
    for path in sorted(FOLDER.rglob("*"))
    if path.is_file()
}
WORDS = json.loads(FILES["i18n/en.json"])
PAGES = [name for name in FILES if re.fullmatch(r"[\w-]+\.html", name) and name != "base.html"]
TEMPLATES = [name for name in FILES if name.endswith(".html")]
HOSTILE = "<i>\"'&amp;\u2019</i>"


def fill(kind, text, *, full, name=""):
    """Make a value of a view's type: of *text* throughout, with *full* or empty lists."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is Markup:
        return Markup("<p>prose</p>" if full else "")
    if kind is str:
        if name == "root":
            return "../"
        return text if full or name in ("path", "title", "id", "label", "href", "home") else ""
    if kind is bool:
        return full
    if kind is int:
        return 1
    if kind is Drawing:
        return None
    if origin is tuple:
        if not full:
            return ()
        if arguments[-1] is ...:
            return (fill(arguments[0], text, full=full),)
        return tuple(fill(one, text, full=full) for one in arguments)
    if origin in (Union, UnionType):
        return fill(arguments[0], text, full=full) if full else None
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(
            **{f.name: fill(hints[f.name], text, full=full, name=f.name) for f in fields(kind)}
        )
    return WORDS


def view_of(name):
    first = FILES[name].decode().splitlines()[0]
    module, name = re.search(r"page: plan\.(\w+)\.(\w+)", first).groups()
    return getattr(import_module(f"pincite.plan.{module}"), name)


def frame(**changes):
    base = fill(views.Frame, "x", full=True)
    return replace(base, **({"language": "en", "dir": "ltr", "words": WORDS} | changes))


@cache
def ours():
    """Return the theme as it is shipped; compiled templates are kept from test to test."""
    return Renderer(Theme(files=FILES), "engine")


def render(name, text, *, full=True, files=FILES, **changes):
    page = fill(view_of(name), text, full=full)
    renderer = ours() if files is FILES else Renderer(Theme(files=files), "engine")
    return renderer.render(name, page, frame(**changes)).decode()


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_names_nothing_but_what_it_is_told(name):
    tree = Environment().parse(FILES[name].decode())
    allowed = {"page", "frame", "render_card", "render_part", "namespace"}
    if name in ("parts/head.html", "parts/masthead.html", "parts/colophon.html"):
        allowed = {"told", "frame"}
    if name == "parts/card.html":
        allowed = {"card", "root", "frame"}
    if name == "parts/drawing.html":
        allowed = {"drawing"}
    assert meta.find_undeclared_variables(tree) <= allowed
    assert None not in list(meta.find_referenced_templates(tree))


@pytest.mark.parametrize("name", PAGES)
def test_the_first_line_names_the_view(name):
    assert is_dataclass(view_of(name))


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("name", PAGES)
def test_whatever_a_view_says_is_escaped(name, full):
    html = render(name, HOSTILE, full=full)
    assert "<i>" not in html.replace(HOSTILE, "")
    page = BeautifulSoup(html, "html.parser")
    assert not page.find("i")
    assert html.endswith("</html>\n")


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_a_style_or_a_script_of_its_own(name):
    page = BeautifulSoup(render(name, "x"), "html.parser")
    assert not page.find_all(style=True)
    assert not page.find_all("style")
    assert all(s.get("src") or s["type"] == "application/ld+json" for s in page.find_all("script"))
    assert not [key for tag in page.find_all(True) for key in tag.attrs if key.startswith("on")]


def policy(scripts):
    page = BeautifulSoup(render("page.html", "x", scripts=scripts), "html.parser")
    return page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]


def test_scripts_are_allowed_only_where_there_are_any():
    assert policy(()) == (
        "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert "script-src 'self'; connect-src 'self'; base-uri" in policy(("assets/search.js",))


def test_an_event_keeps_the_contract_of_its_markup():
    html = render("list.html", "x")
    page = BeautifulSoup(html, "html.parser")
    event = page.select_one("article.event")
    assert event["id"] == "e-x"
    assert event["data-kind"] == event["data-modality"] == "x"
    assert event.select_one("time[datetime]")


def proof(**changes):
    base = fill(views.Proof, "x", full=False)
    return replace(base, href="sources/s/#c-e-1", stance="supports", quote="the words", **changes)


def event_page(**changes):
    page = fill(views.EventView, "x", full=True)
    claim = replace(page.card.claims[0], is_title=False, uncited="", proofs=(proof(**changes),))
    page = replace(page, card=replace(page.card, claims=(claim,)))
    html = ours().render("event.html", page, frame())
    return BeautifulSoup(html, "html.parser")


def test_a_citation_leads_to_its_mark_from_beside_the_quotation():
    figure = event_page().select_one("figure.proof")
    assert figure.select_one("blockquote.quote > p").string == "the words"
    assert figure.select_one("a.cite")["href"] == "../sources/s/#c-e-1"


def test_what_is_not_proven_is_neither_a_quotation_nor_a_citation():
    figure = event_page(unverified="no text").select_one("figure.proof")
    assert "Not proven: no text" in figure.get_text()
    assert not figure.select("blockquote, a.cite, mark")


def test_a_paragraph_of_a_source_holds_its_text_alone():
    page = fill(views.SourceView, "x", full=True)
    block = replace(page.blocks[0], id="p7", kind="heading", html=Markup("a <mark>b</mark>"))
    html = ours().render(
        "source.html", replace(page, blocks=(block,), lang="ar", dir="rtl"), frame()
    )
    paragraph = BeautifulSoup(html, "html.parser").select_one("p#p7")
    assert paragraph.decode_contents() == "a <mark>b</mark>"
    assert (paragraph["lang"], paragraph["role"]) == ("ar", "heading")


def test_dates_within_a_fact_are_times():
    page = fill(views.SourceView, "x", full=True)
    fact = replace(page.facts[0], value="between 7 February and 14 March 2025.", hash=(), href="")
    fact = replace(fact, times=(("2025-02-07", "7 February"), ("2025-03-14", "14 March 2025")))
    html = ours().render("source.html", replace(page, facts=(fact,)), frame())
    value = BeautifulSoup(html, "html.parser").select_one(".provenance dd")
    assert value.get_text().startswith("between 7 February and 14 March 2025.")
    assert [t["datetime"] for t in value.find_all("time")] == ["2025-02-07", "2025-03-14"]


def test_a_redirect_needs_no_script():
    page = BeautifulSoup(render("redirect.html", "new/"), "html.parser")
    assert page.find("meta", {"http-equiv": "refresh"})["content"] == "0; url=../new/"
    assert page.select_one("h1 a")["href"] == "../new/"


def test_every_word_that_a_template_names_is_in_the_table_and_no_other():
    named = set()
    for name in TEMPLATES:
        tree = Environment().parse(FILES[name].decode())
        for node in tree.find_all(nodes.Getattr):
            of = node.node
            if (isinstance(of, nodes.Name) and of.name == "words") or (
                isinstance(of, nodes.Getattr) and of.attr == "words"
            ):
                named.add(node.attr)
    assert named <= WORDS.keys()


def test_line_ends_are_lf():
    html = render("page.html", "a\r\nb\rc")
    assert "\r" not in html
    assert not html.endswith("\n\n")


# ---------- faults


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (b"a\n{% if %}", 2, "Expected an expression"),
        (b"a\nb\n{{ page.nothing }}", 3, "nothing"),
        (b"a\n\n{{ nobody }}", 3, "'nobody' is undefined"),
        (b"{{ page.title|shout }}", 1, "No filter named 'shout'"),
        (b"\n{{ 1 // 0 }}", 2, "ZeroDivisionError"),
        (b'\n{% include "gone.html" %}', 2, "there is no template `gone.html`"),
        (b'{% extends "gone.html" %}', 1, "gone.html"),
        (b'{% include "page.html" %}', 1, "includes itself"),
        (b"a\n\xff", 2, "not UTF-8"),
        (b"{{ '\\ud800' }}", 0, "no text"),
        (b"{{ range(10 ** 30)|list }}", 1, "OverflowError"),
        (b"{% for x in page %}{% endfor %}", 1, "TypeError"),
        (b"\n{{ render_card(1, page.head.root) }}", 0, ""),
    ],
)
def test_a_fault_names_its_file_and_line(text, line, said):
    renderer = Renderer(Theme(files=FILES | {"page.html": text}), "engine")
    with pytest.raises(TemplateFault, match=r"^templates/") as caught:
        renderer.render("page.html", fill(views.PageView, "x", full=True), frame())
    assert said in caught.value.message
    if line:
        assert (caught.value.name, caught.value.line) == ("page.html", line)
        assert caught.value.message.startswith(f"templates/page.html:{line}: ")
    assert caught.value.__cause__ is None


def test_a_fault_in_a_part_is_told_of_the_part():
    files = FILES | {
        "parts/proof.html": b"{% macro proofs(a, b, c) %}\n{{ a.nothing }}{% endmacro %}"
    }
    with pytest.raises(TemplateFault) as caught:
        render("list.html", "x", files=files)
    assert (caught.value.name, caught.value.line) == ("parts/proof.html", 2)


def test_a_missing_template_is_a_fault():
    with pytest.raises(TemplateFault, match=r"there is no template `none\.html`"):
        Renderer(Theme(files={}), "engine").render("none.html", None, frame())


# ---------- closures


def closure(name, **changes):
    return Renderer(Theme(files=FILES | changes.get("files", {})), "engine").closure(name)


@pytest.mark.parametrize(
    ("template", "file", "is_reached"),
    [
        ("event.html", "event.html", True),
        ("event.html", "base.html", True),
        ("event.html", "parts/proof.html", True),
        ("event.html", "i18n/en.json", True),
        ("event.html", "list.html", False),
        ("event.html", "assets/pincite.css", False),
        ("event.html", "parts/colophon.html", True),
        ("list.html", "parts/card.html", True),
        ("list.html", "parts/when.html", True),
        ("page.html", "parts/card.html", False),
        ("404.html", "page.html", True),
    ],
)
def test_a_closure_changes_with_what_the_template_reaches(template, file, is_reached):
    changed = closure(template, files={file: FILES[file] + b"\n"})
    assert (changed != closure(template)) is is_reached


def test_a_computed_name_reaches_every_template():
    files = FILES | {"page.html": b"{% include page.title %}"}
    before = Renderer(Theme(files=files), "e").closure("page.html")
    files["report.html"] += b"\n"
    assert Renderer(Theme(files=files), "e").closure("page.html") != before


def test_a_computed_part_reaches_every_template():
    files = FILES | {"page.html": b"{{ render_part(page.title) }}"}
    before = Renderer(Theme(files=files), "e").closure("page.html")
    files["report.html"] += b"\n"
    assert Renderer(Theme(files=files), "e").closure("page.html") != before


def test_a_closure_is_found_before_and_after_rendering_alike():
    renderer = Renderer(Theme(files=FILES), "engine")
    renderer.render("event.html", fill(views.EventView, "x", full=True), frame())
    assert renderer.closure("event.html") == closure("event.html")


# ---------- cards


def test_a_card_is_rendered_once_for_each_root():
    renderer = Renderer(Theme(files=FILES), "engine")
    told, card = frame(), fill(views.Card, "x", full=True)
    first = renderer.card(card, "../", told)
    assert renderer.card(card, "../", told) is first
    assert renderer.card(card, "", told) != first


def test_another_frame_makes_cards_anew():
    renderer = Renderer(Theme(files=FILES), "engine")
    card = replace(fill(views.Card, "x", full=True))
    claim = replace(card.claims[0], uncited="why")
    card = replace(card, claims=(claim,))
    assert "No citation:" in renderer.card(card, "", frame())
    other = frame(words=WORDS | {"uncited": "Ohne Beleg:"})
    assert "Ohne Beleg:" in renderer.card(card, "", other)


def test_a_part_is_rendered_once_for_what_it_is_told():
    files = FILES | {
        "parts/one.html": b"[{{ told[0] }} {{ frame.title }}]",
        "page.html": b"{{ render_part('parts/one.html', page.title) }}",
    }
    renderer = Renderer(Theme(files=files), "engine")
    page = fill(views.PageView, "x", full=True)
    assert renderer.render("page.html", page, frame(title="T<")) == b"[x T&lt;]\n"
    assert renderer.render("page.html", replace(page, title="y"), frame(title="T")) == b"[y T]\n"
    assert renderer.render("page.html", page, frame(title="U")) == b"[x U]\n"
