"""Quotations in a case table; what misses and cautions say; how paragraphs and occurrences choose."""

import random
import re
import unicodedata
from pathlib import Path
from types import SimpleNamespace

import pytest

from pincite.link.cautions import is_short
from pincite.link.edges import cuts_word
from pincite.link.hedges import find_hedge
from pincite.link.nearest import compare, find_nearest
from pincite.link.normalise import fold_for_snapshot, normalise
from pincite.link.quotes import Found, Missed, SourceText, explain_miss, find_quote
from pincite.link.search import living_id

TABLE = Path(__file__).parent / "cases" / "quotes.md"
SIGNS = str.maketrans({"⏎": "\n", "␣": "\u00a0", "¦": "\u00ad", "∅": "\u200b", "‿": "\u200c"})


def rows():
    paragraph = ""
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("## "):
            paragraph = line[3:]
        elif line.startswith("| ") and not line.startswith("| quotation"):
            quotation, result = line.strip("|").rsplit("|", 1)
            texts = quotation[1:-1].translate(SIGNS).replace("◌", "").split(" / ")
            yield pytest.param(paragraph, tuple(texts), result.strip(), id=quotation.strip())


def find(*texts, paragraphs, paragraph=None, occurrence=None):
    source = SourceText([(f"p{n}", text) for n, text in enumerate(paragraphs, 1)])
    return find_quote(source, texts, paragraph=paragraph, occurrence=occurrence)


@pytest.mark.parametrize(("paragraph", "texts", "result"), tuple(rows()))
def test_case(paragraph, texts, result):
    found = find(*texts, paragraphs=[paragraph])
    if isinstance(found, Missed):
        assert found.code == result
    else:
        assert " + ".join([found.match, *(c.code for c in found.cautions)]) == result


def test_the_table_is_read():
    assert len(list(rows())) > 90


TWICE = [
    "Guns went to Russia in May.",
    "Shells went to Russia in May, guns went to Russia in June.",
]


def test_several_places_are_listed_until_one_is_chosen():
    missed = find("went to Russia in", paragraphs=TWICE)
    assert isinstance(missed, Missed)
    assert missed.code == "quote-ambiguous"
    assert missed.places == (("p1", 5, 22), ("p2", 7, 24), ("p2", 35, 52))
    assert "`paragraph`" in missed.help
    for occurrence, place in enumerate(missed.places, 1):
        found = find("went to Russia in", paragraphs=TWICE, occurrence=occurrence)
        assert found.parts == (place,)
    assert find("went to Russia in", paragraphs=TWICE, paragraph="p1").parts == (("p1", 5, 22),)
    within = find("went to Russia in", paragraphs=TWICE, paragraph="p2")
    assert (within.code, len(within.places)) == ("quote-ambiguous", 2)
    assert "`occurrence`" in within.help
    second = find("went to Russia in", paragraphs=TWICE, paragraph="p2", occurrence=2)
    assert second.parts == (("p2", 35, 52),)


@pytest.mark.parametrize("occurrence", [-1, 0, 4])
def test_an_occurrence_that_is_not_there(occurrence):
    missed = find("went to Russia in", paragraphs=TWICE, occurrence=occurrence)
    assert (missed.code, len(missed.places)) == ("quote-occurrence", 3)
    assert missed.message.endswith("the quotation stands 3 times in the source")
    missed = find("Shells went", paragraphs=TWICE, paragraph="p2", occurrence=2)
    assert missed.message.endswith("the quotation stands once in `p2`")


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (("…",), "the quotation has no words"),
        (("Guns went to Russia", "…"), "a segment of the quotation has no words"),
        (("?", "Guns went to Russia", "!"), "a segment of the quotation has no words"),
    ],
)
def test_a_quotation_without_words(texts, message):
    missed = find(*texts, paragraphs=TWICE)
    assert (missed.code, missed.message) == ("quote-empty", message)


def test_in_another_paragraph_than_named():
    missed = find("guns went to Russia", paragraphs=TWICE, paragraph="p1")
    # The named paragraph has it with a capital, so it stands there.
    assert (missed.paragraph, missed.match) == ("p1", "normalised")
    missed = find("Shells went to Russia", paragraphs=TWICE, paragraph="p1")
    assert missed.code == "quote-moved"
    assert missed.message == "the quotation stands in `p2`, not in `p1`"
    assert missed.places == (("p2", 0, 21),)
    missed = find("went to Russia in", paragraphs=[*TWICE, "No guns."], paragraph="p3")
    assert missed.message == "the quotation stands in `p1`, `p2`, not in `p3`"
    assert missed.help == "write `paragraph: p1`"


