"""A made-up contested sequence of events of any length, always the same, with all that is hard.

    python bench/contested.py 10000 FOLDER

Two sides and a dozen speakers in six languages report deployments, losses and promises: dates that
are uncertain, open or unknown, things expected and denied, and figures of one measure that differ.
A site of N events has N/10 sources; each claim quotes one, and many are disputed by another.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

FIRST = date(2016, 2, 1)
DAYS = 3_300
PARAGRAPHS = 14

KINDS = {
    "deployment": "Deployment",
    "shipment": "Shipment",
    "statement": "Statement",
    "assessment": "Assessment",
    "meeting": "Meeting",
    "casualties": "Casualties",
    "other": "Other",
}
# In English, German, French, Ukrainian, Arabic and Japanese.
LANGUAGES = ("en", "de", "fr", "uk", "ar", "ja")
_LATIN, _CYRILLIC, _ARABIC, _KANA = 0, 1, 2, 3
SCRIPT = dict(zip(LANGUAGES, (_LATIN, _LATIN, _LATIN, _CYRILLIC, _ARABIC, _KANA), strict=True))
PLACES = (
    ("Talmar", "Тальмар", "تالمار", "タルマール"),
    ("Ostrava Bay", "Остравська бухта", "خليج أوسترافا", "オストラヴァ湾"),
    ("Kelmark", "Кельмарк", "كيلمارك", "ケルマルク"),
    ("Port Arno", "Порт-Арно", "ميناء أرنو", "ポルト・アルノ"),
    ("the Sela valley", "долина Села", "وادي سيلا", "セラ渓谷"),
    ("Varenia", "Варенія", "فارينيا", "ヴァレニア"),
    ("Mount Hadra", "гора Гадра", "جبل حدرا", "ハドラ山"),
    ("Belmoria", "Бельморія", "بيلموريا", "ベルモリア"),
)
SPEAKERS = (
    ("the interior ministry", "міністерство внутрішніх справ", "وزارة الداخلية", "内務省"),
    ("the harbour authority", "управління порту", "سلطة الميناء", "港湾局"),
    ("the Arno relief committee", "комітет допомоги Арно", "لجنة إغاثة أرنو", "アルノ救援委員会"),
    ("General Ilva Marsh", "генерал Ільва Марш", "الجنرال إلفا مارش", "イルヴァ・マーシュ将軍"),
    ("the northern command", "північне командування", "القيادة الشمالية", "北部司令部"),
    ("observers of the mission", "спостерігачі місії", "مراقبو البعثة", "派遣団の監視員"),
    ("Mayor Jan Tessel", "мер Ян Тессель", "رئيس البلدية يان تيسل", "ヤン・テッセル市長"),
    ("the railway union", "залізнична профспілка", "نقابة السكك الحديدية", "鉄道労働組合"),
    ("the state agency", "державне агентство", "وكالة الدولة", "国営通信"),
    ("Deputy Minister Roth", "заступник міністра Рот", "نائب الوزير روث", "ロート副大臣"),
    ("the hospital at Hadra", "лікарня в Гадрі", "مستشفى حدرا", "ハドラ病院"),
    ("satellite analysts", "супутникові аналітики", "محللو صور الأقمار", "衛星画像の分析官"),
)
ACTORS = ("Norland", "Ostria", "Kelmark guard", "Sela militia", "Relief mission", "Port union")
TAGS = ("harbour", "railway", "grain", "shelling", "ceasefire", "evacuation", "drones", "hospitals")
PUBLISHERS = ("Harbour Post", "The Northern Observer", "Tal Courier", "Kelmark Wire", "Sela Radio")
# What is counted: measure, unit, usual size, and how each language words a report of it.
COUNTED: tuple[tuple[str, str, int, tuple[str, ...]], ...] = (
    (
        "People displaced",
        "people",
        400,
        (
            "{who} said that about {n} people had left their homes near {where} after the shelling",
            "{who} teilte mit, rund {n} Menschen hätten nach dem Beschuss bei {where} ihre Häuser verlassen",
            "{who} a déclaré qu’environ {n} personnes avaient quitté leurs maisons près de {where}",
            "{who}: близько {n} людей залишили домівки поблизу місця {where} після обстрілу",
            "قالت {who} إن نحو {n} شخص غادروا منازلهم قرب {where} بعد القصف",
            "{who}は、砲撃の後{where}付近で約{n}人が家を離れたと述べた",
        ),
    ),
    (
        "Soldiers wounded",
        "soldiers",
        60,
        (
            "according to {who}, at least {n} soldiers were wounded when the column was hit outside {where}",
            "nach Angaben von {who} wurden mindestens {n} Soldaten verwundet, als die Kolonne vor {where} getroffen wurde",
            "selon {who}, au moins {n} soldats ont été blessés lorsque la colonne a été touchée devant {where}",
            "за словами джерела {who}, щонайменше {n} солдатів дістали поранення біля місця {where}",
            "وبحسب {who} أصيب ما لا يقل عن {n} جندي عندما استهدف الرتل خارج {where}",
            "{who}によると、{where}郊外で隊列が攻撃され、少なくとも{n}人の兵士が負傷した",
        ),
    ),
    (
        "Lorries of grain let through",
        "lorries",
        25,
        (
            "{who} counted {n} lorries of grain that were let through the crossing at {where}",
            "{who} zählte {n} Lastwagen mit Getreide, die den Übergang bei {where} passieren durften",
            "{who} a compté {n} camions de céréales autorisés à passer le poste de {where}",
            "{who} нарахувало {n} вантажівок із зерном, пропущених через пункт {where}",
            "وأحصت {who} {n} شاحنة حبوب سمح لها بعبور معبر {where}",
            "{who}は、{where}の検問所の通過を許された穀物トラックを{n}台と数えた",
        ),
    ),
)
# What is said where nothing is counted, by kind.
SAID: dict[str, tuple[str, ...]] = {
    "deployment": (
        "{who} confirmed that a second brigade had been moved to the railway yard at {where}",
        "{who} bestätigte, dass eine zweite Brigade zum Bahnhof von {where} verlegt worden sei",
        "{who} a confirmé qu’une deuxième brigade avait été déplacée vers la gare de {where}",
        "{who} підтвердило, що другу бригаду перекинули до станції {where}",
        "وأكدت {who} أن لواء ثانيا نقل إلى محطة القطار في {where}",
        "{who}は、第二旅団が{where}の操車場に移されたことを認めた",
    ),
    "statement": (
        "{who} denied that any order to close the road to {where} had ever been given",
        "{who} bestritt, dass je ein Befehl zur Sperrung der Straße nach {where} ergangen sei",
        "{who} a nié qu’un ordre de fermer la route de {where} ait jamais été donné",
        "{who} заперечило, що будь-коли віддавали наказ перекрити дорогу до місця {where}",
        "ونفت {who} صدور أي أمر بإغلاق الطريق المؤدي إلى {where}",
        "{who}は、{where}への道路を閉鎖する命令が出されたことを否定した",
    ),
    "assessment": (
        "{who} expects the crossing at {where} to stay shut until the talks are taken up again",
        "{who} erwartet, dass der Übergang bei {where} bis zur Wiederaufnahme der Gespräche geschlossen bleibt",
        "{who} s’attend à ce que le passage de {where} reste fermé jusqu’à la reprise des pourparlers",
        "{who} очікує, що перехід у місці {where} буде закритий до відновлення переговорів",
        "وتتوقع {who} أن يبقى معبر {where} مغلقا حتى استئناف المحادثات",
        "{who}は、協議が再開されるまで{where}の検問所は閉鎖されたままだとみている",
    ),
    "meeting": (
        "{who} met delegates of both sides at {where} and left without a word to the press",
        "{who} traf in {where} Vertreter beider Seiten und ging ohne ein Wort an die Presse",
        "{who} a rencontré à {where} des délégués des deux parties et est reparti sans un mot à la presse",
        "{who} провело зустріч із делегатами обох сторін у місці {where} без слова для преси",
        "والتقت {who} مندوبي الطرفين في {where} وغادرت من دون أي تصريح للصحافة",
        "{who}は{where}で双方の代表と会い、報道陣に何も語らずに去った",
    ),
}
FILLING = (
    (
        "The road has been closed to lorries since the spring, and those who live beside it have grown used to the sound of engines at night.",
        "Nobody at the ministry answered a request for comment, and the office that keeps the register was shut when a reporter called.",
        "Earlier accounts of the same week differ in what they count, and none of them names the place from which the column set out.",
    ),
    (
        "Die Straße ist seit dem Frühjahr für Lastwagen gesperrt, und wer an ihr wohnt, hat sich an den Lärm in der Nacht gewöhnt.",
        "Im Ministerium war niemand zu einer Auskunft bereit.",
    ),
    (
        "La route est fermée aux camions depuis le printemps, et les riverains se sont habitués au bruit des moteurs la nuit.",
        "Personne au ministère n’a répondu aux questions de la rédaction.",
    ),
    (
        "Дорогу закрито для вантажівок від весни, і ті, хто живе поруч, звикли до гулу двигунів уночі.",
        "У міністерстві ніхто не відповів на запитання редакції.",
    ),
    (
        "والطريق مغلق أمام الشاحنات منذ الربيع، وقد اعتاد من يسكنون بجانبه سماع هدير المحركات في الليل.",
        "ولم يرد أحد في الوزارة على أسئلة الصحيفة.",
    ),
    (
        "道路は春からトラックの通行が止められており、沿道の住民は夜のエンジン音に慣れてしまった。",
        "省の担当者は取材に応じなかった。",
    ),
)
HEADLINES = {
    "People displaced": "About {n} are said to have left {where}",
    "Soldiers wounded": "{n} or more soldiers wounded outside {where}",
    "Lorries of grain let through": "{n} lorries of grain pass {where}",
    "deployment": "A second brigade is reported at {where}",
    "statement": "An order to close the road to {where} is denied",
    "assessment": "The crossing at {where} is expected to stay shut",
    "meeting": "Both sides are received at {where}",
}


@dataclass(slots=True)
class _Source:
    """A source in the making: its language, its day, and its paragraphs so far."""

    id: str
    language: str
    day: date
    title: str
    publisher: str
    paragraphs: list[str] = field(default_factory=list)


def write_project(events: int, folder: Path, seed: int = 11) -> None:
    """Write a project of *events* events below *folder*."""
    chance = Random(seed)
    sources = [_source(chance, number) for number in range(1, max(6, events // 10) + 1)]
    by_day = sorted(sources, key=lambda source: source.day)
    entries: dict[int, list[str]] = {}
    for number in range(1, events + 1):
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        entries.setdefault(day.year, []).append(_event(chance, number, day, by_day))
    kinds = "".join(f"  {id}: {{label: {label}}}\n" for id, label in KINDS.items())
    _write(
        folder / "content/site.yaml",
        "title: The harbour dispute\ndescription: Who moved, who was hurt, and who says so.\n"
        f"url: https://example.org/harbour/\nlanguage: en\nrepublish: full\nkinds:\n{kinds}"
        "eras:\n  - {label: The first truce, from: 2018-03, to: 2019-08}\n"
        "featured: [e000001, e000002, e000003]\n"
        "warnings: {single-source: ignore, source-unused: ignore}\n",
    )
    for year, some in entries.items():
        _write(folder / f"content/events/{year}.yaml", "\n".join(some))
    for source in sources:
        while len(source.paragraphs) < PARAGRAPHS:
            source.paragraphs.append(_filling(chance, source.language))
        _write_source(folder, source)


def _source(chance: Random, number: int) -> _Source:
    language = chance.choices(LANGUAGES, weights=(12, 2, 2, 2, 1, 1))[0]
    filling = FILLING[LANGUAGES.index(language)]
    return _Source(
        id=f"s{number:05d}",
        language=language,
        day=FIRST + timedelta(days=chance.randrange(DAYS)),
        title=f"{filling[-1].rstrip('.。')} ({number})",
        publisher=chance.choice(PUBLISHERS),
    )


def _filling(chance: Random, language: str) -> str:
    sentences = FILLING[LANGUAGES.index(language)]
    return ("" if language == "ja" else " ").join(chance.choices(sentences, k=3))


def _event(chance: Random, number: int, day: date, sources: list[_Source]) -> str:
    """Return one event as YAML, and let its sources say what it quotes."""
    place = chance.choice(PLACES)
    counted = chance.random() < 0.45
    measure, unit, usual, templates = chance.choice(COUNTED)
    if counted:
        kind = {"Soldiers wounded": "casualties", "People displaced": "other"}.get(
            measure, "shipment"
        )
    else:
        kind = chance.choice(tuple(SAID))
        templates = SAID[kind]
    written, basis = _date(chance, day, kind)
    speakers = chance.sample(SPEAKERS, 2)
    claims: list[str] = []
    size = max(2, round(usual * chance.lognormvariate(0, 0.6)))
    title = HEADLINES[measure if counted else kind].format(n=size, where=place[0])
    for turn, who in enumerate(speakers[: 2 if counted and chance.random() < 0.5 else 1]):
        n = size if not turn else max(2, round(size * chance.uniform(0.3, 2.5)))
        report = _Report(chance, sources, templates, place, who, n)
        claims += [
            f"    - text: {_quoted(HEADLINES[measure if counted else kind].format(n=n, where=place[0]))}",
            f"      attributed_to: {_quoted(who[0][0].upper() + who[0][1:])}",
        ]
        if chance.random() < 0.4:
            claims.append(f"      confidence: {chance.choice(('high', 'medium', 'low'))}")
            claims.append("      confidence_why: One voice, and a party to what it reports.")
        if counted:
            claims += [
                "      figures:",
                f"        - measure: {_quoted(f'{measure} at {place[0]}')}",
                f"          low: {n}",
                f"          unit: {unit}",
            ]
            qualifier = {"People displaced": "approx", "Soldiers wounded": "at-least"}.get(measure)
            claims += [f"          qualifier: {qualifier}"] if qualifier else []
        claims += ["      cite:", *report.cite("supports")]
        if chance.random() < 0.35:
            other = _Report(chance, sources, templates, place, chance.choice(SPEAKERS), n + 1)
            claims += other.cite("disputes" if chance.random() < 0.3 else "supports")
    lines = [f"- id: e{number:06d}", f"  date: {_quoted(written)}"]
    lines += [f"  date_basis: {basis}"] if basis else []
    lines += [f"  title: {_quoted(title)}", f"  kind: {kind}"]
    modality = _modality(chance, kind)
    lines += [f"  modality: {modality}"] if modality else []
    actors, tags = chance.sample(ACTORS, chance.randint(1, 2)), chance.sample(TAGS, 2)
    lines += [f"  actors: [{', '.join(actors)}]", f"  tags: [{', '.join(tags)}]"]
    lines += [f"  places: [{_quoted(place[0].removeprefix('the '))}]"]
    if chance.random() < 0.5:
        lines.append(
            "  summary: The accounts agree on the place and on little else; "
            "what **each** of them counts is said beside its figure."
        )
    return "\n".join([*lines, "  claims:", *claims]) + "\n"


@dataclass(slots=True)
class _Report:
    """One sentence that a source says of an event."""

    chance: Random
    sources: list[_Source]
    templates: tuple[str, ...]
    place: tuple[str, ...]
    who: tuple[str, ...]
    n: int

    def cite(self, stance: str) -> Iterator[str]:
        source = self.chance.choice(self.sources)
        at = LANGUAGES.index(source.language)
        script = SCRIPT[source.language]
        told = {"who": self.who[script], "where": self.place[script], "n": self.n}
        sentence = self.templates[at].format(**told)
        if script != _ARABIC:
            sentence = sentence[0].upper() + sentence[1:]
        stop = "。" if source.language == "ja" else "."
        said = f"{sentence}{stop}"
        apart = "" if source.language == "ja" else " "
        source.paragraphs.append(f"{said}{apart}{_filling(self.chance, source.language)}")
        yield f"        - source: {source.id}"
        yield f"          paragraph: p{len(source.paragraphs)}"
        yield f"          quote: {_quoted(sentence)}"
        if stance != "supports":
            yield f"          stance: {stance}"
        if source.language != "en":
            english = self.templates[0].format(who=self.who[0], where=self.place[0], n=self.n)
            yield f"          translation: {{lang: en, text: {_quoted(english)}, by: the editors}}"


def _date(chance: Random, day: date, kind: str) -> tuple[str, str]:
    """Return a date in EDTF as sure as reports are, and on what it rests."""
    later = day + timedelta(days=chance.randint(3, 20))
    end = "" if kind == "assessment" else f"/{later + timedelta(days=30)}"
    forms = (
        (60, str(day), ""),
        (10, f"{day}~", "resolved"),
        (8, f"[{day}..{later}]", "resolved"),
        (8, f"{day:%Y-%m}", ""),
        (4, f"{day}/{later}", ""),
        (3, f"{day}?", "editor"),
        (2, f"{day:%Y}-{21 + day.month % 4}", "editor"),
        (2, f"{day}/.." if not end else f"{day}{end}", ""),
        (3, "unknown", ""),
    )
    _, written, basis = chance.choices(forms, weights=[form[0] for form in forms])[0]
    return written, basis


def _modality(chance: Random, kind: str) -> str:
    if kind == "assessment":
        return chance.choice(("predicted", "predicted", "planned", "hypothetical"))
    if kind == "statement":
        return chance.choice(("denied", ""))
    return chance.choices(("ongoing", ""), weights=(1, 12))[0]


def _quoted(text: str) -> str:
    """Return *text* as a double-quoted scalar of YAML, which a JSON string is too."""
    return json.dumps(text, ensure_ascii=False)


def _write_source(folder: Path, source: _Source) -> None:
    raw = "\n\n".join(source.paragraphs) + "\n"
    snapshot = f"seeds/{source.id}.txt"
    front = [
        f"title: {_quoted(source.title)}",
        f"publisher: {source.publisher}",
        f"published: {source.day}",
        "published_basis: stated",
        f"url: https://news.example/{source.language}/{source.id}",
        f"language: {source.language}",
        "retrieved_at: 2025-12-31T00:00:00Z",
        f"archives: [{{url: https://archive.example/{source.id}, kind: wayback}}]",
        f"snapshot: {snapshot}",
        f"sha256: {sha256(raw.encode()).hexdigest()}",
    ]
    body = "\n\n".join(f"[p{n}] {text}" for n, text in enumerate(source.paragraphs, 1))
    _write(folder / snapshot, raw)
    _write(
        folder / f"content/sources/{source.id}.md", "\n".join(("---", *front, "---", "", body, ""))
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    write_project(int(sys.argv[1]), Path(sys.argv[2]))
