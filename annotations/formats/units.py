"""Units of offsets: code points, UTF-16 code units, bytes of UTF-8. One pass over a text, then any offset."""

import re
from bisect import bisect_left, bisect_right
from enum import StrEnum
from typing import Final


class Unit(StrEnum):
    """What an offset counts. We count code points; Java, JavaScript and C# count UTF-16 code units."""

    CODE_POINTS = "code_points"
    UTF16 = "utf16"
    UTF8 = "utf8"


WIDE: Final = {
    Unit.UTF16: re.compile("[\U00010000-\U0010ffff]"),
    Unit.UTF8: re.compile("[^\x00-\x7f]"),
}
"""Characters that take more than one unit. Every character is one code point."""


class Offsets:
    """Offsets of one text in one unit. Only its wide characters are kept, so that plain texts cost nothing."""

    def __init__(self, text: str, unit: Unit) -> None:
        self.length = len(text)
        is_plain = unit is Unit.CODE_POINTS or text.isascii()
        self._wide = [] if is_plain else [match.start() for match in WIDE[unit].finditer(text)]
        self._extra = [0]  # by number of wide characters passed: units beyond one a character
        for position in self._wide:
            self._extra.append(self._extra[-1] + _width(text[position], unit) - 1)
        self._ends = [at + 1 + extra for at, extra in zip(self._wide, self._extra[1:], strict=True)]

    @property
    def plain(self) -> bool:
        """Whether every character takes one unit, so that offsets are code points."""
        return not self._wide

    def code_point(self, offset: int) -> int | None:
        """The code point where a unit offset stands; None inside of a character or outside of the text."""
        passed = bisect_right(self._ends, offset)
        found = offset - self._extra[passed]
        inside = passed < len(self._wide) and found > self._wide[passed]
        return None if inside or not 0 <= found <= self.length else found

    def units(self, code_point: int) -> int:
        """The unit offset of a code point of the text."""
        return code_point + self._extra[bisect_left(self._wide, code_point)]


def _width(character: str, unit: Unit) -> int:
    return 2 if unit is Unit.UTF16 else len(character.encode(errors="surrogatepass"))