def test_an_unknown_paragraph():
    missed = find("Shells went to Russia", paragraphs=TWICE, paragraph="p7")
    assert (missed.code, missed.help) == ("unknown-paragraph", "it has `p1` to `p2`")


def test_no_paragraphs():
    assert find("words", paragraphs=[]).code == "quote-not-found"
    assert find("words", paragraphs=[], paragraph="p1").code == "unknown-paragraph"


def test_neighbouring_paragraphs():
    paragraphs = ["He came in the spring.", "He went in the autumn.", "He stayed for good."]
    for texts in (
        ("He came in the spring … He went in the autumn",),
        ("He came in the spring.\n\nHe went in the autumn",),
        ("He came in the spring", "He went in the autumn"),
    ):
        found = find(*texts, paragraphs=paragraphs)
        assert [part.paragraph for part in found.parts] == ["p1", "p2"]
        assert (found.paragraph, found.start, found.end) == ("p1", 0, found.parts[0].end)
        assert [c.code for c in found.cautions] == ["quote-spans-paragraphs"]
    far = find("He came in the spring … He stayed for good", paragraphs=paragraphs)
    assert (far.code, [p.paragraph for p in far.places]) == ("quote-out-of-order", ["p1", "p3"])


def test_doubt_in_either_of_two_paragraphs():
    paragraphs = ["He came in the spring, reportedly.", "He may have gone in the autumn."]
    found = find("He came in the spring … gone in the autumn", paragraphs=paragraphs)
    assert found.cautions[-1].message.endswith("stands `reportedly` and `may have`")
    paragraphs = ["He came in spring and stayed, reportedly.", "He may have gone and stayed away."]
    found = find("He came in spring … stayed … stayed away", paragraphs=paragraphs)
    assert found.cautions[-1].message.endswith("stands `reportedly` and `may have gone and`")
    found = find("in spring … He may have gone … stayed away", paragraphs=paragraphs)
    assert [c.code for c in found.cautions] == ["quote-spans-paragraphs"]


def test_segments_in_one_paragraph_have_a_part_each():
    found = find("Shells … to Russia in June", paragraphs=TWICE)
    assert found.parts == (("p2", 0, 6), ("p2", 40, 57))
    assert (found.start, found.end) == (0, 57)


@pytest.mark.parametrize(
    ("merged", "living"),
    [
        ({}, "p1"),
        ({"p1": "p2"}, "p2"),
        ({"p1": "p2", "p2": "p3"}, "p3"),
        ({"p1": "p9"}, "p1"),
        ({"p1": "p2", "p2": "p9"}, "p2"),
        ({"p2": "p3"}, "p1"),
        ({"p1": "p2", "p2": "p1"}, "p1"),
        ({"p1": "p1"}, "p1"),
    ],
)
def test_a_paragraph_lives_on_in_another(merged, living):
    paragraphs = [SimpleNamespace(id=id, merged=merged.get(id, "")) for id in ("p1", "p2", "p3")]
    assert living_id(SimpleNamespace(paragraphs=paragraphs), "p1") == living


def test_no_more_than_so_many_places_are_told_apart():
    for count in (200, 201):
        missed = find(
            "a few words here", paragraphs=["A few words here. " * 100, "a few words here " * count]
        )
        assert missed.message == "the quotation stands 200 times in the source"
        missed = find("few words", "here", paragraphs=["few words " + "here " * count])
        assert missed.message == "the quotation stands 200 times in the source"


@pytest.mark.parametrize("count", [99, 100, 101])
def test_so_many_segments(count):
    words = [f"word{number}" for number in range(count)]
    paragraphs = [" and ".join(words)]
    for texts in ((" … ".join(words),), tuple(words)):
        found = find(*texts, paragraphs=paragraphs)
        assert isinstance(found, Found if count <= 100 else Missed)
    assert isinstance(
        find(" […] ".join(words[:-1]), *words[-1:], paragraphs=paragraphs), Found
    ) == (count <= 100)


def test_a_segment_in_several_places_is_ambiguous():
    missed = find("Shells … to Russia", paragraphs=TWICE)
    assert (missed.code, len(missed.places)) == ("quote-ambiguous", 4)


