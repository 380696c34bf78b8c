"""Sites in other languages: words, dates, directions, and which language each text says it is in."""

import json
import re
from string import Formatter

import pytest
from bs4 import BeautifulSoup, Comment

from pincite.plan.findings import finding_words
from support import ARTICLE, ROOT, Site, event, source

pytestmark = pytest.mark.browser

WORDS = ROOT / "templates" / "i18n"
ARABIC = ROOT / "tests" / "browser" / "projects" / "arabic"
CJK = "渡轮将于五月一日开始运营，市政府说。"


def table_of(language):
    table = {}
    for path in sorted(WORDS.glob(f"{language}.json")) + sorted(
        WORDS.glob(f"{language}-[a-z]*.json")
    ):
        table |= json.loads(path.read_text("utf-8"))
    return table


ENGLISH = table_of("en") | finding_words()
LANGUAGES = sorted({re.sub("-[a-z]+$", "", p.stem) for p in WORDS.glob("*.json")} - {"en"})


def forms_of(word):
    return tuple(word.values()) if isinstance(word, dict) else (word,)


def fields_of(word):
    return {f for text in forms_of(word) for _, f, _, _ in Formatter().parse(text) if f is not None}


@pytest.fixture(scope="module")
def arabic(tmp_path_factory):
    return Site(tmp_path_factory.mktemp("arabic")).copy_from(ARABIC).build()


def in_language(folder, language):
    """The small site of the tests in *language*, with a Chinese source beside the English one."""
    site = Site(folder)
    settings = (site.root / "content/site.yaml").read_text("utf-8")
    site.write("content/site.yaml", settings + f"language: {language}\n")
    english = source(*ARTICLE, snapshot="seeds/bridge.txt", more="language: en\n")
    site.write("content/sources/bridge.md", english)
    site.write("content/sources/zh.md", source(CJK, title="新渡轮", more="language: zh\n"))
    cite = event("ferry", "渡轮将于五月一日开始运营", source="zh", date="2025-03-07", title="Ferry")
    site.write("content/events/a.yaml", event("cracks") + cite)
    return site.build()


# ---- tables ------------------------------------------------------------------------------------


