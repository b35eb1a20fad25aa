"""Was a text broken into lines of a certain width by a program? Then its line breaks mean nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from annotations.ingest.shapes import breadth, ends_sentence, starts_small

WIDEST: Final = 130
NARROWEST: Final = 40
_SLACK: Final = 3


@dataclass(frozen=True, slots=True)
class Wrapping:
    """`width` in code points; 0 where the line breaks were made by a person."""

    width: int

    def is_full(self, line: str, below: str) -> bool:
        """The first word of the line below would not have fitted here."""
        return len(line) + 1 + _first_word(below) > self.width - _SLACK


def wrapping_of(pairs: Sequence[tuple[str, str]]) -> Wrapping:
    """`pairs`: neighbouring lines with no blank line between them."""
    uppers = [upper for upper, _ in pairs]
    if not pairs or sum(len(upper) > WIDEST for upper in uppers) * 10 > len(pairs):
        return Wrapping(0)
    width = max((len(upper) for upper in uppers if len(upper) <= WIDEST), default=0)
    if breadth(max(uppers, key=len)) < NARROWEST:
        return Wrapping(0)
    wrapping = Wrapping(width)
    full = sum(wrapping.is_full(upper, lower) for upper, lower in pairs)
    broken = [lower for upper, lower in pairs if not ends_sentence(upper)]
    is_wrapped = full >= 0.6 * len(pairs) and len(broken) >= 0.4 * len(pairs) and _run_on(broken, len(pairs))
    return wrapping if is_wrapped else Wrapping(0)


def _run_on(broken: Sequence[str], pairs: int) -> bool:
    """Lines cut in mid-sentence go on in lower case; scripts without case need more lines to be believed."""
    cased = [line for line in broken if line[:1].lower() != line[:1].upper()]
    if not cased:
        return pairs >= 3
    return sum(map(starts_small, cased)) >= 0.3 * len(cased)


def _first_word(line: str) -> int:
    """Ideographs break anywhere."""
    words = line.split(maxsplit=1)
    return 1 if not words or breadth(line[:1]) > 1 else len(words[0])
