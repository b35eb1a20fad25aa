"""The string of a TEI text, where its elements stand in it, and what pointers mean there: all in code points."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from annotations.core.wording import _
from annotations.formats.documents import Fragments

TEI: Final = "{http://www.tei-c.org/ns/1.0}"
ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
NO_WORDS: Final = {f"{TEI}{name}" for name in ("span", "spanGrp", "interp", "interpGrp", "linkGrp", "standOff")}
"""Elements inside of a text that speak about it and are not part of it."""

POINTER: Final = re.compile(r"[^\s(]+\([^)]*\)|\S+")
STRING_RANGE: Final = re.compile(r"#?string-range\(\s*#?([^,\s]+)\s*((?:,\s*-?[0-9]{1,9}\s*,\s*-?[0-9]{1,9}\s*)+)\)")
NUMBER: Final = re.compile(r"-?[0-9]+")


class TextString:
    """What a text element reads, white space and all, with the places of elements that have an id."""

    def __init__(self, element: Any) -> None:
        self.places: dict[str, tuple[int, int]] = {}
        self._length = 0
        self.text = "".join(self._walked(element))

    def ranges(self, pointers: str) -> Fragments:
        """What a list of pointers means, in their order. Raises ValueError with the pointer that means nothing."""
        found = [each for pointer in POINTER.findall(pointers) for each in self._range(pointer)]
        if not found:
            raise ValueError(_("It points nowhere."))
        return tuple(found)

    def between(self, first: str, last: str) -> Fragments:
        """From the beginning of one place to the end of another. Raises ValueError."""
        return ((self.ranges(first)[0][0], self.ranges(last)[-1][1]),)

    def _walked(self, element: Any) -> Iterator[str]:
        if element.tag in NO_WORDS:
            return
        start = self._length
        yield from self._counted(element.text)
        for child in element:
            yield from self._walked(child)
            yield from self._counted(child.tail)
        if id := element.get(ID):
            self.places[id] = (start, self._length)

    def _counted(self, words: str | None) -> Iterator[str]:
        if words:
            self._length += len(words)
            yield words

    def _range(self, pointer: str) -> Iterator[tuple[int, int]]:
        if match := STRING_RANGE.fullmatch(pointer):
            start = self._place(match[1], pointer)[0]
            numbers = [int(each) for each in NUMBER.findall(match[2])]
            for offset, length in zip(numbers[::2], numbers[1::2], strict=True):
                yield start + offset, start + offset + length
        else:
            yield self._place(pointer.removeprefix("#"), pointer)

    def _place(self, id: str, pointer: str) -> tuple[int, int]:
        try:
            return self.places[id]
        except KeyError:
            sentence = _("It points to {pointer}, which is neither an element of the text nor a string-range.")
            raise ValueError(sentence.format(pointer=pointer[:100])) from None


def inner_text(element: Any) -> str:
    """The words of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def label_of(pointer: str, meanings: Mapping[str, str]) -> str:
    """What an analytic pointer stands for: the words of what it points to, or the name itself."""
    name = pointer.rpartition("#")[2] or pointer
    return meanings.get(name) or name