def test_the_languages_are_there():
    assert set(LANGUAGES) >= {"ar", "de", "es", "fr", "he", "ja", "ko", "ru", "uk", "zh", "zh-Hant"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_has_every_word(language):
    table = table_of(language)
    assert set(table) == set(ENGLISH)
    for key, word in table.items():
        assert isinstance(word, dict) == isinstance(ENGLISH[key], dict), key
        assert all(form.strip() or key == "group_mark" for form in forms_of(word)), key
        fields = fields_of(word)
        assert fields <= fields_of(ENGLISH[key]), key
        assert fields | {"n"} >= fields_of(ENGLISH[key]), f"{key} leaves something out"


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_the_categories_of_the_language(language):
    from babel import Locale

    rule = Locale.parse(language, sep="-").plural_form
    categories = {rule(n) for n in (*range(130), 1_000, 1_000_000)} | {"other"}
    for key, word in table_of(language).items():
        if isinstance(word, dict):
            assert set(word) <= categories | {"zero"}, key
            assert "other" in word, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_not_left_in_english(language):
    same = {
        key
        for key, word in table_of(language).items()
        if word == ENGLISH[key] and max(len(text) for text in forms_of(word)) > 12
    }
    # Templates of names and figures read alike in many languages.
    assert {
        key for key in same if re.search(r"[a-z]{3}", re.sub(r"\{.*?\}", "", ENGLISH[key]))
    } == set()


# ---- an Arabic site that quotes an English source ----------------------------------------------


def spoken(page):
    """The texts that the site itself says: those of other languages and of machines are left out."""
    for element in page.select("body [lang], code, script, .Z3988"):
        element.decompose()
    for text in page.find_all(string=True):
        if not isinstance(text, Comment) and text.strip() and text.parent.name != "html":
            yield str(text)
    for element in page.find_all(True):
        for key in ("aria-label", "title", "alt", "placeholder"):
            if key in element.attrs:
                yield element[key]
    yield from (meta["content"] for meta in page.select('meta[name="description"]'))


def test_no_english_word_is_left_on_an_arabic_page(arabic):
    from_the_table = {
        word
        for value in table_of("ar").values()
        for text in forms_of(value)
        for word in re.findall(r"[A-Za-z]+", text)
    }
    content = "".join(p.read_text("utf-8") for p in sorted((ARABIC / "content").rglob("*.*")))
    of_the_authors = set(re.findall(r"[A-Za-z]+", content))
    checked = 0
    for path, data in arabic.output().items():
        if not path.endswith(".html") or path == "data/index.html":
            continue
        for text in spoken(BeautifulSoup(data, "html.parser")):
            left = set(re.findall(r"[A-Za-z]{2,}", text)) - from_the_table - of_the_authors
            assert left - {"SHA", "EDTF", "UTC", "html"} == set(), (path, text)
            checked += 1
    assert checked > 1000


def test_every_text_says_its_language_and_direction(arabic):
    for path, data in arabic.output().items():
        if path.endswith(".html"):
            page = BeautifulSoup(data, "html.parser")
            assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl"), path
            for element in page.select("body [lang]"):
                assert element.get("dir") in ("ltr", "rtl", "auto"), element
    page = arabic.page("events/closure/index.html")
    quote = page.select_one("blockquote.quote")
    assert (quote["lang"], quote["dir"]) == ("en", "ltr")
    translation = page.select_one(".translation [lang]")
    assert (translation["lang"], translation["dir"]) == ("ar", "rtl")
    own = arabic.page("events/cracks/index.html").select("blockquote.quote")
    assert [quote.get("lang") for quote in own] == ["en", None]
    foreign = arabic.page("sources/gazette/index.html")
    for element in [foreign.h1, *foreign.select("p[id^=p]")]:
        assert (element["lang"], element["dir"]) == ("en", "ltr")
    assert arabic.page("sources/sahifa/index.html").h1.get("lang") is None


def said(time):
    return time.get_text().replace("\xa0", " ")


def test_dates_are_said_in_the_language(arabic):
    when = arabic.page("events/closure/index.html").select_one("time")
    assert when["datetime"] == "2025-03-03"
    assert said(when) == "3 مارس 2025"
    assert "بلا تاريخ" in arabic.page("timeline/undated/index.html").h1.get_text()


def test_an_arabic_page_runs_from_right_to_left(browser, axe, arabic):
    page = browser.new_page(viewport={"width": 1300, "height": 900}, reduced_motion="reduce")
    page.goto((arabic.out / "index.html").as_uri())

    def middle(selector):
        box = page.locator(selector).first.bounding_box()
        return box["x"] + box["width"] / 2

    assert (
        middle("#e-closure .when") > middle("#e-closure .assertion") > middle("#e-closure .proofs")
    )
    # The drawing is mirrored: names at the right, and what came first before what came later.
    assert middle(".drawing .lane-name") > middle(".drawing .plot a")
    early = middle('.drawing a[href="#e-cracks"]')
    assert early > middle('.drawing a[href="#e-closure"]')
    for width in (1300, 320):
        page.set_viewport_size({"width": width, "height": 900})
        for path in ("index.html", "events/cracks/index.html", "sources/gazette/index.html"):
            page.goto((arabic.out / path).as_uri())
            assert axe(page) == [], (path, width)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_a_rule_never_names_a_side():
    """What is left in one script is right in another: only logical properties know which."""
    physical = re.compile(
        r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-\w+)-(?:left|right)[\w-]*|left|right"
        r"|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
        r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
    )
    for path in sorted((ROOT / "templates").rglob("*.css")):
        assert physical.findall(path.read_text("utf-8")) == [], path.name


# ---- German and Chinese ------------------------------------------------------------------------


def test_a_german_site_quotes_chinese(tmp_path):
    site = in_language(tmp_path, "de")
    page = site.page("events/ferry/index.html")
    assert (page.html["lang"], page.html["dir"]) == ("de", "ltr")
    assert said(page.select_one("time")) == "7. März 2025"
    assert page.select_one("blockquote")["lang"] == "zh"
    assert "Wort für Wort" in page.select_one(".match").get_text()
    assert [a.get_text() for a in page.select("nav li")][:2] == ["Zeitleiste", "Quellen"]
    assert site.page("sources/zh/index.html").select_one("p[id]")["lang"] == "zh"
    assert "Januar 2025" in said(site.page("index.html").select_one("#e-cracks time"))
    spoken_words = (site.out / "assets/words.js").read_text("utf-8")
    assert "Zurück zur Aussage" in spoken_words


def test_a_chinese_site_quotes_english(tmp_path):
    site = in_language(tmp_path, "zh")
    page = site.page("events/cracks/index.html")
    assert page.html["lang"] == "zh"
    assert page.select_one("blockquote")["lang"] == "en"
    assert said(page.select_one("time")) == "2025年1月"
    assert site.page("events/ferry/index.html").select_one("blockquote").get("lang") is None
    assert not re.search(
        r"[a-z]{4,}", site.page("index.html").select_one("nav").get_text(), re.IGNORECASE
    )