def test_the_letter_comes_before_the_convention():
    paragraphs = ["He said … nothing [at all] to us.", "He said a lot and nothing to us."]
    found = find("He said … nothing [at all] to us", paragraphs=paragraphs)
    assert (found.parts, found.match, found.cautions) == ((("p1", 0, 32),), "exact", ())


def test_the_nearest_words_are_shown_and_flagged():
    source = "The ministry said that 200 guns were probably not sent to Russia in May 2025."
    for quote, difference, flags in (
        ("that 300 guns were probably not sent", "that {-300-} {+200+} guns", ("a digit differs",)),
        ("that 200 guns were probably sent", "probably {+not+} sent", ("a negation differs",)),
        ("200 guns were not sent to Russia", "were {+probably+} not", ("a hedge differs",)),
        ("not sent to Ukraine in May 2025", "{-Ukraine-} {+Russia+}", ("a name differs",)),
        ("not 200 guns were probably sent to", "{-not-}", ("a negation differs",)),
        (
            "that 200 million guns were probably not",
            "{-million-}",
            ("a digit differs", "a unit differs"),
        ),
        ("that 200 guns are probably not sent", "{-are-} {+were+}", ()),
    ):
        missed = find(quote, paragraphs=["Something else altogether.", source])
        assert missed.code == "quote-not-found"
        assert difference in missed.note
        assert missed.flags == flags
        assert missed.places[0].paragraph == "p2"


@pytest.mark.parametrize(
    ("source", "quote", "note"),
    [
        ("North Korea sent about 200 guns", "South Korea sent about 200 guns",
         "{-South-} {+North+} Korea sent about … — a name differs"),
        ("it measured exactly 25 kg", "it measured exactly 25 lb",
         "… measured exactly 25 {-lb-} {+kg+} — a unit differs"),
        ("as he said according to the ministry of defence", "ACCORDING to the ministry of defence",
         "{-ACCORDING-} {+according+} to the ministry …"),
        ("prices rose by +18.2% this year", "prices rose by −18.2% this year",
         "prices rose by {--18.2%-} {++18.2%+} this year — a digit differs"),
        ("it supplied approximately 200 pieces", "it supplied 200 pieces",
         "it supplied {+approximately+} 200 pieces — a hedge differs"),
        ("Россия не перебросила солдат", "Россия перебросила солдат",
         "Россия {+не+} перебросила солдат — a negation differs"),
        ("die Soldaten wurden angeblich verlegt", "die Soldaten wurden verlegt",
         "die Soldaten wurden {+angeblich+} verlegt — a hedge differs"),
        ("军队没有进入该地区的城市", "军队有进入该地区的城市",
         "{-军队有进入该地区的城市-} {+军队没有进入该地区的城市+} — a negation differs"),
        ("القوّات الروسيّة أعادت نشر الجنود", "القوات الروسية أعادت نشر الجنود",
         "{-القوات الروسية-} {+القوّات الروسيّة+} أعادت نشر الجنود"),
        ("he called “the plan 『mad』” twice", "he named “the plan 『mad』” twice",
         "he {-named-} {+called+} \"the plan 'mad'\" …"),
    ],
)  # fmt: skip
def test_a_difference_is_shown_whole_and_flagged_for_what_it_is(source, quote, note):
    assert find(quote, paragraphs=["Something else altogether.", source]).note == note


def test_words_that_run_over_the_end_of_a_paragraph_are_told_so():
    paragraphs = ["It ends with these words.", "And then it begins anew.", "Or not."]
    missed = find("with these words. And then it begins", paragraphs=paragraphs)
    assert missed.help == "put `…` where `p1` ends, or cite each paragraph by itself"
    assert [(place.paragraph, place.start) for place in missed.places] == [("p1", 8)]
    whole = find("It ends with these words. And then it", paragraphs=paragraphs)
    assert (whole.help, whole.places[0].start) == (missed.help, 0)
    assert "runs over" not in find("these words. And then he", paragraphs=paragraphs).message
    assert "runs over" not in find("these words. Or not", paragraphs=paragraphs).message


