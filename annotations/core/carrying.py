"""Annotations carried from an old text to a new one: unchanged, moved, changed or gone. It proposes, services decide.

First by comparing the texts, then by quote and context in what is new. Only words that are the same to the letter in
sentences that are the same to the letter count as unchanged or moved; everything else is for a person to confirm.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, Generic, NamedTuple, TypeVar

from annotations.core.anchors import CONTEXT, check_fragments
from annotations.core.equal_runs import equal_runs
from annotations.core.likeness import Quote, context_likeness, fit
from annotations.core.quote_search import QuoteSearch
from annotations.core.range_map import RangeMap
from annotations.core.sentences import Sentence
from annotations.core.surroundings import SameSentence, Surroundings

Id = TypeVar("Id", bound=Hashable)

FLOOR: Final = 0.45
"""The least fit of edited words where the comparison of the texts has put them: that they stand there counts too."""

REPLACED: Final = 3
"""How many times as long a replacement may be as what it replaces, or the other way round."""

KEPT_CONTEXT: Final = 0.7
"""The least likeness of the context of words that were replaced by entirely different ones."""


class Outcome(StrEnum):
    UNCHANGED = "unchanged"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"


class Method(StrEnum):
    DIFF = "diff"
    CONTEXT = "context"
    NONE = "none"


class Placed(NamedTuple, Generic[Id]):
    """An annotation in the old text: a range in code points, end exclusive; its fragments if it is discontinuous."""

    id: Id
    start: int
    end: int
    fragments: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class Carried(Generic[Id]):
    """Where an annotation is in the new text; of a changed one, where a person may want it; None when it is gone.

    `sentence_changed`: the words are the same, only the sentence around them is not. `score` is from 0 to 1.
    """

    id: Id
    outcome: Outcome
    method: Method
    score: float
    start: int | None = None
    end: int | None = None
    fragments: tuple[tuple[int, int], ...] = ()
    sentence_changed: bool = False


class _Place(NamedTuple):
    """A place in the new text; `same` when its words are those of the old one, `whole` when its sentences are too."""

    start: int
    end: int
    method: Method
    score: float
    same: bool
    whole: bool


def carry(
    old_text: str,
    new_text: str,
    anchors: Iterable[Placed[Id]],
    *,
    old_sentences: Sequence[Sentence] | None = None,
    new_sentences: Sequence[Sentence] | None = None,
    language: str = "en",
) -> list[Carried[Id]]:
    """One result for every annotation, in their order. Without sentences, each line is taken for a paragraph.

    Raises what `check_fragments` raises for ranges and fragments that do not fit the old text.
    """
    old, new = Surroundings(old_text, old_sentences, language), Surroundings(new_text, new_sentences, language)
    carrier = _Carrier(old_text, new_text, SameSentence(old, new))
    return [carrier.carried(Placed(*anchor)) for anchor in anchors]


def locate(new_text: str, exact: str, prefix: str, suffix: str, hint: int) -> tuple[int, int] | None:
    """Where a quote is in a text that has changed, by quote and context alone; `hint` is about where it would begin.

    None when it is gone, and when it may be in several places. Code points, end exclusive.
    """
    if not exact.strip():
        return None
    found = QuoteSearch(new_text).find(Quote(exact, prefix, suffix, hint))
    return (found.start, found.end) if found else None


class _Carrier:
    def __init__(self, old_text: str, new_text: str, same_sentence: SameSentence) -> None:
        self.old_text, self.new_text = old_text, new_text
        self.same_sentence = same_sentence
        self.map = RangeMap(old_text, new_text, equal_runs(old_text, new_text))

    @cached_property
    def search(self) -> QuoteSearch:
        """Only in what is new: where the comparison has put other old words, nothing may be found a second time."""
        return QuoteSearch(self.new_text, self.map.free(), guess=False)

    def carried(self, anchor: Placed[Id]) -> Carried[Id]:
        fragments = check_fragments(self.old_text, anchor.start, anchor.end, anchor.fragments)
        place = self._place(anchor.start, anchor.end)
        if place and place.whole:
            stayed = (place.start, place.end) == (anchor.start, anchor.end)
            outcome = Outcome.UNCHANGED if stayed else Outcome.MOVED
        else:
            outcome = Outcome.CHANGED
        if fragments and not (place and place.same):
            return self._in_parts(anchor, fragments)
        if not place:
            return Carried(anchor.id, Outcome.GONE, Method.NONE, 0.0)
        by = place.start - anchor.start
        parts = tuple((start + by, end + by) for start, end in fragments)
        only_sentence = place.same and not place.whole
        return Carried(anchor.id, outcome, place.method, place.score, place.start, place.end, parts, only_sentence)

    def _in_parts(self, anchor: Placed[Id], fragments: Sequence[tuple[int, int]]) -> Carried[Id]:
        """A discontinuous annotation whose words, or the words between, are no longer the same."""
        places = [self._place(*fragment) for fragment in fragments]
        found = sorted(place for place in places if place)
        if not found:
            return Carried(anchor.id, Outcome.GONE, Method.NONE, 0.0)
        parts = tuple(_disjoint((place.start, place.end) for place in found))
        return Carried(
            anchor.id,
            Outcome.CHANGED,
            Method.DIFF if all(place.method is Method.DIFF for place in found) else Method.CONTEXT,
            sum(place.score for place in found) / len(fragments),
            parts[0][0],
            parts[-1][1],
            parts if len(parts) > 1 else (),
            sentence_changed=len(parts) == len(fragments) and all(place.same for place in found),
        )

    def _place(self, start: int, end: int) -> _Place | None:
        quote = self._quote(start, end)
        image = self._image(start, end)
        if not image or self.new_text[slice(*image)] != quote.exact:
            aligned = self.map.aligned(start, end)
            image = aligned if aligned and self.new_text[slice(*aligned)] == quote.exact else image
        if image and self._convincing(quote, *image):
            return self._judged(quote, (start, end), image, Method.DIFF)
        found = self.search.find(quote) if quote.exact.strip() else None
        return self._judged(quote, (start, end), (found.start, found.end), Method.CONTEXT) if found else None

    def _judged(self, quote: Quote, old: tuple[int, int], new: tuple[int, int], method: Method) -> _Place:
        same = self.new_text[slice(*new)] == quote.exact
        whole = same and self.same_sentence(old, new)
        score = 1.0 if whole and method is Method.DIFF else fit(quote, self.new_text, *new)
        return _Place(*new, method, score, same, whole)

    def _quote(self, start: int, end: int) -> Quote:
        prefix, suffix = self.old_text[max(0, start - CONTEXT) : start], self.old_text[end : end + CONTEXT]
        return Quote(self.old_text[start:end], prefix, suffix, self.map.expected(start))

    def _image(self, start: int, end: int) -> tuple[int, int] | None:
        """The image of the words of a range; with the white space at its edges where that is the same."""
        exact = self.old_text[start:end]
        before, after = len(exact) - len(exact.lstrip()), len(exact) - len(exact.rstrip())
        if before == len(exact):
            return self.map.image(start, end)
        image = self.map.image(start + before, end - after)
        if image and image[0] >= before and self.new_text[image[0] - before : image[1] + after] == exact:
            return image[0] - before, image[1] + after
        return image

    def _convincing(self, quote: Quote, start: int, end: int) -> bool:
        """Whether the comparison found the words, or what has replaced them where they stood."""
        if self.new_text[start:end] == quote.exact or fit(quote, self.new_text, start, end) >= FLOOR:
            return True
        lengths = sorted((len(quote.exact), end - start))
        kept = context_likeness(quote, self.new_text, start, end) >= KEPT_CONTEXT
        return kept and lengths[1] <= REPLACED * lengths[0]


def _disjoint(parts: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Parts in the order of the text; those that have come to overlap become one."""
    before: tuple[int, int] | None = None
    for start, end in parts:
        if before and start < before[1]:
            before = before[0], max(before[1], end)
            continue
        if before:
            yield before
        before = start, end
    if before:
        yield before
