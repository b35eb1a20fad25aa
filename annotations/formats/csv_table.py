"""CSV: one annotation a line under a line of headings, and a last line that says how many there were.

Comma, double quotes, CRLF, UTF-8 (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe in
front, and so does a cell that begins with one already, so that reading takes exactly one off.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from annotations.core.errors import DomainError
from annotations.core.wording import _

MEDIA_TYPE = "text/csv; charset=utf-8"
SUFFIX = "csv"
COLUMNS: Final = (
    "id", "desk", "article", "article_title", "canonical_url", "revision", "start", "end", "exact", "prefix", "suffix",
    "fragments", "claim", "note", "terms", "verdict", "rationale", "as_of", "attributions", "evidence", "reviews",
    "state", "version", "author", "assignee", "created", "updated",
)  # fmt: skip
END: Final = "#end"
LISTS: Final = ("fragments", "attributions", "evidence", "reviews")
"""Columns that hold JSON, since a cell has no parts; `terms` are keys divided by spaces."""

csv.field_size_limit(2**31 - 1)  # a quote may be a whole text; the usual limit is 131,072 characters

GUARDED: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
BATCH: Final = 500


def written(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """The file in pieces."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    count = 0
    for count, row in enumerate(rows, 1):
        writer.writerow([_guarded(cell) for cell in _cells(row)])
        if count % BATCH == 0:
            yield _taken(buffer)
    writer.writerow([END, count])
    yield _taken(buffer)


def read(text: str) -> Iterator[dict[str, Any]]:
    """The rows of a whole file, as `written` got them. Raises "malformed" and "truncated"."""
    lines = csv.reader(io.StringIO(text, newline=""))
    if tuple(next(lines, ())) != COLUMNS:
        raise DomainError("malformed", _("The first line must be: {listed}.").format(listed=",".join(COLUMNS)))
    count = 0
    for line in lines:
        if line[:1] == [END] and len(line) == 2:
            if line[1] != str(count):
                raise DomainError(
                    "truncated",
                    _("The file says it has {said} rows, but it has {count}.").format(said=line[1], count=count),
                )
            return
        if len(line) != len(COLUMNS):
            raise DomainError(
                "malformed",
                _("Row {number} has {count} cells instead of {needed}.").format(
                    number=count + 1, count=len(line), needed=len(COLUMNS)
                ),
            )
        count += 1
        try:
            yield _row(dict(zip(COLUMNS, map(_freed, line), strict=True)))
        except (ValueError, RecursionError):
            sentence = _("Row {number} has something else than numbers or JSON where they belong.")
            raise DomainError("malformed", sentence.format(number=count)) from None
    raise DomainError(
        "truncated",
        _("The file breaks off after {count} rows: its end line is missing. Export it again.").format(count=count),
    )


def _cells(row: dict[str, Any]) -> Iterator[str]:
    verdict = row["verdict"] or {}
    flat = row | {
        "terms": " ".join(row["terms"]),
        "verdict": verdict.get("term"),
        "rationale": verdict.get("rationale"),
        "as_of": verdict.get("as_of"),
        **{name: json.dumps(row[name], ensure_ascii=False) if row[name] else "" for name in LISTS},
    }
    return ("" if flat[name] is None else str(flat[name]) for name in COLUMNS)


def _row(cells: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {name: value for name, value in cells.items() if name not in ("rationale", "as_of")}
    row |= {name: int(row[name]) for name in ("start", "end", "version")}
    row |= {name: json.loads(row[name]) if row[name] else [] for name in LISTS}
    row["terms"] = cells["terms"].split()
    row["assignee"] = cells["assignee"] or None
    given = {"term": cells["verdict"], "rationale": cells["rationale"], "as_of": cells["as_of"] or None}
    row["verdict"] = given if cells["verdict"] else None
    return row


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(GUARDED) else cell


def _freed(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell


def _taken(buffer: io.StringIO) -> bytes:
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece
