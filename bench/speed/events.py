"""Made-up events and sources: always the same for a number of events.

An event has one to three citations; for N events there are N/10 sources of twelve paragraphs. One
source in eight is not in English. One event in six has an uncertain date, one in ten is expected,
one in eight gives a figure, and the figures for one measure differ. ``plain`` leaves out all that
other programs have no words for.
"""

import datetime as dt
import random
from collections.abc import Iterator
from typing import NamedTuple

EPOCH = dt.date(2015, 1, 1)
DAYS = 3653  # ten years
KINDS = ("deployment", "shipment", "statement", "sanction", "strike", "agreement")
ACTORS = (
    *("Norland", "Sudavia", "Ostria", "Kelmark", "Varenia", "Teluria", "Arkona", "Belmoria"),
    *("Cassia", "Dravia", "Eldmark", "Farrow Union", "Gorland", "Harvia", "Ismark", "Jorland"),
    *("Kirovia", "Lethia", "Marland", "Nordia"),
)
PUBLISHERS = ("Daily Record", "EU Wire", "Harbour Post", "The Northern Observer")
VOICES = ("the ministry", "an agency", "a spokesman", "observers", "the parliament")
SPECIAL = ("“quoted remarks”", "R&D", "Müller", "São Telmo", "’s", "20–30", "€4m", "3 < 5")


class Tongue(NamedTuple):
    """Words of a language by their place in a sentence."""

    article: str
    adjectives: tuple[str, ...]
    nouns: tuple[str, ...]
    verbs: tuple[str, ...]
    links: tuple[str, ...]


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SYLLABLES = words("ba ka lo mi na or per qui ra sel ti um va wen yor zu")
TONGUES = {
    "en": Tongue(
        "the",
        words(
            "northern southern eastern western coastal central regional local foreign domestic joint "
            "new old recent earlier additional further previous current strategic technical military "
            "civilian economic damaged second third last armoured independent unnamed senior"
        ),
        words(
            "ministry official report government parliament committee briefing spokesman general "
            "colonel minister president agency analyst observer satellite image port railway border "
            "depot warehouse factory convoy vessel cargo container aircraft drone missile artillery "
            "ammunition shell rocket launcher vehicle engine unit brigade regiment battalion division "
            "soldier officer instructor technician engineer volunteer contractor shipment delivery "
            "transfer export purchase contract agreement treaty protocol statement letter river bridge "
            "road airfield station harbour province district capital town village camp base range zone "
            "fuel grain steel equipment supplies assistance funding budget document record archive "
            "newspaper broadcaster correspondent exercise training visit meeting sanctions price"
        ),
        words(
            "announced confirmed denied reported estimated suggested claimed declared published "
            "recorded observed crossed entered left moved stored loaded unloaded inspected tested "
            "repaired replaced described noted received sent bought sold opened closed"
        ),
        words(
            "of to in for on with as by at from during after before since near against and while"
        ),
    ),
    "de": Tongue(
        "die",
        words("neue alte gemeinsame frühere weitere zivile örtliche nördliche südliche technische"),
        words(
            "Regierung Behörde Lieferung Übung Brücke Straße Einheit Fabrik Grenze Meldung Erklärung "
            "Vereinbarung Sitzung Ausrüstung Ladung Abteilung Zeitung Aufnahme"
        ),
        words("meldete bestätigte bestritt erklärte beobachtete verlegte prüfte erhielt verkaufte"),
        words("von nach in für mit bei aus während seit vor gegen und"),
    ),
    "ru": Tongue(
        "",
        words("новая старая совместная военная гражданская северная южная прежняя"),
        words(
            "армия граница поставка фабрика дорога граница бригада газета столица база станция "
            "комиссия делегация техника партия запись"
        ),
        words("сообщила подтвердила отрицала заявила получила отправила проверила покинула"),
        words("в на из для с при после до против и"),
    ),
    "ar": Tongue(
        "",
        words("جديدة قديمة مشتركة عسكرية مدنية شمالية جنوبية سابقة"),
        words(
            "الحكومة الوزارة الشحنة الحدود الفرقة المحطة الصحيفة العاصمة القاعدة اللجنة الوثيقة السفينة"
        ),
        words("أعلنت أكدت نفت ذكرت استلمت أرسلت غادرت راقبت"),
        words("في من إلى على مع بعد قبل ضد"),
    ),
    "ko": Tongue(
        "",
        words("새로운 오래된 공동의 군사적 북부의 남부의 이전의"),
        words(
            "정부는 부대는 국경에서 항구에서 공장에서 보고서를 장비를 선박을 화물을 대표단은 신문은 기지에서"
        ),
        words("발표했다 확인했다 부인했다 보도했다 옮겼다 받았다 보냈다"),
        words("그리고 그러나 이후 이전에 동안 함께"),
    ),
}
OTHERS = ("de", "ru", "ar", "ko")


class Source(NamedTuple):
    id: str
    title: str
    publisher: str
    date: str
    language: str
    paragraphs: tuple[str, ...]


class Citation(NamedTuple):
    source: str
    paragraph: int
    quote: str


class Event(NamedTuple):
    """An event. *date* is a day, for programs that know only days; *when* is EDTF."""

    id: str
    title: str
    date: str
    when: str
    kind: str
    expected: bool
    actors: tuple[str, ...]
    summary: str
    body: str
    citations: tuple[Citation, ...]
    figure: tuple[str, str, int, int] | None  # measure, who says it, from, to


def make_name(rng: random.Random) -> str:
    """Return a made-up name; some are frequent, and there are always new ones."""
    number = int(rng.paretovariate(0.6)) % 200_000
    name = ""
    while True:
        number, at = divmod(number, len(SYLLABLES))
        name += SYLLABLES[at]
        if not number:
            return name.capitalize() + "en"


def sentence(rng: random.Random, length: int, tongue: Tongue = TONGUES["en"]) -> str:
    """Return a sentence of *length* words, or a few more."""
    said: list[str] = []
    while len(said) < length:
        if said:
            said.append(rng.choice(tongue.links))
        if tongue.article and rng.random() < 0.6:
            said.append(tongue.article)
        if rng.random() < 0.5:
            said.append(rng.choice(tongue.adjectives))
        said.append(rng.choice(tongue.nouns))
        said.append(rng.choice(tongue.verbs))
        if rng.random() < 0.25:
            said.append(make_name(rng))
    if rng.random() < 0.15:
        said[rng.randrange(1, len(said))] = rng.choice(SPECIAL)
    said[0] = said[0][:1].upper() + said[0][1:]
    return " ".join(said) + "."


def paragraph(rng: random.Random, length: int, tongue: Tongue = TONGUES["en"]) -> str:
    sentences: list[str] = []
    while length > 0:
        sentences.append(sentence(rng, rng.randint(9, 19), tongue))
        length -= sentences[-1].count(" ") + 1
    return " ".join(sentences)


def day(rng: random.Random) -> dt.date:
    return EPOCH + dt.timedelta(rng.randrange(DAYS))


def make_sources(count: int, *, plain: bool = False) -> list[Source]:
    """Return the sources of *count* events."""
    rng = random.Random(7)
    made = []
    for number in range(1, max(1, count // 10) + 1):
        language = "en" if plain or number % 8 else OTHERS[number // 8 % len(OTHERS)]
        made.append(
            Source(
                f"s{number:05d}",
                "Report " + sentence(rng, 7)[:-1],
                rng.choice(PUBLISHERS),
                day(rng).isoformat(),
                language,
                tuple(paragraph(rng, 54, TONGUES[language]) for _ in range(12)),
            )
        )
    return made


def make_events(count: int, sources: list[Source], *, plain: bool = False) -> Iterator[Event]:
    """Make *count* events, one after the other: those of a large site are never all in memory."""
    rng = random.Random(11)
    measures = max(1, count // 32)  # of some four figures each
    for number in range(1, count + 1):
        date = day(rng)
        first, second = (paragraph(rng, 45).split(" ") for _ in range(2))
        first[rng.randrange(3, 20)] = "**troops**"
        first[rng.randrange(22, 35)] = "**units**"
        second[rng.randrange(3, 30)] = (
            f"[the full account](https://example.org/news/{number}?ref=a&n={number % 97})"
        )
        figure = None
        when = date.isoformat()
        expected = False
        if not plain and number > 1:  # the first is edited, and stays as plain as can be
            if rng.random() < 1 / 6:
                when = uncertain(rng, date)
            expected = rng.random() < 1 / 10
            if rng.random() < 1 / 8:
                low = rng.randrange(10, 5_000)
                measure = f"soldiers at {ACTORS[number % 20]} camp {rng.randrange(measures)}"
                figure = (measure, rng.choice(VOICES), low, low + rng.choice((0, 0, 500)))
        yield Event(
            f"e{number:06d}",
            sentence(rng, 8)[:-1],
            date.isoformat(),
            when,
            rng.choice(KINDS),
            expected,
            tuple(rng.sample(ACTORS, rng.randint(1, 3))),
            sentence(rng, 18),
            " ".join(first) + "\n\n" + " ".join(second) + "\n",
            tuple(cite(rng, sources) for _ in range(rng.randint(1, 3))),
            figure,
        )


def uncertain(rng: random.Random, date: dt.date) -> str:
    """Return a date of EDTF that holds the day *date*."""
    later = date + dt.timedelta(rng.randint(2, 40))
    return rng.choice(
        (
            f"{date:%Y-%m}",
            f"{date:%Y-%m}~",
            f"{date:%Y}",
            f"{date:%Y-%m-%d}?",
            f"{date:%Y-%m-%d}/{later:%Y-%m-%d}",
            f"{date:%Y-%m}/..",
        )
    )


def cite(rng: random.Random, sources: list[Source]) -> Citation:
    source = rng.choice(sources)
    at = rng.randrange(12)
    said = source.paragraphs[at].split(" ")
    length = rng.randint(8, 20)
    start = rng.randrange(max(1, len(said) - length))
    return Citation(source.id, at + 1, " ".join(said[start : start + length]))
