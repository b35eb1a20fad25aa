"""One measured piece of work, how it reads in the table, and how its cost grows."""

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """`runs` are figures of the same work in `unit`, `reference` is a median in the same unit of the same bench.

    `least` and `most` are the target: `ours` must not be below or above them; `ratio` is ours to the reference and has
    targets of its own. A row without a target is there to be read. `note` says why there is no figure or no reference.
    """

    work: str
    size: str
    unit: str
    runs: tuple[float, ...]
    reference: float | None = None
    reference_name: str = ""
    least: float | None = None
    most: float | None = None
    ratio_least: float | None = None
    ratio_most: float | None = None
    note: str = ""

    @property
    def ours(self) -> float:
        """The median; not a number when nothing was measured."""
        return statistics.median(self.runs) if self.runs else math.nan

    @property
    def spread(self) -> tuple[float, float] | None:
        return (min(self.runs), max(self.runs)) if self.runs else None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.reference if self.runs and self.reference else None

    @property
    def target(self) -> str:
        parts = [
            *([f">= {short(self.least)} {self.unit}"] if self.least is not None else []),
            *([f"<= {short(self.most)} {self.unit}"] if self.most is not None else []),
            *([f">= {short(self.ratio_least)} x"] if self.ratio_least is not None else []),
            *([f"<= {short(self.ratio_most)} x"] if self.ratio_most is not None else []),
        ]
        return ", ".join(parts)

    @property
    def passed(self) -> bool | None:
        """None when there is no target, or what the target compares was not measured."""
        if not self.runs:
            return None
        checks = [
            *([self.ours >= self.least] if self.least is not None else []),
            *([self.ours <= self.most] if self.most is not None else []),
            *([self.ratio >= self.ratio_least] if self.ratio_least is not None and self.ratio is not None else []),
            *([self.ratio <= self.ratio_most] if self.ratio_most is not None and self.ratio is not None else []),
        ]
        return all(checks) if checks else None

    def as_json(self) -> dict[str, Any]:
        ours = self.ours if self.runs else None
        found = {"ours": ours, "spread": self.spread, "ratio": self.ratio}
        return asdict(self) | found | {"target": self.target, "passed": self.passed}


def measured(work: str, size: str, unit: str, runs: Iterable[float], **more: Any) -> Row:
    return Row(work, size, unit, tuple(runs), **more)


def growth(work: str, sizes: Sequence[int], rows: Sequence[Row], *, most: float = 1.1) -> Row:
    """How the cost of the same work grows from size to size: one exponent for each run. Size 0 counts as 1.

    Rows of rates ("... a second") cost the size divided by the rate.
    """
    places = [max(1, size) for size in sizes]
    runs = [
        exponent([(place, place / run if row.unit.endswith("/s") else run) for place, row, run in points])
        for points in ([*zip(places, rows, run, strict=True)] for run in zip(*(row.runs for row in rows), strict=False))
    ]
    return Row(f"{work}: growth", f"{sizes[0]:,} to {sizes[-1]:,}", "exponent", tuple(runs), most=most)


def exponent(points: Iterable[tuple[float, float]]) -> float:
    """The b of cost = a * size ** b that fits (size, cost) best: 0 is flat, 1 is linear. Sizes of 0 are left out."""
    logs = [(math.log(size), math.log(cost)) for size, cost in points if size > 0 and cost > 0]
    slope, _ = statistics.linear_regression([x for x, _ in logs], [y for _, y in logs])
    return slope


HEADINGS = ("work", "size", "ours", "spread", "runs", "reference", "ratio", "target", "")


def table(rows: Iterable[Row]) -> str:
    """A Markdown table."""
    lines = [HEADINGS, tuple("-" * max(3, len(heading)) for heading in HEADINGS), *map(_cells, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )


def summary(rows: Sequence[Row]) -> str:
    """How many targets are met, in a sentence."""
    aimed = [row for row in rows if row.target]
    met, missed = (sum(row.passed is wanted for row in aimed) for wanted in (True, False))
    return f"{met} targets met, {missed} missed, {len(aimed) - met - missed} not looked at."


def _cells(row: Row) -> tuple[str, ...]:
    reference = f"{short(row.reference)} ({row.reference_name})" if row.reference is not None else row.note
    return (
        row.work,
        row.size,
        f"{short(row.ours)} {row.unit}" if row.runs else "",
        f"{short(row.spread[0])} to {short(row.spread[1])}" if row.spread else "",
        str(len(row.runs)),
        reference,
        f"{row.ratio:.2f}" if row.ratio is not None else "",
        row.target,
        {True: "passed", False: "FAILED", None: ""}[row.passed],
    )


def short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
