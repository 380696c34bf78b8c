"""The words between the dates, a table a language; names of months come from elsewhere.

A value is a template. ``{date}`` is one date, ``{start}`` and ``{end}`` are two; ``{year}`` is the
year of a season, ``{season}`` its name, ``{parts}`` a list of the words year, month and day,
``{doubts}`` what is doubtful, and ``{time}`` a clock time. Month names inside a phrase stand in the
form they have beside a day (the genitive, in Russian and Ukrainian), so templates with prepositions
are worded to govern that.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

PHRASES_EN: Mapping[str, str] = MappingProxyType(
    {
        "undated": "undated",
        "uncertain": "perhaps {date}",  # ?
        "approximate": "about {date}",  # ~
        "uncertain_approximate": "perhaps about {date}",  # %
        "uncertain_parts": "uncertain: {parts}",  # 2004?-06-11
        "approximate_parts": "approximate: {parts}",
        "uncertain_approximate_parts": "uncertain and approximate: {parts}",
        "doubtful": "{date} ({doubts})",  # some of the three above
        "doubts": "{start}; {end}",
        "unspecified": "{date} ({parts} unknown)",  # 1985-04-XX
        "year": "year",
        "month": "month",
        "day": "day",
        "day_inside": "{date}",  # a day inside a phrase, where a language wants an article
        "year_inside": "{date}",  # a year inside a phrase, or with an era
        "with_time": "{date}, {time}",
        "estimate": "between {start} and {end}, estimated as {date}",  # 1950S2
        "between": "some time between {start} and {end}",  # [a..b]
        "or_earlier": "{date} or earlier",  # [..a]
        "or_later": "{date} or later",  # [a..]
        "all_between": "all from {start} to {end}",  # {a..b}
        "all_until": "all until {date}",  # {..a}
        "all_since": "all from {date} on",  # {a..}
        "span": "{start}–{end}",  # a range inside a list
        "from_to": "from {start} to {end}",  # a/b
        "since": "since {date}",  # a/..
        "until": "until {date}",  # ../a
        "end_unknown": "from {date}, end unknown",  # a/
        "start_unknown": "until {date}, start unknown",  # /a
        "always": "without beginning or end",  # ../..
        "since_unknown": "since an unknown date",  # /..
        "until_unknown": "until an unknown date",  # ../
        "bce": "{date} BCE",
        "ce": "{date} CE",  # only for the years 1 to 99
        "long_year": "the year {date}",  # 170000002
        "decade": "{date}s",  # 201X
        "spring": "spring",
        "summer": "summer",
        "autumn": "autumn",
        "winter": "winter",
        "season": "{season} {year}",
        "northern": "{date} (northern hemisphere)",
        "southern": "{date} (southern hemisphere)",
        "quarter_1": "first quarter of {year}",
        "quarter_2": "second quarter of {year}",
        "quarter_3": "third quarter of {year}",
        "quarter_4": "fourth quarter of {year}",
        "term_1": "first third of {year}",
        "term_2": "middle third of {year}",
        "term_3": "last third of {year}",
        "half_1": "first half of {year}",
        "half_2": "second half of {year}",
    }
)

_KEYS = tuple(PHRASES_EN)
_TABLES = {
    "ar": """
بلا تاريخ|ربما {date}|نحو {date}|ربما نحو {date}|غير مؤكد: {parts}|تقريبي: {parts}
غير مؤكد وتقريبي: {parts}|{date} ({doubts})|{start}؛ {end}|{date} (غير معروف: {parts})|السنة
الشهر|اليوم|{date}|{date}|{date}، {time}|بين {start} و{end}، والتقدير {date}
في وقت ما بين {start} و{end}|{date} أو قبله|{date} أو بعده|كل ما بين {start} و{end}
كل ما كان حتى {date}|كل ما كان منذ {date}|{start}–{end}|من {start} إلى {end}|منذ {date}
حتى {date}|من {date}، والنهاية غير معروفة|حتى {date}، والبداية غير معروفة|بلا بداية ولا نهاية
منذ تاريخ غير معروف|حتى تاريخ غير معروف|{date} ق.م.|{date} م|سنة {date}|عقد {date}|ربيع|صيف
خريف|شتاء|{season} {year}|{date} (نصف الكرة الشمالي)|{date} (نصف الكرة الجنوبي)
الربع الأول من {year}|الربع الثاني من {year}|الربع الثالث من {year}|الربع الرابع من {year}
الثلث الأول من {year}|الثلث الثاني من {year}|الثلث الأخير من {year}|النصف الأول من {year}
النصف الثاني من {year}""",
    "de": """