@pytest.mark.parametrize("change", ["replaced", "dropped", "added", "nothing"])
def test_the_nearest_words_are_the_ones_that_were_altered(change):
    chance = random.Random(change)
    for _ in range(25):
        words = ["".join(chance.choices("abcdefghiklmnoprstuvw", k=5)) for _ in range(300)]
        size = chance.randrange(6, 40)
        at = chance.choice([0, len(words) - size, chance.randrange(len(words) - size)])
        quoted, middle = words[at : at + size], chance.randrange(2, size - 2)
        if change != "nothing":
            quoted[middle : middle + (change != "added")] = ["xyzxy"] * (change != "dropped")
        noise = chance.sample(words, 300)
        texts = [" ".join(noise[cut : cut + 50]) for cut in range(0, 300, 50)]
        texts.insert(4, " ".join(words))
        start = len(" ".join(words[:at])) + (at > 0)
        end = start + len(" ".join(words[at : at + size]))
        near = find_nearest([normalise(text, 2) for text in texts], " ".join(quoted))
        assert (near.index, near.start, near.end) == (4, start, end)
        assert (near.score == 1) == (change == "nothing")


def test_words_are_like_it_though_they_share_none():
    wanted = "seven brigades crossed northern valleys quietly"
    forms = [
        normalise(text, 2)
        for text in ("seven kumquats judged my oboe", "sevens brigade cross northerns valley quiet")
    ]
    assert find_nearest(forms, wanted).index == 1


def test_a_diff_is_one_line_ours_first():
    assert compare("about 300 pieces", "about 200 pieces") == (
        "about {-300-} {+200+} pieces",
        ("a digit differs",),
    )
    assert compare("same words", "same words") == ("same words", ())
    for ours, theirs, difference in (
        ("a b c X d e f", "a b c Y d e f", "a b c {-X-} {+Y+} d e f"),
        ("a b c d X e f g h", "a b c d Y e f g h", "… b c d {-X-} {+Y+} e f g …"),
        ("X a b c d e f g X", "a b c d e f g", "{-X-} a b c d e f g {-X-}"),
        ("X a b c d e f g h X", "a b c d e f g h", "{-X-} a b c … f g h {-X-}"),
    ):
        assert compare(ours, theirs)[0] == difference


@pytest.mark.parametrize(
    ("ours", "theirs", "difference"),
    [
        ("a " * 9_000 + "b c", "a " * 9_000 + "d c", "… a a a {-b-} {+d+} c"),
        ("b " + "a " * 9_000, "c " + "a " * 9_000, "{-b-} {+c+} a a a …"),
        ("a " * 9_001, "a " * 9_000, "… a a a {-a-}"),
        ("a " * 9_000, "a " * 9_001, "… a a a {+a+}"),
        ("a " * 9_000, "a " * 9_000, "a " * 8_999 + "a"),
    ],
)
def test_a_diff_of_much_that_is_alike(ours, theirs, difference):
    assert compare(ours, theirs)[0] == difference


def test_nothing_like_it():
    missed = find("completely unrelated words about cheese", paragraphs=TWICE)
    assert (missed.places, missed.note, missed.flags) == ((), "", ())


@pytest.mark.parametrize("word", ["twelve", "Two", "12", "allegedly", "not", "(perhaps)"])
def test_an_insert_stands_for_no_figure_and_no_doubt(word):
    text = f"He sent {word} men over the bridge at noon."
    assert isinstance(find("He sent [some] men over the bridge", paragraphs=[text]), Missed)
    plain = text.replace(word, "those")
    assert isinstance(find("He sent [some] men over the bridge", paragraphs=[plain]), Found)


def test_cut_words_are_named():
    missed = find("000 troops to assist", paragraphs=["It sent 11,000 troops to assist them."])
    assert missed.help == "the source says `11,000 troops to assist`"
    missed = find("It sent 5", paragraphs=["It sent 5 million shells."])
    assert missed.help == "the source says `It sent 5 million`"
    missed = find('lethal" aid went to', paragraphs=["The “non-lethal” aid went to Kyiv."])
    assert missed.help == "the source says `“non-lethal” aid went to`"


@pytest.mark.parametrize(
    ("left", "right", "cut"),
    [
        ("it sent five", " million shells", True),
        ("it sent a few", " thousand shells", True),
        ("it sent half", " a million shells", False),
        ("it sent 5", " % more", True),
        ("it sent 5", " shells", False),
        ("it sent 12", " 345 shells", True),
        ("it cost $", " 5", True),
        ("it sent two hundred", " five shells", True),
        ("it sent twenty", " five shells", True),
        ("it sent five", " hundred shells", True),
        ("tens", " of thousands", True),
        ("men of five", "  million shells", False),
    ],
)
def test_a_figure_is_not_cut(left, right, cut):
    assert cuts_word(left + right, len(left)) == cut


