"""The shape of a default vocabulary and of its terms; what the vocabularies contain stands in the *_terms modules."""

from dataclasses import dataclass

from annotations.core.verdicts import AveritecLabel, Rating


@dataclass(frozen=True, slots=True)
class TermSeed:
    """One label. `key` is kebab-case and unique over all vocabularies of a desk; checkers read `description`.

    `colour` is a number of the highlight palette, 0 to 9, or None for the neutral line. `rating` and `averitec` are set
    for verdicts only.
    """

    key: str
    name: str
    description: str
    colour: int | None = None
    rating: Rating | None = None
    averitec: AveritecLabel | None = None


@dataclass(frozen=True, slots=True)
class VocabularySeed:
    """One list of labels that a new desk starts with; `key` is the name that code knows it by."""

    key: str
    name: str
    description: str
    terms: tuple[TermSeed, ...]
