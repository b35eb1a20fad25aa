"""Which language a text is in, told from its script and its commonest small words. "" where that does not settle it."""

import re
from collections import Counter
from collections.abc import Container, Iterator
from functools import cache
from string import ascii_letters
from typing import Final

SAMPLE: Final = 20_000
"""Code points looked at."""
BEGINNING: Final = 2_000
"""So many are enough where they leave no doubt."""

_SCRIPTS: Final = {
    "ja": re.compile(r"[\u3041-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "ar": re.compile(r"[\u0620-\u064a]"),
    "he": re.compile(r"[\u05d0-\u05ea]"),
    "el": re.compile(r"[\u03b1-\u03c9]"),
    "hi": re.compile(r"[\u0905-\u0939]"),
    "th": re.compile(r"[\u0e01-\u0e2e]"),
    "ka": re.compile(r"[\u10d0-\u10f0]"),
    "hy": re.compile(r"[\u0561-\u0586]"),
}
_ANY_SCRIPT: Final = re.compile(f"[{''.join(script.pattern[1:-1] for script in _SCRIPTS.values())}]")
_CYRILLIC = re.compile(r"[\u0430-\u044f\u0450-\u045f\u0491]", re.IGNORECASE)
_PERSIAN = re.compile(r"[\u067e\u0686\u06af\u06cc]")
_WORD = re.compile(r"[^\W\d_]+")

_SMALL_WORDS: Final = {
    "en": "the of and to in that is was for it with as on are this have from were which has",
    "de": "der die das und ist nicht ein eine den von mit auf für dem sich im auch des wurde dass",
    "fr": "le la les des et est une dans que pour qui sur pas au avec du plus par ce sont",
    "es": "el los las que una por con para del se su al como más pero fue ha sus lo y",
    "it": "il di che è un della per non con del sono gli dei alla nel anche più ha si le",
    "pt": "o os que não uma para com em dos da do mais foi ao são pelo na por se as",
    "nl": "de het een van en dat niet zijn met voor aan ook werd wordt door naar bij uit over deze",
    "pl": "i w nie na się że z do jest to przez jak po od dla ale za ich oraz został",
    "tr": "ve bir bu için ile da de olarak daha çok gibi olan kadar sonra ancak en ise göre var oldu",
    "sv": "och att det som en är på för av med den till inte om har de ett var från sig",
    "cs": "a se na je že v to s z do o ve jako pro by jsou ale byl podle také",
    "ro": "și de la în a cu pe că nu din care este pentru mai au fost un o sunt lui",
    "uk": "і в на що не з та у до за про як від це для його було він вони які",
    "ru": "и в на что не с по как это из он за от для его было они к мы который",
    "bg": "и на да се за от в че с не по са като е това но които бе или през",
}
_OTHER_SCRIPTS: Final = frozenset({"fa", "ur", "sr", "mk", "be", "kk", "bn", "ta", "te", "mr", "am", "yi"})
_CYRILLIC_CODES: Final = ("uk", "ru", "bg")
_LATIN_CODES: Final = tuple(code for code in _SMALL_WORDS if code not in _CYRILLIC_CODES)

_ASCII_LETTERS: Final = ascii_letters.encode()
_SMALL_OR_SPACE: Final = bytes(
    byte if byte > 127 else ord(chr(byte).lower()) if chr(byte).isalpha() else 32 for byte in range(256)
)
"""Bytes of ASCII as small letters, or as what divides words."""
_BEGIN_SCRIPTS: Final = bytes({*range(0xCE, 0xD0), *range(0xD5, 0xDA), 0xE0, 0xE1, *range(0xE3, 0xEE)})
"""With one of these bytes every character of `_ANY_SCRIPT` begins in UTF-8, and others do too."""
_BEGIN_CYRILLIC: Final = bytes({*range(0xD0, 0xD3), 0xE1})
"""The same for `_CYRILLIC`."""


def language_of(text: str) -> str:
    """A two-letter code, or ""."""
    sample = text[:SAMPLE]
    if not any(map(str.isalpha, sample)):
        return ""
    return _by_script(sample) or _beyond_doubt(sample[:BEGINNING]) or _by_words(sample)


def short_code(tag: str) -> str:
    """The code of a language tag as mark-up gives it: "uk-UA" -> "uk", "de_DE" -> "de"; "" if it is none."""
    match = re.match(r"\s*([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*\s*$", tag)
    return match[1].lower() if match else ""


def declared_or_found(declared: str, text: str) -> str:
    """A declared code, unless the text is in a script that language is not written in (templates left at lang="en")."""
    found = language_of(text)
    if declared and found and _is_latin(declared) != _is_latin(found):
        return found
    return declared or found


def _is_latin(code: str) -> bool:
    return code not in _SCRIPTS and code not in _CYRILLIC_CODES and code not in _OTHER_SCRIPTS


def _by_script(sample: str) -> str:
    """Japanese comes before Chinese because it is written in both."""
    if _are_rare(_BEGIN_SCRIPTS, sample, one_in=10):
        return ""
    telling = len(_ANY_SCRIPT.findall(sample))
    letters = sum(map(str.isalpha, sample))
    if telling / letters <= 0.1:
        return ""
    for code, script in _SCRIPTS.items():
        share = len(script.findall(sample)) / letters
        if share > (0.1 if code in ("ja", "ko") else 0.4):
            return "fa" if code == "ar" and len(_PERSIAN.findall(sample)) / letters > 0.03 else code
    return ""


def _are_rare(beginnings: bytes, sample: str, *, one_in: int) -> bool:
    """Whether there are so many ASCII letters for each character that begins, in UTF-8, with one of these bytes.

    Bytes are counted far sooner than characters of a kind are found.
    """
    data = sample.encode(errors="surrogatepass")
    found, letters = (len(data) - len(data.translate(None, kind)) for kind in (beginnings, _ASCII_LETTERS))
    return letters >= one_in * found


def _by_words(sample: str) -> str:
    best, most, second = _small_words(sample)
    return best if most >= 1 and most > 1.15 * second else ""


def _beyond_doubt(sample: str) -> str:
    """Many small words of one language, and fewer than half as many of any other."""
    best, most, second = _small_words(sample)
    return best if most >= 20 and most > 2 * second else ""


def _small_words(sample: str) -> tuple[str, int, int]:
    """The language with most small words here, how many these are, and how many the next one has."""
    codes = _CYRILLIC_CODES if _is_cyrillic(sample) else _LATIN_CODES
    scores, languages = dict.fromkeys(codes, 0), _languages(codes)
    for word, count in _counted(sample, languages):
        for code in languages[word]:
            scores[code] += count
    best, second = sorted(scores, key=lambda code: -scores[code])[:2]
    return best, scores[best], scores[second]


def _counted(sample: str, known: Container[str]) -> Iterator[tuple[str, int]]:
    """Those of its words, in lower case, that are known, and how often each is met; a word may come several times.

    Runs of ASCII letters are divided and made small as bytes; only what touches other characters is looked for.
    """
    pieces = sample.encode(errors="surrogatepass").translate(_SMALL_OR_SPACE).decode(errors="surrogatepass").split()
    for piece, count in Counter(pieces).items():
        if piece in known:
            yield piece, count
        elif not piece.isascii():
            for word in _WORD.findall(piece):
                if (small := word.lower()) in known:
                    yield small, count


def _is_cyrillic(sample: str) -> bool:
    """Whether most of the letters of its words are."""
    if _are_rare(_BEGIN_CYRILLIC, sample, one_in=2):
        return False
    cyrillic = len(_CYRILLIC.findall(sample))
    return cyrillic > 0 and cyrillic * 2 > sum(map(len, map(str.lower, _WORD.findall(sample))))


@cache
def _languages(codes: tuple[str, ...]) -> dict[str, list[str]]:
    """Which of these languages have a small word."""
    found: dict[str, list[str]] = {}
    for code in codes:
        for word in set(_SMALL_WORDS[code].split()):
            found.setdefault(word, []).append(code)
    return found
