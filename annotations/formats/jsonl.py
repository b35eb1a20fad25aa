"""JSON Lines: one annotation a line, and a last line that says how many there were, so that a cut file is noticed.

A line ends with LF, and with nothing else: U+2028, U+2029 and U+0085 are escaped, for readers that would break there.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from annotations.core.errors import DomainError
from annotations.core.parser_words import parser_words
from annotations.core.wording import _

MEDIA_TYPE = "application/x-ndjson"
SUFFIX = "jsonl"
LINE_BREAKS = {each: f"\\u{ord(each):04x}" for each in "\u2028\u2029\x85"}


def written(pieces: Iterable[tuple[int, bytes]]) -> Iterator[bytes]:
    """The file in pieces. `pieces` hold a number of rows and those rows as lines of JSON."""
    rows = 0
    for count, lines in pieces:
        rows += count
        yield escaped(lines)
    yield last_line(rows)


def last_line(rows: int) -> bytes:
    return json.dumps({"end": True, "rows": rows}).encode() + b"\n"


def read(lines: Iterable[str | bytes]) -> Iterator[dict[str, Any]]:
    """The rows of a whole file. Raises "malformed", and "truncated" after the last row when the end line is missing."""
    rows = 0
    for number, line in enumerate(lines, 1):
        row = _parsed(line, number)
        if row.get("end") is True and row.keys() == {"end", "rows"}:
            if row["rows"] != rows:
                raise DomainError(
                    "truncated",
                    _("The file says it has {said} rows, but it has {count}.").format(said=row["rows"], count=rows),
                )
            return
        rows += 1
        yield row
    raise DomainError(
        "truncated",
        _("The file breaks off after {count} rows: its end line is missing. Export it again.").format(count=rows),
    )


def escaped(lines: bytes) -> bytes:
    """Lines of JSON without what some readers take for the end of a line."""
    if lines.isascii():
        return lines
    text = lines.decode()  # one code point is found several times as fast as its bytes, and hardly any text has one
    found = [each for each in LINE_BREAKS if each in text]
    for each in found:
        text = text.replace(each, LINE_BREAKS[each])
    return text.encode() if found else lines


def _parsed(line: str | bytes, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise DomainError(
            "malformed", _("Line {number} is not JSON: {error}.").format(number=number, error=parser_words(error))
        ) from None
    if not isinstance(row, dict):
        raise DomainError("malformed", _("Line {number} is not a JSON object.").format(number=number))
    return row
