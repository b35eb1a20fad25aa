"""Lines that name who wrote the article ("By Claire Lee for AFP", "Von Anna Müller, Berlin", "بقلم: …")."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from annotations.ingest.dates import dateline
from annotations.ingest.shapes import ends_open, is_only_link, one_line, without_links

LONGEST: Final = 160
MOST_WORDS: Final = 18

_NAMED = re.compile(
    r"(?:By|BY|by|Written by|Words by|Story by|Text by|Reported by|From our correspondent)[:\s]\s*(?P<who>\S.*)",
    re.DOTALL,
)
_SHORT_WORD = re.compile(r"(?:Von|VON|Par|PAR|Por|POR|Di|DI|Door|DOOR|Od|Av|Af)[:\s]\s*(?P<who>\S.*)", re.DOTALL)
_COLON = re.compile(
    r"(?:author|authors|autor|autorin|autoren|auteur|auteurs|autora|autores|autore|autori|yazar|text|byline|reporter|correspondent"
    r"|автор|авторка|автори|авторы|текст|кореспондент|корреспондент|كتب|كتبت|الكاتب|الكاتبة|المؤلف|作者|记者|記者|撰文|文|מאת)"
    r"\s*[:：|｜/／]\s*(?P<who>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_NO_COLON = re.compile(
    r"(?:بقلم|מאת|Автор|Автори|Авторка|本报记者|本报讯记者|记者)\s*[:：]?\s*(?P<who>\S.*)", re.DOTALL
)
_SMALL_WORDS = """
for and in of the with at to from on und et y e i та і й и de del della di da dos du des la le les los van von vom
der den ter ten bin ibn al el für pour para per aus dans en a à у в для із з с из
"""
_OTHER_WORDS = """
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
october november december then now that this these those all far early late my our your his her its their what when
how why contrast comparison law design default email e-mail phone post telephone accident chance night day
"""
_SMALL: Final = frozenset(_SMALL_WORDS.split())
_NOT_A_NAME: Final = frozenset(_OTHER_WORDS.split())
_SMALL_AGENCIES: Final = frozenset({"dpa", "bne", "epd", "afp", "imago"})
_NAME_WORD = re.compile(r"[^\W\d_][\w.'’ʼ·\-‑]*")
_PERSON_WORD = re.compile(r"[^\W\d_a-zа-яіїєґ][^\W\d_A-ZА-ЯІЇЄҐ]+(?:['’ʼ-][^\W\d_]+)?|[^\W\d_]\.")
_DIVIDER = re.compile(r"\s*[|•·]\s*|\s+[–—]\s+|,\s+(?=\S*\d|\w+\.?\s\d)")


@dataclass(frozen=True, slots=True)
class Byline:
    """`who` as printed, without the label; `published` where the line ends with a date."""

    who: str
    published: date | None = None


def byline(line: str, *, is_first: bool = False) -> Byline | None:
    """None unless the whole line is a label and names.

    `is_first`: nothing stands above it, where "Von der Leyen in Kyjiw" is a headline.
    """
    if len(line) > LONGEST or line.count("\n") > 1:
        return None
    plain = one_line(line)
    labelled = _COLON.fullmatch(plain) or _NO_COLON.fullmatch(plain)
    lettered = _NAMED.fullmatch(plain) or (None if is_first else _SHORT_WORD.fullmatch(plain))
    match = labelled or lettered
    if match:
        who, published = _without_date(match["who"])
        return Byline(who, published) if _are_names(who, must_be_cased=match is lettered) else None
    return _unlabelled(line)


def is_bare_name(line: str) -> bool:
    """ "Claire Lee": two or three capitalised words and nothing else. Only its place can make it a byline."""
    names = line.split()
    return 2 <= len(names) <= 3 and all(_PERSON_WORD.fullmatch(name) for name in names)


def _unlabelled(line: str) -> Byline | None:
    """Only a name that is a link, or a name with a date behind a divider, is sure enough without a label."""
    plain = one_line(line)
    who, published = _without_date(plain)
    is_sure = (who != plain and not plain[len(who) :].lstrip().startswith(",")) or _is_person_link(line)
    if is_sure and 2 <= len(who.split()) <= 8 and _are_names(who, must_be_cased=True):
        return Byline(who, published)
    return None


def _is_person_link(line: str) -> bool:
    return is_only_link(line.strip()) and 2 <= len(without_links(line).split()) <= 4


def _without_date(who: str) -> tuple[str, date | None]:
    """ "Claire Lee | December 13, 2025" -> the name and the date."""
    for divider in _DIVIDER.finditer(who):
        found = dateline(who[divider.end() :])
        if found:
            return who[: divider.start()].strip(), found.published
    return who.strip(), None


def _are_names(who: str, *, must_be_cased: bool) -> bool:
    words = re.findall(r"[^\s,&/|()]+", who)
    if not words or len(words) > MOST_WORDS or not ends_open(who.rstrip(".")) and not who.endswith("."):
        return False
    if any(character in who for character in "!?;…:：") or re.search(r"[a-zа-яіїє]{3,}\.$", who):
        return False
    if words[0].lower() in _NOT_A_NAME or any(re.search(r"\d", word) for word in words):
        return False
    return not must_be_cased or _all_cased(words)


def _all_cased(words: list[str]) -> bool:
    names = [word for word in words if word not in _SMALL]
    begins_well = bool(names) and (words[0] in names or words[0] in ("the", "de", "van", "von", "al", "el"))
    return begins_well and all(
        _NAME_WORD.fullmatch(word) and (not word.islower() or word in _SMALL_AGENCIES) for word in names
    )
