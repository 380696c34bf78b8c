"""Whatever the text: words cut at word boundaries are found where they stand, nothing else is."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from pincite.link.edges import stands_alone
from pincite.link.hedges import find_hedge
from pincite.link.nearest import find_nearest
from pincite.link.normalise import normalise
from pincite.link.quotes import Found, Missed, SourceText, find_quote

WORDS = st.sampled_from(
    [
        "Pyongyang’s",
        "Kim",
        "Jong-un",
        "naïve",
        "“volunteers”",
        "Türkiye’s",
        "11,000",
        "2.5",
        "%",
        "€4m",
        "R&D",
        "20–30",
        "—",
        "…",
        "[sic]",
        "not",
        "may",
        "of",
        "the",
        "war",
        "Київ",
        "Ελλάδα",
        "Đặng",
        "10⁶",
        "½",
        "million",
        "hundred",
        "(ISW)",
        "U.S.",
        "can’t",
        "l’armée",
        "Ǻ",
        "ﬁ",
        "한국은",
        "約3万人",
        "١٢٣",
        "می\u200cرود",
    ]
)
SPACES = st.sampled_from([" ", " ", " ", "  ", "\u00a0", "\n", "\u2009", " \u200b", "\u00ad", ""])
PARAGRAPH = st.lists(st.tuples(WORDS, SPACES), min_size=1, max_size=25).map(
    lambda pairs: "".join(word + space for word, space in pairs)
)
SIGNS = st.text(
    st.sampled_from(
        "aé\u0301\u0300ᄒ\u1161\u11ab한ｶﾞガ  \u00a0\n\u00ad\u200b\u200c\u200d\ufeff“\"'’-–—….[]()0123,½⁶％%ﬁﷺ漢́"
    ),
    max_size=30,
)
ANYTHING = st.one_of(SIGNS, st.text(max_size=40), PARAGRAPH)


def find(paragraphs, *texts, paragraph=None, occurrence=None):
    source = SourceText([(f"p{n}", text) for n, text in enumerate(paragraphs, 1)])
    return find_quote(source, texts, paragraph=paragraph, occurrence=occurrence)


def is_found_at(paragraph, quote, start, end):
    """Say whether *quote* is found at [start, end), and nowhere only elsewhere."""
    found = find([paragraph], quote)
    if isinstance(found, Missed):
        assert found.code == "quote-ambiguous"
        return len(found.places) == 10 or ("p1", start, end) in found.places
    return found.parts == (("p1", start, end),)


def cut(data, paragraph):
    """Draw [start, end) of *paragraph*: some words of it, if it has any that stand alone."""
    inner = [at for at, sign in enumerate(paragraph) if sign.isalnum()]
    if not inner:
        return None
    start, end = sorted((data.draw(st.sampled_from(inner)), data.draw(st.sampled_from(inner))))
    end += 1
    while start and not stands_alone(paragraph, start, len(paragraph)):
        start -= 1
    while end < len(paragraph) and not stands_alone(paragraph, start, end):
        end += 1
    if not (paragraph[start].isalnum() and paragraph[end - 1].isalnum()):
        return None
    return start, end


@given(st.data(), PARAGRAPH)
def test_whole_words_are_found_where_they_stand(data, paragraph):
    span = cut(data, paragraph)
    if span:
        assert is_found_at(paragraph, paragraph[slice(*span)], *span)


EDITS = (
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: unicodedata.normalize("NFC", text),
    lambda text: text.replace("’", "'").replace("“", '"').replace("”", '"'),
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace(" ", "\n    "),
    lambda text: text.replace("–", "-").replace("—", "–"),
    lambda text: text.replace("-", "\u2011"),
    lambda text: text.replace("…", "..."),
    lambda text: text.replace("ﬁ", "fi"),
    lambda text: text.replace("l", "l\u00ad"),
    lambda text: f"\ufeff {text}\n",
)


@given(st.data(), PARAGRAPH, st.lists(st.sampled_from(EDITS), min_size=1, max_size=3))
def test_typing_changes_nothing(data, paragraph, edits):
    span = cut(data, paragraph)
    if span:
        quote = paragraph[slice(*span)]
        for edit in edits:
            quote = edit(quote)
        assert is_found_at(paragraph, quote, *span)


@given(
    ANYTHING,
    st.lists(ANYTHING, max_size=3),
    st.integers(-1, 3),
    st.sampled_from([None, "p1", "p2", "p3"]),
)
def test_found_is_the_same_words(quote, paragraphs, occurrence, named):
    for texts in ((quote,), (quote[:9], quote[9:])):
        result = find(paragraphs, *texts, paragraph=named, occurrence=occurrence or None)
        if isinstance(result, Missed):
            continue
        codes = {caution.code for caution in result.cautions}
        said = "".join(paragraphs[int(p.paragraph[1:]) - 1][p.start : p.end] for p in result.parts)
        if "editorial-insert" not in codes:
            assert bare(said, codes) == bare("".join(texts), codes)


def bare(text, codes):
    """Return level 2 without what a reading may leave out: ellipses, blanks, marks at an edge."""
    text = normalise(text, 2).text.lower()
    dropped = " .[]()" + (
        ",;:!?'\"«»‹›‽。、，；：！？।؟،؛「」『』" if "quote-edge" in codes else ""
    )
    return text.translate(dict.fromkeys(map(ord, dropped)))


@given(ANYTHING, st.lists(ANYTHING, max_size=3))
def test_every_part_lies_in_its_paragraph_and_cuts_nothing(quote, paragraphs):
    result = find(paragraphs, quote)
    places = result.parts if isinstance(result, Found) else result.places
    for place in places:
        text = paragraphs[int(place.paragraph[1:]) - 1]
        assert 0 <= place.start < place.end <= len(text)
        if isinstance(result, Found):
            assert stands_alone(text, place.start, place.end)


@given(ANYTHING, st.sampled_from([1, 2]))
def test_normalising_twice_is_normalising_once(text, level):
    once = normalise(text, level)
    assert normalise(once.text, level).text == once.text
    assert "  " not in once.text
    assert once.text == once.text.strip()


@given(ANYTHING, st.sampled_from([1, 2]))
def test_the_way_back_covers_the_text_in_order(text, level):
    form = normalise(text, level)
    last = 0
    for at in range(len(form.text)):
        for end in range(at + 1, len(form.text) + 1):
            span = form.find_span(at, end)
            if span:
                assert last <= span[0] < span[1] <= len(text)
                assert normalise(text[slice(*span)], level).text == form.text[at:end].strip()
                last = span[0]
                break


@given(ANYTHING, st.integers(0, 40), st.integers(0, 40))
def test_looking_outside_never_raises(text, start, end):
    if start < end <= len(text):
        assert find_hedge(text, start, end) is None or find_hedge(text, start, end) in text


@given(ANYTHING, st.lists(ANYTHING, max_size=3))
@settings(deadline=None)  # the first call imports rapidfuzz
def test_the_nearest_words_are_words_of_the_source(quote, paragraphs):
    near = find_nearest([normalise(text, 2) for text in paragraphs], quote)
    if near:
        assert 0 <= near.start < near.end <= len(paragraphs[near.index])
        assert 0.7 <= near.score <= 1
