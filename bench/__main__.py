"""python -m bench [--only NAME ...] [--quick] [--strict]: prints a table, writes JSON. See docs/performance.md."""

import argparse
import contextlib
import importlib
import json
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Row, summary, table
from bench.site import Site, site
from bench.surroundings import surroundings
from bench.timing import Plan

WORK = (
    "statements", "starting", "creating", "reading", "lists", "pages", "browser", "carrying", "importing", "exporting",
    "watching", "memory", "peers",
)  # fmt: skip
"""Modules of bench.work, in the order they are run; each has `rows(site)`."""

RESULT = Path("test-results/bench.json")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description="Measure the work of a desk.")
    parser.add_argument("--only", nargs="*", default=WORK, choices=WORK, help="which work to measure (default: all)")
    parser.add_argument("--quick", action="store_true", help="small sizes and few runs: to see whether all rows work")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a target is missed")
    parser.add_argument("--json", type=Path, default=RESULT, help=f"where to write the figures (default: {RESULT})")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started is stopped, as after Ctrl+C
    plan, rows = Plan(options.quick), list[Row]()
    with site(plan) as running:
        importlib.import_module("bench.stock").found_desk(running)
        for row in _measured(running, options.only):
            sys.stderr.write(f"{time.strftime('%H:%M:%S')} {table([row]).splitlines()[-1]}\n")
            rows.append(row)
    sys.stdout.write(f"{table(rows)}\n\n{summary(rows)} {surroundings(plan)}\n")
    _write(options.json, plan, rows)
    return exit_code(rows, strict=options.strict)


def exit_code(rows: list[Row], *, strict: bool) -> int:
    """1 when a target is missed and that is to count."""
    return int(strict and any(row.passed is False for row in rows))


def _measured(running: Site, names: list[str]) -> Iterator[Row]:
    for name in names:
        with contextlib.closing(importlib.import_module(f"bench.work.{name}").rows(running)) as rows:
            yield from rows


def _write(file: Path, plan: Plan, rows: list[Row]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    found = {"quick": plan.quick, "surroundings": surroundings(plan), "rows": [row.as_json() for row in rows]}
    file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
