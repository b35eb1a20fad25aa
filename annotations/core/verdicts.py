"""The verdict scale: eleven verdicts and what each means in ClaimReview numbers and in AVeriTeC's four labels.

The table and the reasons for every mapping stand in docs/verdict-scale.md. Progress ("proposed", "disputed") is a
state and never belongs here.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


@dataclass(frozen=True, slots=True)
class Rating:
    """A place on a scale of truth as schema.org's Rating counts it: whole numbers, `worst` <= `value` <= `best`.

    Raises ValueError when the numbers are not in that order or `worst` is not below `best`.
    """

    value: int
    best: int = 5
    worst: int = 1

    def __post_init__(self) -> None:
        if not (self.worst <= self.value <= self.best and self.worst < self.best):
            raise ValueError(f"The rating {self.value} does not lie on the scale from {self.worst} to {self.best}.")


class AveritecLabel(StrEnum):
    """The four labels of the AVeriTeC data set, spelled exactly as in its files."""

    SUPPORTED = "Supported"
    REFUTED = "Refuted"
    NOT_ENOUGH_EVIDENCE = "Not Enough Evidence"
    CONFLICTING = "Conflicting Evidence/Cherrypicking"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One step of the scale. `name` is also ClaimReview's alternateName; `colour` is a palette number, 0 to 9.

    `rating` is None off the scale of truth: an exporter then leaves all three numbers out. `averitec` is None for
    what the data set has no label for.
    """

    key: str
    name: str
    description: str
    colour: int | None
    rating: Rating | None
    averitec: AveritecLabel | None


VERDICT_SCALE: Final[tuple[Verdict, ...]] = (
    Verdict(
        "accurate",
        "Accurate",
        "The evidence confirms the statement in substance and in every detail that matters.",
        3,
        Rating(5),
        AveritecLabel.SUPPORTED,
    ),
    Verdict(
        "mostly-accurate",
        "Mostly accurate",
        "The core is confirmed; a detail is wrong, loose or missing without changing what readers take away.",
        2,
        Rating(4),
        AveritecLabel.SUPPORTED,
    ),
    # Literally true and misleading at once has no place between true and false, so there is no number.
    Verdict(
        "missing-context",
        "Missing context",
        "The words are right, but something left out would change what readers take away.",
        5,
        None,
        AveritecLabel.CONFLICTING,
    ),
    Verdict(
        "mixed",
        "Mixed",
        "One substantial part is confirmed and another is refuted, so that neither outweighs the other.",
        4,
        Rating(3),
        AveritecLabel.CONFLICTING,
    ),
    Verdict(
        "mostly-inaccurate",
        "Mostly inaccurate",
        "The core is refuted, although some element of the statement is right.",
        7,
        Rating(2),
        AveritecLabel.REFUTED,
    ),
    Verdict(
        "false",
        "False",
        "The evidence refutes the statement.",
        6,
        Rating(1),
        AveritecLabel.REFUTED,
    ),
    # The number measures truth only; that somebody made the thing up is said by the name.
    Verdict(
        "fabricated",
        "Fabricated",
        "The evidence shows that the quotation, document, image or event was invented or doctored.",
        8,
        Rating(1),
        AveritecLabel.REFUTED,
    ),
    # How far off an overtaken figure is differs from case to case, so no fixed number is honest. AVeriTeC judges a
    # claim as of the day it was made, and on that day the evidence was already against it.
    Verdict(
        "outdated",
        "Outdated",
        "It was right at an earlier date, but no longer when the statement was made.",
        0,
        None,
        AveritecLabel.REFUTED,
    ),
    Verdict(
        "unproven",
        "Unproven",
        "The evidence found neither confirms nor refutes it; more could still be found.",
        1,
        None,
        AveritecLabel.NOT_ENOUGH_EVIDENCE,
    ),
    Verdict(
        "cannot-be-verified",
        "Cannot be verified",
        "Every reasonable route was tried, and the evidence that would settle it is out of the desk's reach.",
        9,
        None,
        AveritecLabel.NOT_ENOUGH_EVIDENCE,
    ),
    # AVeriTeC holds checkable claims only: a label would report a judgement that nobody made.
    Verdict(
        "not-checkable",
        "Not checkable",
        "No evidence could settle it today: a value judgement, a wish, or a prediction whose date has not come.",
        None,
        None,
        None,
    ),
)