ohne Datum|vielleicht {date}|etwa {date}|vielleicht etwa {date}|unsicher: {parts}
ungefähr: {parts}|unsicher und ungefähr: {parts}|{date} ({doubts})|{start}; {end}
{date} (unbekannt: {parts})|Jahr|Monat|Tag|{date}|{date}|{date}, {time}
zwischen {start} und {end}, geschätzt auf {date}|irgendwann zwischen {start} und {end}
{date} oder früher|{date} oder später|alle von {start} bis {end}|alle bis {date}
alle ab {date}|{start}–{end}|{start} bis {end}|seit {date}|bis {date}
ab {date}, Ende unbekannt|bis {date}, Anfang unbekannt|ohne Anfang und Ende
seit unbekanntem Datum|bis zu unbekanntem Datum|{date} v. Chr.|{date} n. Chr.|das Jahr {date}
{date}er-Jahre|Frühjahr|Sommer|Herbst|Winter|{season} {year}|{date} (Nordhalbkugel)
{date} (Südhalbkugel)|erstes Quartal {year}|zweites Quartal {year}|drittes Quartal {year}
viertes Quartal {year}|erstes Drittel {year}|zweites Drittel {year}|letztes Drittel {year}
erstes Halbjahr {year}|zweites Halbjahr {year}""",
    "es": """
sin fecha|quizá {date}|aproximadamente {date}|quizá aproximadamente {date}|dudoso: {parts}
aproximado: {parts}|dudoso y aproximado: {parts}|{date} ({doubts})|{start}; {end}
{date} (desconocido: {parts})|año|mes|día|el {date}|{date}|{date}, {time}
entre {start} y {end}, estimado en {date}|en algún momento entre {start} y {end}
{date} o antes|{date} o después|todo de {start} a {end}|todo hasta {date}|todo desde {date}
{start}–{end}|de {start} a {end}|desde {date}|hasta {date}|desde {date}, final desconocido
hasta {date}, comienzo desconocido|sin principio ni fin|desde una fecha desconocida
hasta una fecha desconocida|{date} a. C.|{date} d. C.|el año {date}|década de {date}|primavera
verano|otoño|invierno|{season} de {year}|{date} (hemisferio norte)|{date} (hemisferio sur)
primer trimestre de {year}|segundo trimestre de {year}|tercer trimestre de {year}
cuarto trimestre de {year}|primer cuatrimestre de {year}|segundo cuatrimestre de {year}
tercer cuatrimestre de {year}|primer semestre de {year}|segundo semestre de {year}""",
    "fr": """
sans date|peut-être {date}|environ {date}|peut-être environ {date}|incertain : {parts}
approximatif : {parts}|incertain et approximatif : {parts}|{date} ({doubts})|{start} ; {end}
{date} (inconnu : {parts})|année|mois|jour|le {date}|{date}|{date}, {time}
entre {start} et {end}, estimation : {date}|à un moment entre {start} et {end}
{date} ou plus tôt|{date} ou plus tard|tout de {start} à {end}|tout jusqu’à {date}
tout à partir de {date}|{start}–{end}|de {start} à {end}|depuis {date}|jusqu’à {date}
à partir de {date}, fin inconnue|jusqu’à {date}, début inconnu|sans début ni fin
depuis une date inconnue|jusqu’à une date inconnue|{date} av. J.-C.|{date} apr. J.-C.
l’an {date}|années {date}|printemps|été|automne|hiver|{season} {year}|{date} (hémisphère Nord)
{date} (hémisphère Sud)|premier trimestre {year}|deuxième trimestre {year}
troisième trimestre {year}|quatrième trimestre {year}|premier tiers de {year}
deuxième tiers de {year}|dernier tiers de {year}|premier semestre {year}
second semestre {year}""",
    "ru": """
