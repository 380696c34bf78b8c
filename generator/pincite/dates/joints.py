"""What happens to words where phrases meet: "à le" is "au", "с весна" is "с весны".

Phrases are put together of parts that know nothing of each other. Here a language sets right what
its grammar wants between them: contractions, articles, and the case after a preposition.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

_EN = r"\b(about|perhaps|since|until|from|to|between|and)"
_FR_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_FR = r"\b(de|à|depuis|environ|entre|et|peut-être)"
_ES = r"\b(de|a|desde|hasta|entre|y|quizá|aproximadamente)"
_RU = r"\b(с|до|ранее|позднее) ((?:возможно, )?(?:примерно )?)"
_UK = r"\b(з|до|раніше|пізніше) ((?:можливо, )?(?:приблизно )?)"

# In their order: later ones read what earlier ones wrote.
_RULES: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "en": (
            (rf"{_EN} (\d+s)\b", r"\1 the \2"),
            (
                rf"{_EN} (first|second|third|fourth|middle|last) (?=quarter|third|half)",
                r"\1 the \2 ",
            ),
        ),
        "de": (
            (r"\b(etwa|vielleicht) (\d+er-Jahre)\b", r"\1 die \2"),
            (r"\b(seit|ab|von|zwischen|und) (\d+er-Jahre)\b", r"\1 den \2n"),
            (r"\b(seit|ab) ((?:vielleicht )?(?:etwa )?)die (\d+er-Jahre)\b", r"\1 \2den \3n"),
            (r"\bbis (\d+er-Jahre)\b", r"bis in die \1"),
            (
                r"\b(seit|ab|von|zwischen|und) (\w+)es (Quartal|Drittel|Halbjahr)\b",
                r"\1 dem \2en \3",
            ),
            (r"\bbis (\w+)es (Quartal|Drittel|Halbjahr)\b", r"bis zum \1en \2"),
            (r"\bbis ((?:vielleicht )?(?:etwa )?)die (\d+er-Jahre)\b", r"bis \1in die \2"),
        ),
        "fr": (
            (
                rf"{_FR} (printemps|premier|deuxième|troisième|quatrième|second|dernier)\b",
                r"\1 le \2",
            ),
            (rf"{_FR} (été|automne|hiver)\b", r"\1 l’\2"),
            (rf"{_FR} années\b", r"\1 les années"),
            (r"\bà le ", "au "),
            (r"\bà les ", "aux "),
            (r"\bde le ", "du "),
            (r"\bde les ", "des "),
            (r"\bde (?=environ|avril|août|octobre)", "d’"),
            (rf"\bjusqu’à (?=\d|{_FR_MONTHS})", "jusqu’en "),
        ),
        "es": (
            (rf"{_ES} (primavera|década)\b", r"\1 la \2"),
            (rf"{_ES} (verano|otoño|invierno|primer|segundo|tercer|cuarto)\b", r"\1 el \2"),
            (r" a el ", " al "),
            (r"\bde el ", "del "),
        ),
        "ru": (
            (r"\bс примерно ", "примерно с "),
            (r"\bдо примерно ", "примерно до "),
            (r"\bс возможно, ", "возможно, с "),
            (r" до возможно, ", ", возможно, до "),
            (r"\bдо возможно, ", "возможно, до "),
            (r"\bс не позднее ", "не позднее чем с "),
            (r"\bдо не ранее ", "по меньшей мере до "),
            (rf"{_RU}(\d+)-е годы", r"\1 \2\3-х годов"),
            (rf"{_RU}весна\b", r"\1 \2весны"),
            (rf"{_RU}лето\b", r"\1 \2лета"),
            (rf"{_RU}осень\b", r"\1 \2осени"),
            (rf"{_RU}зима\b", r"\1 \2зимы"),
            (rf"{_RU}(перв|втор|четвёрт)(?:ый|ой) квартал\b", r"\1 \2\3ого квартала"),
            (rf"{_RU}третий квартал\b", r"\1 \2третьего квартала"),
            (rf"{_RU}(перв|втор)ая треть\b", r"\1 \2\3ой трети"),
            (rf"{_RU}последняя треть\b", r"\1 \2последней трети"),
            (rf"{_RU}(перв|втор)ое полугодие\b", r"\1 \2\3ого полугодия"),
            (r"^(\d+) г\. — (\d+) г\.$", r"\1–\2 гг."),
        ),
        "uk": (
            (r"\bз приблизно ", "приблизно з "),
            (r"\bдо приблизно ", "приблизно до "),
            (r"\bз можливо, ", "можливо, з "),
            (r" до можливо, ", ", можливо, до "),
            (r"\bдо можливо, ", "можливо, до "),
            (r"\bз не пізніше ", "не пізніше ніж з "),
            (r"\bдо не раніше ", "щонайменше до "),
            (rf"{_UK}(\d+)-ті роки", r"\1 \2\3-х років"),
            (rf"{_UK}весна\b", r"\1 \2весни"),
            (rf"{_UK}літо\b", r"\1 \2літа"),
            (rf"{_UK}осінь\b", r"\1 \2осені"),
            (rf"{_UK}зима\b", r"\1 \2зими"),
            (r"\bз зими\b", "із зими"),
            (rf"{_UK}(перш|друг|четверт)ий квартал\b", r"\1 \2\3ого кварталу"),
            (rf"{_UK}третій квартал\b", r"\1 \2третього кварталу"),
            (rf"{_UK}(перш|друг)а третина\b", r"\1 \2\3ої третини"),
            (rf"{_UK}остання третина\b", r"\1 \2останньої третини"),
            (rf"{_UK}(перш|друг)е півріччя\b", r"\1 \2\3ого півріччя"),
            (r"^(\d+) р\. — (\d+) р\.$", r"\1–\2 рр."),
        ),
        "ar": ((r"(^| )(من|إلى|حتى|منذ) ربما ", r"\1ربما \2 "),),
        "zh": ((r"([从從到自至])可能是?", r"可能\1"),),
    }
)
_COMPILED = {
    language: tuple((re.compile(apart), together) for apart, together in rules)
    for language, rules in _RULES.items()
}


def join_parts(said: str, language: str) -> str:
    """Return *said*, a phrase with its parts filled in, as *language* would have it."""
    for apart, together in _COMPILED.get(language, ()):
        said = apart.sub(together, said)
    return said
