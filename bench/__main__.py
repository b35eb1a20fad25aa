"""python -m bench [--only NAME ...] [--strict]: measure, print one table, write JSON. See docs/performance.md."""

import argparse
import contextlib
import importlib
import json
import platform
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import psutil

from bench.figures import Row, table
from bench.site import Site, site

WORK = (
    "starting", "creating", "reading", "lists", "pages", "carrying", "importing", "exporting", "watching", "memory",
)  # fmt: skip
"""Modules of bench.work, in the order they are run; each has `rows(site)`."""

RESULT = Path("test-results/bench.json")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description="Measure the work of a desk.")
    parser.add_argument("--only", nargs="*", default=WORK, choices=WORK, help="which work to measure (default: all)")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a target is missed")
    parser.add_argument("--json", type=Path, default=RESULT, help=f"where to write the figures (default: {RESULT})")
    options = parser.parse_args()
    rows = []
    with site() as running:
        importlib.import_module("bench.stock").found_desk(running)
        for row in _measured(running, options.only):
            sys.stderr.write(f"{time.strftime('%H:%M:%S')} {table([row]).splitlines()[-1]}\n")
            rows.append(row)
    sys.stdout.write(f"{table(rows)}\n\n{_surroundings()}\n")
    _write(options.json, rows)
    return int(options.strict and any(row.passed is False for row in rows))


def _measured(running: Site, names: list[str]) -> Iterator[Row]:
    for name in names:
        with contextlib.closing(importlib.import_module(f"bench.work.{name}").rows(running)) as rows:
            yield from rows


def _surroundings() -> str:
    """What the figures depend on."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("Django", "djangorestframework", "psycopg", "uvicorn"))
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"Python {platform.python_version()}, {packages}; {psutil.cpu_count()} cores, {memory:.0f} GiB, "
        f"{platform.system()} {platform.machine()}. Medians of at least five runs after a warm-up."
    )


def _write(file: Path, rows: list[Row]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    found = {"surroundings": _surroundings(), "rows": [row.as_json() for row in rows]}
    file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
