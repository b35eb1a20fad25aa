"""CSV: one annotation a line under a line of headings, and a last line that says how many there were.

Comma, double quotes, CRLF, UTF-8 (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe in
front, and so does a cell that begins with one already, so that reading takes exactly one off.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any, Final

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

csv.field_size_limit(50_000_000)  # characters; a quote may be a whole text, a cell of evidence holds several
ALONE: Final = re.compile("(?<=\r)(?!\n)")
"""Behind a CR without its LF, which ends a line as well."""

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


def read(file: IO[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a file, as `written` got them, each with the number of the line on which it ends.

    One row in memory at a time. Raises "malformed" and "truncated".
    """
    lines = csv.reader(_lines(file))
    count = -1  # the headings are no row
    try:
        for count, cells in enumerate(lines, -1):
            if count < 0:
                _check_headings(cells)
            elif cells[:1] == [END] and len(cells) == 2:
                _check_count(cells[1], count)
                return
            else:
                yield lines.line_num, _parsed(cells, count + 1)
    except csv.Error:
        sentence = _("Line {number} {why}. Correct it, then send the file again.")
        why = _("has a quotation mark that nothing closes, or a cell that is too long")
        raise DomainError("malformed", sentence.format(number=lines.line_num, why=why)) from None
    if count < 0:
        _check_headings([])
    raise DomainError(
        "truncated",
        _("The file breaks off after {count} rows: its end line is missing. Export it again.").format(count=count + 1),
    )


def _lines(file: IO[bytes]) -> Iterator[str]:
    """Of a file in UTF-8, with or without a byte order mark. Raises "malformed" with the position in bytes."""
    position = 0
    for number, line in enumerate(file):
        if (nul := line.find(b"\0")) >= 0:
            sentence = _("{name} has a NUL character at byte {position}. Remove it.")
            raise DomainError("malformed", sentence.format(name="CSV", position=position + nul))
        try:
            text = line.decode()
        except UnicodeDecodeError as error:
            sentence = _("{name} is not UTF-8 at byte {position}. Save it as UTF-8.")
            position += error.start
            raise DomainError("malformed", sentence.format(name="CSV", position=position)) from None
        position += len(line)
        text = text.removeprefix("\ufeff") if number == 0 else text
        yield from ALONE.split(text) if "\r" in text else (text,)


def _check_headings(cells: list[str]) -> None:
    if tuple(cells) != COLUMNS:
        raise DomainError("malformed", _("The first line must be: {listed}.").format(listed=",".join(COLUMNS)))


def _check_count(said: str, count: int) -> None:
    if said != str(count):
        sentence = _("The file says it has {said} rows, but it has {count}.")
        raise DomainError("truncated", sentence.format(said=said, count=count))


def _parsed(cells: list[str], number: int) -> dict[str, Any]:
    """`number` of the row, counted from 1."""
    if len(cells) != len(COLUMNS):
        sentence = _("Row {number} has {count} cells instead of {needed}.")
        raise DomainError("malformed", sentence.format(number=number, count=len(cells), needed=len(COLUMNS)))
    try:
        return _row(dict(zip(COLUMNS, map(_freed, cells), strict=True)))
    except (ValueError, RecursionError):
        sentence = _("Row {number} has something else than numbers or JSON where they belong.")
        raise DomainError("malformed", sentence.format(number=number)) from None


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
