"""One measured piece of work, how it reads in the table, and how its cost grows."""

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """`ours` and `reference` are medians in `unit`; `spread` is (least, most) of the runs behind `ours`.

    `least` and `most` are the target: `ours` must not be below or above them; `ratio` is ours to the reference and has
    targets of its own. A row without a target is there to be read.
    """

    work: str
    size: str
    unit: str
    ours: float
    spread: tuple[float, float]
    runs: int
    reference: float | None = None
    reference_name: str = ""
    least: float | None = None
    most: float | None = None
    ratio_least: float | None = None
    ratio_most: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.reference if self.reference else None

    @property
    def target(self) -> str:
        parts = [
            *([f">= {_short(self.least)} {self.unit}"] if self.least is not None else []),
            *([f"<= {_short(self.most)} {self.unit}"] if self.most is not None else []),
            *([f">= {self.ratio_least} x"] if self.ratio_least is not None else []),
            *([f"<= {self.ratio_most} x"] if self.ratio_most is not None else []),
        ]
        return ", ".join(parts)

    @property
    def passed(self) -> bool | None:
        """None when there is no target, or what the target compares with was not measured."""
        checks = [
            *([self.ours >= self.least] if self.least is not None else []),
            *([self.ours <= self.most] if self.most is not None else []),
            *([self.ratio >= self.ratio_least] if self.ratio_least is not None and self.ratio is not None else []),
            *([self.ratio <= self.ratio_most] if self.ratio_most is not None and self.ratio is not None else []),
        ]
        return all(checks) if checks else None

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"ratio": self.ratio, "target": self.target, "passed": self.passed}


def measured(work: str, size: str, unit: str, runs: Sequence[float], **more: Any) -> Row:
    """The row of several runs of the same work: their median and their spread."""
    return Row(work, size, unit, statistics.median(runs), (min(runs), max(runs)), len(runs), **more)


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


def _cells(row: Row) -> tuple[str, ...]:
    reference = f"{_short(row.reference)} ({row.reference_name})" if row.reference is not None else ""
    return (
        row.work,
        row.size,
        f"{_short(row.ours)} {row.unit}",
        f"{_short(row.spread[0])} to {_short(row.spread[1])}",
        str(row.runs),
        reference,
        f"{row.ratio:.2f}" if row.ratio is not None else "",
        row.target,
        {True: "passed", False: "FAILED", None: ""}[row.passed],
    )


def _short(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
