"""Where an addition or a removal could stand in several places, it settles where a writer would have made it.

"A. B." → "A. A. B." may have gained "A. " or ". A": a comparison finds either, people see the first.
"""

from typing import Final

from annotations.core.words import SENTENCE_ENDS, Words

PARAGRAPH: Final = 3
SENTENCE: Final = 2
WORD: Final = 1
INSIDE: Final = 0


def settle(old: Words, new: Words, matches: list[int]) -> list[int]:
    """The matches, with what was only added or only removed shifted to the best break; of equal breaks, to the first.

    So an annotation on a sentence that was doubled stays with the later one, which has what follows.
    """
    additions = _Side(new, matches).settled()
    removals = _Side(old, _turned(additions, len(new.words))).settled()
    return _turned(removals, len(old.words))


def _turned(matches: list[int], length: int) -> list[int]:
    """From the other text's side: for each of its `length` words the number that was matched with it, or -1."""
    turned = [-1] * length
    for number, target in enumerate(matches):
        if target >= 0:
            turned[target] = number
    return turned


class _Side:
    """The text that has more words, and for each word of the other text its number in this one."""

    def __init__(self, longer: Words, matches: list[int]) -> None:
        self.words, self.pieces = longer.words, longer.pieces
        # One place before the text and one after it, so that words added there have neighbours too.
        self.at = [-1, *matches, len(self.words)]
        self.used = bytearray(len(self.words))
        for target in matches:
            if target >= 0:
                self.used[target] = 1

    def settled(self) -> list[int]:
        for left in range(len(self.at) - 1):
            start, end = self.at[left] + 1, self.at[left + 1]
            if end > start and (start > 0 or left == 0) and self.used.find(1, start, end) < 0:
                self._settle(left, start, end)
        return self.at[1:-1]

    def _settle(self, left: int, start: int, end: int) -> None:
        """Shift the extra words start..end, which stand after the other text's word `left`."""
        shifts = range(-self._room_before(left, start, end), self._room_after(left + 1, start, end) + 1)
        shift = max(shifts, key=lambda by: self._break(start + by) + self._break(end + by))
        for n in range(-shift):
            self.at[left - n] = end - 1 - n
        for n in range(shift):
            self.at[left + 1 + n] = start + n
        first, last = min(start, start + shift), max(end, end + shift)
        self.used[first:last] = b"\1" * (last - first)
        self.used[start + shift : end + shift] = bytes(end - start)

    def _room_before(self, left: int, start: int, end: int) -> int:
        """How many of the words before the extra ones the last of the extra ones could stand for."""
        room = 0
        while left - room > 0 and self.at[left - room] == start - 1 - room:
            here, there = start - 1 - room, end - 1 - room
            if self.words[here] != self.words[there] or (room and self.pieces[here + 1] != self.pieces[there + 1]):
                break
            room += 1
        return room

    def _room_after(self, right: int, start: int, end: int) -> int:
        """How many of the words after the extra ones the first of the extra ones could stand for."""
        room = 0
        while right + room < len(self.at) - 1 and self.at[right + room] == end + room:
            here, there = start + room, end + room
            if self.words[here] != self.words[there] or (room and self.pieces[here] != self.pieces[there]):
                break
            room += 1
        return room

    def _break(self, number: int) -> int:
        """How good a place the one before this word is for an addition to begin or to end."""
        if number in (0, len(self.words)) or "\n" in self.pieces[number]:
            return PARAGRAPH
        if self.words[number - 1] in SENTENCE_ENDS:
            return SENTENCE
        return WORD if self.pieces[number] != self.words[number] else INSIDE
