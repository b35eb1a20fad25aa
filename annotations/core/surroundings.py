"""The sentences around a range, and whether two ranges of two texts stand in the same ones."""

from bisect import bisect_right
from collections.abc import Sequence

from annotations.core.blocks import Block, BlockKind
from annotations.core.sentences import Sentence, sentences_of


class Surroundings:
    """The sentences of a text; without `sentences` each line is taken for a paragraph of its own.

    What is in no sentence (a byline, a credit) is surrounded by its line.
    """

    def __init__(self, text: str, sentences: Sequence[Sentence] | None, language: str) -> None:
        self.text = text
        lines = _lines(text)
        if sentences is None:
            sentences = sentences_of(text, [Block(BlockKind.PARAGRAPH, start, end) for start, end in lines], language)
        self.sentences = [(sentence.start, sentence.end) for sentence in sentences]
        self.lines = lines

    def around(self, start: int, end: int) -> tuple[int, int]:
        """From the beginning of the first sentence that a range touches to the end of the last one."""
        words = self.text[start:end]
        first, last = start + len(words) - len(words.lstrip()), start + len(words.rstrip()) - 1
        if first > last:
            return start, end
        return self._holding(first)[0], self._holding(last)[1]

    def _holding(self, position: int) -> tuple[int, int]:
        """The sentence, or else the line, that holds a character that is not white space."""
        return _at(self.sentences, position) or _at(self.lines, position) or (position, position + 1)


class SameSentence:
    """Compares surroundings; each pair of sentences once, since a thousand ranges may lie in one that is very long."""

    def __init__(self, old: Surroundings, new: Surroundings) -> None:
        self.old, self.new = old, new
        self.known: dict[tuple[int, int, int, int], bool] = {}

    def __call__(self, old_range: tuple[int, int], new_range: tuple[int, int]) -> bool:
        """Whether two ranges with the same words have the same sentences around them, at the same place in them."""
        old, new = self.old.around(*old_range), self.new.around(*new_range)
        if old_range[0] - old[0] != new_range[0] - new[0] or old[1] - old[0] != new[1] - new[0]:
            return False
        key = (*old, *new)
        if key not in self.known:
            self.known[key] = self.old.text[slice(*old)] == self.new.text[slice(*new)]
        return self.known[key]


def _at(ranges: Sequence[tuple[int, int]], position: int) -> tuple[int, int] | None:
    number = bisect_right(ranges, position, key=lambda each: each[0]) - 1
    return ranges[number] if number >= 0 and position < ranges[number][1] else None


def _lines(text: str) -> list[tuple[int, int]]:
    """The lines that are not blank, without the white space at their ends."""
    lines = []
    start = 0
    for line in text.split("\n"):
        if stripped := line.strip():
            first = start + len(line) - len(line.lstrip())
            lines.append((first, first + len(stripped)))
        start += len(line) + 1
    return lines
