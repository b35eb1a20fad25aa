"""What a chart shows, before anybody draws it: labelled numbers, their shares, the words for them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One number. `value` None means that nothing was measured; `colour` is a number of the palette.

    `language` (BCP 47): that of a label which is a desk's word.
    """

    label: str
    value: float | None
    shown: str
    colour: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """`what` heads the labels in the table, `unit` the numbers; `none` is said when there is nothing to draw.

    `whole` is what a full bar stands for; None is the largest of the numbers.
    """

    title: str
    what: str
    unit: str
    bars: Sequence[Bar]
    none: str
    over_time: bool = False
    whole: float | None = None

    @property
    def is_empty(self) -> bool:
        return not any(bar.value is not None if self.over_time else bar.value for bar in self.bars)

    @property
    def sentence(self) -> str:
        """The whole chart in words, for those who do not see it."""
        return "; ".join(f"{bar.label}: {bar.shown}" for bar in self.bars)

    def share(self, bar: Bar) -> float:
        """How much of a full bar it is, from 0 to 1."""
        whole = self.whole or max((each.value or 0 for each in self.bars), default=0)
        return (bar.value or 0) / whole if whole else 0.0


def counted(label: str, number: int, colour: int | None = None, language: str = "") -> Bar:
    return Bar(label, number, str(number), colour, language)