без даты|возможно, {date}|примерно {date}|возможно, примерно {date}|неточно: {parts}
приблизительно: {parts}|неточно и приблизительно: {parts}|{date} ({doubts})|{start}; {end}
{date} (неизвестно: {parts})|год|месяц|день|{date}|{date} г.|{date}, {time}
не ранее {start} и не позднее {end}, оценка: {date}|не ранее {start} и не позднее {end}
не позднее {date}|не ранее {date}|всё с {start} до {end} включительно
всё до {date} включительно|всё начиная с {date}|{start} — {end}|с {start} до {end}|с {date}
до {date}|с {date}, конец неизвестен|до {date}, начало неизвестно|без начала и конца
с неизвестной даты|до неизвестной даты|{date} до н. э.|{date} н. э.|{date} г.|{date}-е годы
весна|лето|осень|зима|{season} {year} г.|{date} (Северное полушарие)|{date} (Южное полушарие)
первый квартал {year} г.|второй квартал {year} г.|третий квартал {year} г.
четвёртый квартал {year} г.|первая треть {year} г.|вторая треть {year} г.
последняя треть {year} г.|первое полугодие {year} г.|второе полугодие {year} г.""",
    "uk": """
без дати|можливо, {date}|приблизно {date}|можливо, приблизно {date}|непевно: {parts}
приблизно: {parts}|непевно і приблизно: {parts}|{date} ({doubts})|{start}; {end}
{date} (невідомо: {parts})|рік|місяць|день|{date}|{date} р.|{date}, {time}
не раніше {start} і не пізніше {end}, оцінка: {date}|не раніше {start} і не пізніше {end}
не пізніше {date}|не раніше {date}|усе з {start} до {end} включно|усе до {date} включно
усе починаючи з {date}|{start} — {end}|з {start} до {end}|з {date}|до {date}
з {date}, кінець невідомий|до {date}, початок невідомий|без початку й кінця|з невідомої дати
до невідомої дати|{date} до н. е.|{date} н. е.|{date} р.|{date}-ті роки|весна|літо|осінь|зима
{season} {year} р.|{date} (Північна півкуля)|{date} (Південна півкуля)
перший квартал {year} р.|другий квартал {year} р.|третій квартал {year} р.
четвертий квартал {year} р.|перша третина {year} р.|друга третина {year} р.
остання третина {year} р.|перше півріччя {year} р.|друге півріччя {year} р.""",
    "he": """
ללא תאריך|אולי {date}|{date} בערך|אולי {date} בערך|לא ודאי: {parts}|משוער: {parts}
לא ודאי ומשוער: {parts}|{date} ({doubts})|{start}; {end}|{date} (לא ידוע: {parts})|שנה|חודש
יום|{date}|{date}|{date}, {time}|בין {start} לבין {end}, לפי הערכה {date}
במועד כלשהו בין {start} לבין {end}|{date} או קודם לכן|{date} או לאחר מכן
הכול בין {start} לבין {end}|הכול עד {date}|הכול מאז {date}|{start}–{end}|{start} עד {end}
מאז {date}|עד {date}|מאז {date}, מועד הסיום אינו ידוע|עד {date}, מועד ההתחלה אינו ידוע
ללא התחלה וללא סוף|מאז מועד לא ידוע|עד מועד לא ידוע|{date} לפנה״ס|{date} לספירה|שנת {date}
שנות ה־{date}|אביב|קיץ|סתיו|חורף|{season} {year}|{date} (חצי הכדור הצפוני)
{date} (חצי הכדור הדרומי)|הרבעון הראשון של {year}|הרבעון השני של {year}
הרבעון השלישי של {year}|הרבעון הרביעי של {year}|השליש הראשון של {year}|השליש השני של {year}
השליש האחרון של {year}|המחצית הראשונה של {year}|המחצית השנייה של {year}""",
    "ja": """
日付不明|おそらく{date}|{date}頃|おそらく{date}頃|{parts}は不確か|{parts}は概数
{parts}は不確かな概数|{date}（{doubts}）|{start}、{end}|{date}（{parts}は不明）|年|月|日
{date}|{date}|{date} {time}|{start}から{end}までの間、推定{date}
{start}から{end}までのいずれかの時点|{date}以前|{date}以降|{start}から{end}までのすべて|{date}までのすべて|{date}以降のすべて
{start}～{end}|{start}から{end}まで|{date}から|{date}まで|{date}から、終期不明
{date}まで、始期不明|始まりも終わりもない|不明の日から|不明の日まで|紀元前{date}|西暦{date}
{date}|{date}年代|春|夏|秋|冬|{year}{season}|{date}（北半球）|{date}（南半球）|{year}第1四半期
{year}第2四半期|{year}第3四半期|{year}第4四半期|{year}最初の4か月|{year}中間の4か月
{year}最後の4か月|{year}前半|{year}後半""",
    "ko": """