def test_a_long_quotation():
    for text, cautions in (
        ("word " * 119 + "words", []),
        ("word " * 119 + "swords", ["quote-long"]),
    ):
        assert len(text) == 600 + len(cautions)
        assert [c.code for c in find(text, paragraphs=[text]).cautions] == cautions


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("three words only", True),
        ("four words are enough", False),
        ("— " * 8 + "so", True),
        ("words — and — dashes — now", False),
        ("兵士を派遣した", True),
        ("約兵士を派遣した", False),
    ],
)
def test_short(text, short):
    assert is_short(text) is short


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("Reports suggest that [North Korea has].", "suggest that"),
        ("Officials did not say [it was so].", "not say"),
        ("It may rain, but [Korea has sent troops].", None),
        ("He could not come. [Korea has sent troops].", None),
        ("In May [Korea sent troops].", None),
        ("[Korea sent troops], reportedly.", "reportedly"),
        ("[Korea sent troops] to Kyiv, reportedly.", "to Kyiv, reportedly"),
        ("[Korea sent troops] to the front, reportedly.", None),
        ("They may then also soon [send guns].", "may then also soon"),
        ("They may then also very soon [send guns].", None),
        ("[Korea sent troops] and is likely to send more.", None),
        ("[Korea sent troops]. It may not.", None),
        ("The repairs are expected to [take about six months].", "expected to"),
        ("They had up to [300 men].", "up to"),
        ("Had up to [300 men] come?", "up to"),
        ("Up to [300 men] came.", "Up to"),
        ("Over [300 men] came.", "Over"),
        ("They had more than [300 men].", "more than"),
        ("They came about [midnight].", None),
        ("He doesn’t think [it is so].", "doesn’t think"),
        ("[Korea sent troops]", None),
    ],
)
def test_hedges_outside(text, outside):
    start, end = text.index("["), text.index("]") - 1
    assert find_hedge(text.replace("[", "").replace("]", ""), start, end) == outside


def test_normalised_text_is_its_own_normal_form():
    text = (
        "“Q”—…\u00a0 ﬁne e\u0301 \u00ad\u1112\u1161\u11ab 10⁶ ½ ① n\u200co می\u200cرود 👨\u200d👩 ｶﾞ"
    )
    for level in (1, 2):
        once = normalise(text, level).text
        assert normalise(once, level).text == once
    assert normalise(text, 1).text == "“Q”—… ﬁne é 한 10⁶ ½ ① no می\u200cرود 👨\u200d👩 ｶﾞ"
    assert fold_for_snapshot(text) == '"Q"-... fine é 한 10⁶ ½ ① no می\u200cرود 👨\u200d👩 ガ'


@pytest.mark.parametrize("letter", "àáâãäåāčçėğńñőřšüžѐйӂ한각가ガプάῶ")
def test_a_letter_is_the_same_in_pieces(letter):
    pieces = unicodedata.normalize("NFD", letter)
    assert pieces != letter
    for level in (1, 2):
        form = normalise(f"a{pieces}b ", level)
        assert form.text == f"a{letter}b"
        assert form.find_span(1, 2) == (1, 1 + len(pieces))
        assert form.find_span(2, 3) == (1 + len(pieces), 2 + len(pieces))


def test_what_follows_an_invisible_joiner_is_kept():
    assert normalise("a\u200d\u0301b", 1).text == "\xe1b"
    assert normalise("1\u200d\ufb01", 2).text == "1fi"


def test_the_way_back():
    text = " a\u00ad\u0301\u00a0 \n…\ufb01 "
    form = normalise(text, 2)
    assert form.text == "á ...fi"
    assert form.find_span(0, 1) == (1, 4)
    assert form.find_span(1, 2) == (4, 7)
    assert form.find_span(2, 5) == (7, 8)
    assert form.find_span(2, 4) is None
    assert form.find_span(6, 7) is None
    assert form.find_span(0, 7) == (1, 9)


@pytest.mark.parametrize(
    "text",
    ["a" * 100_000, "a " * 60_000, "[" * 50_000, "… " * 50_000, " \n" * 50_000 + "a", "[…" * 9_000, "a […] " * 90,
     "a [b] " * 9_000, ". " * 50_000, "é́" * 9_000, "1 000 " * 9_000, "x" * 300_000],
)  # fmt: skip
def test_hostile_quotations_end(text):
    paragraphs = ["a " * 2_000, "1 000 " * 2_000, "no such words at all"]
    assert isinstance(find(text, paragraphs=paragraphs), Found | Missed)


