"""Links that make a browser show words on somebody else's page: "#:~:text=prefix-,start,end,-suffix".

https://wicg.github.io/scroll-to-text-fragment: what begins or ends inside a word needs context that completes the word;
start, end, prefix and suffix each lie in one block of the page; white space counts as one space.
"""

import re
from typing import Final
from urllib.parse import quote

LONG: Final = 120
"""Code points from which on only the first and last words are named: the page may differ in the middle."""
WORDS: Final = 5
"""How many words those are, and how many of context are given at a time."""
STEPS: Final = 4

Place = tuple[int, int]


def text_fragment(text: str, start: int, end: int) -> str:
    """The fragment for text[start:end], offsets in code points; "" for a range of white space only."""
    lines = [(start + match.start(), start + match.end()) for match in re.finditer(r"[^\n]+", text[start:end])]
    pieces = [place for line in lines if (place := _trimmed(text, line))]
    if not pieces:
        return ""
    start, end = pieces[0][0], pieces[-1][1]
    named = _named(text, pieces)
    prefix, suffix = _context(text, named)
    parts = [f"{_encoded(prefix)}-"] if prefix else []
    parts += [_encoded(text[first:last]) for first, last in named]
    parts += [f"-{_encoded(suffix)}"] if suffix else []
    return ":~:text=" + ",".join(parts)


def linked(url: str, fragment: str) -> str:
    """The address with the fragment; one that the address has already stays, as the standard wants."""
    return f"{url}{'' if '#' in url else '#'}{fragment}"


def _named(text: str, pieces: list[Place]) -> list[Place]:
    """The range whole, or as its first and last words."""
    (start, first_end), (last_start, end) = pieces[0], pieces[-1]
    if len(pieces) == 1 and end - start <= LONG:
        return [(start, end)]
    head = list(re.finditer(r"\S+", text[start:first_end]))[:WORDS]
    tail = list(re.finditer(r"\S+", text[last_start:end]))[-WORDS:]
    first, last = (start, start + head[-1].end()), (last_start + tail[0].start(), end)
    # Hardly any spaces: the two would meet or overlap.
    return [first, last] if first[1] < last[0] else [(start, end)]


def _context(text: str, named: list[Place]) -> tuple[str, str]:
    """What stands before and after, as much as it takes to tell the words from others and to complete cut words."""
    start, end = named[0][0], named[-1][1]
    prefix = _before(text, start, 1) if _inside_word(text, start) else ""
    suffix = _after(text, end, 1) if _inside_word(text, end) else ""
    for step in range(1, STEPS + 1):
        if _is_first(text, named, prefix, suffix):
            break
        prefix, suffix = _before(text, start, step * WORDS), _after(text, end, step * WORDS)
    return prefix.strip(), suffix.strip()


def _is_first(text: str, named: list[Place], prefix: str, suffix: str) -> bool:
    """A browser takes the first place that fits, then the first end behind it."""
    (start, first_end), (last_start, end) = named[0], named[-1]
    if len(named) == 1:
        words = prefix + text[start:end] + suffix
        return text.find(words) == start - len(prefix)
    is_start = text.find(prefix + text[start:first_end]) == start - len(prefix)
    return is_start and text.find(text[last_start:end] + suffix, first_end) == last_start


def _before(text: str, start: int, words: int) -> str:
    """Up to so many words that end at `start`, on its line."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    found = list(re.finditer(r"\S+", line))[-words:]
    return line[found[0].start() :] if found else ""


def _after(text: str, end: int, words: int) -> str:
    """Up to so many words that begin at `end`, on its line."""
    stop = text.find("\n", end)
    line = text[end : stop if stop >= 0 else len(text)]
    found = list(re.finditer(r"\S+", line))[:words]
    return line[: found[-1].end()] if found else ""


def _inside_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _trimmed(text: str, place: Place) -> Place | None:
    start, end = place
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    return (start, end) if start < end else None


def _encoded(words: str) -> str:
    """Percent-encoded, with the hyphen that would end a prefix; white space as one space."""
    return quote(" ".join(words.split()), safe="").replace("-", "%2D")