날짜 미상|{date}(추정)|{date}경|{date}경(추정)|{parts} 불확실|{parts} 근사치
{parts} 불확실·근사치|{date}({doubts})|{start}, {end}|{date}({parts} 미상)|연도|월|일|{date}
{date}|{date} {time}|{start}에서 {end} 사이, {date}으로 추정|{start}에서 {end} 사이 어느 때
{date} 또는 그 이전|{date} 또는 그 이후|{start}부터 {end}까지 전부|{date}까지 전부
{date}부터 전부|{start}~{end}|{start}부터 {end}까지|{date}부터|{date}까지|{date}부터, 끝 미상
{date}까지, 시작 미상|시작도 끝도 없음|알 수 없는 날짜부터|알 수 없는 날짜까지|기원전 {date}
서기 {date}|{date}|{date}년대|봄|여름|가을|겨울|{year} {season}|{date}(북반구)|{date}(남반구)
{year} 1분기|{year} 2분기|{year} 3분기|{year} 4분기|{year} 첫 4개월|{year} 둘째 4개월
{year} 마지막 4개월|{year} 상반기|{year} 하반기""",
    "zh": """
日期不详|可能是{date}|约{date}|可能约{date}|{parts}不确定|{parts}为约数|{parts}不确定且为约数
{date}（{doubts}）|{start}；{end}|{date}（{parts}不详）|年|月|日|{date}|{date}|{date} {time}
{start}至{end}之间，估计为{date}|{start}至{end}之间的某个时候|{date}或更早|{date}或更晚
{start}至{end}的全部|截至{date}的全部|自{date}起的全部|{start}至{end}|从{start}到{end}
自{date}起|至{date}|自{date}起，结束时间不详|至{date}，开始时间不详|无始无终|自不详日期起
至不详日期|公元前{date}|公元{date}|{date}|{date}年代|春季|夏季|秋季|冬季|{year}{season}
{date}（北半球）|{date}（南半球）|{year}第一季度|{year}第二季度|{year}第三季度|{year}第四季度
{year}前四个月|{year}中间四个月|{year}后四个月|{year}上半年|{year}下半年""",
    "zh-Hant": """
日期不詳|可能是{date}|約{date}|可能約{date}|{parts}不確定|{parts}為約數|{parts}不確定且為約數
{date}（{doubts}）|{start}；{end}|{date}（{parts}不詳）|年|月|日|{date}|{date}|{date} {time}
{start}至{end}之間，估計為{date}|{start}至{end}之間的某個時候|{date}或更早|{date}或更晚
{start}至{end}的全部|截至{date}的全部|自{date}起的全部|{start}至{end}|從{start}到{end}
自{date}起|至{date}|自{date}起，結束時間不詳|至{date}，開始時間不詳|無始無終|自不詳日期起
至不詳日期|西元前{date}|西元{date}|{date}|{date}年代|春季|夏季|秋季|冬季|{year}{season}
{date}（北半球）|{date}（南半球）|{year}第一季|{year}第二季|{year}第三季|{year}第四季
{year}前四個月|{year}中間四個月|{year}後四個月|{year}上半年|{year}下半年""",
}


def _table(text: str) -> Mapping[str, str]:
    values = text.strip().replace("\n", "|").split("|")
    return MappingProxyType(dict(zip(_KEYS, values, strict=True)))


PHRASES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"en": PHRASES_EN} | {language: _table(text) for language, text in _TABLES.items()}
)

# Where Chinese is written in the traditional way.
_TRADITIONAL = frozenset(("hant", "tw", "hk", "mo"))


@lru_cache(maxsize=64)
def tables_of(language: str) -> tuple[str, ...]:
    """Return the names of the tables of words for a BCP 47 *language*, the nearest first."""
    base, *rest = re.split("[-_]", language.casefold())
    written = ("zh-Hant",) if base == "zh" and _is_traditional(rest) else ()
    return tuple(dict.fromkeys((language, *written, base)))


def _is_traditional(subtags: list[str]) -> bool:
    return "hans" not in subtags and not _TRADITIONAL.isdisjoint(subtags)


def phrases_of(language: str) -> Mapping[str, str]:
    """Return the phrases of *language*, or the English ones."""
    return next((PHRASES[name] for name in tables_of(language) if name in PHRASES), PHRASES_EN)