# What only typing changes, and what changes the meaning, on the real article.

ARTICLE = Path(__file__).parent.parent / "seeds" / "000_d06e6ac7dba8fc6a.txt"
QUOTES = tuple(
    (Path(__file__).parent / "cases" / "quotes-of-the-article.txt").read_text("utf-8").splitlines()
)
SWAPS = {
    "approximately": "exactly", "more": "less", "missiles": "drones", "million": "billion", "killed": "wounded",
    "Russia": "Ukraine", "Russian": "Ukrainian", "North": "South", "South": "North", "Pyongyang": "Moscow",
    "February": "March", "January": "June", "December": "November", "March": "May", "Kursk": "Donetsk", "Kim": "Lee",
    "Donald": "Ronald", "hundreds": "thousands", "year": "month", "pieces": "tonnes", "final": "first",
}  # fmt: skip
DROPPED = (
    "not",
    "may",
    "could",
    "approximately",
    "believed",
    "expected",
    "around",
    "more than",
    "at least",
)


def meanings(quote):
    """Yield the quotation with one thing changed that changes what it says."""
    for at, letter in enumerate(quote):
        if letter.isdigit():
            yield quote[:at] + quote[at + 1 :]
            for digit in "0123456789":
                if digit != letter:
                    yield quote[:at] + digit + quote[at + 1 :]
                yield quote[:at] + digit + quote[at:]
                yield quote[: at + 1] + digit + quote[at + 1 :]
    words = quote.split(" ")
    for at in range(1, len(words)):
        for added in ("not", "never", "reportedly", "may", "no"):
            yield " ".join([*words[:at], added, *words[at:]])
    for dropped in DROPPED:
        for found in re.finditer(rf"(?<=\w ){dropped} (?=\w)", quote):
            yield quote[: found.start()] + quote[found.end() :]
    for at, word in enumerate(words):
        bare = word.strip(",.()’s")
        if bare in SWAPS:
            yield " ".join([*words[:at], word.replace(bare, SWAPS[bare]), *words[at + 1 :]])


def typings(quote):
    """Yield the quotation typed in other ways."""
    yield quote
    yield quote.replace("’", "'")
    yield quote.replace(" ", "\u00a0")
    yield quote.replace(" ", "  ")
    yield quote.replace(" ", "\n  ", 3)
    yield quote.replace("-", "\u2011")
    yield quote.replace("-", "–")
    yield unicodedata.normalize("NFD", quote)
    yield quote[0].swapcase() + quote[1:]
    yield quote[:5] + "\u00ad" + quote[5:]
    yield " " + quote + "\n"


def article():
    blocks = ARTICLE.read_text("utf-8").split("\n\n")
    return SourceText([(f"p{n}", block.strip()) for n, block in enumerate(blocks, 1)])


def test_no_change_of_meaning_is_verified(monkeypatch):
    """Each tenth miss is explained: to look for the words nearest to it takes longest by far."""
    source, count = article(), 0

    def explain(*asked):
        return explain_miss(*asked) if count % 10 == 0 else Missed(code="", message="")

    monkeypatch.setattr("pincite.link.quotes.explain_miss", explain)
    for quote in QUOTES:
        for changed in sorted(set(meanings(quote)) - {quote}):
            result = find_quote(source, (changed,), paragraph=None, occurrence=None)
            assert isinstance(result, Missed), changed
            count += 1
    assert count > 2_000


def test_every_change_of_typing_is():
    source, count = article(), 0
    for quote in QUOTES:
        places = find_quote(source, (quote,), paragraph=None, occurrence=None).parts
        for typed in set(typings(quote)):
            result = find_quote(source, (typed,), paragraph=None, occurrence=None)
            assert isinstance(result, Found), typed
            assert result.parts == places
            count += 1
    assert count > 150


def test_doubt_beside_the_quotes_of_the_article():
    source = article()
    warned = [
        quote[:30]
        for quote in QUOTES
        for caution in find_quote(source, (quote,), paragraph=None, occurrence=None).cautions
        if caution.code == "hedge-outside-quote" and len(quote.split()) > 6
    ]
    assert warned == [
        "North Korea has been preparing",  # Reports suggest that
        "as of mid-January, approximate",  # Western officials estimate that,
        "the final year of North Korea’",  # South Korean officials believe that
    ]
