"""JSON Lines: one annotation a line, and a last line that says how many there were, so that a cut file is noticed.

A line ends with LF, and with nothing else: U+2028, U+2029 and U+0085 are escaped, for readers that would break there.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from annotations.core.errors import DomainError

MEDIA_TYPE = "application/x-ndjson"
SUFFIX = "jsonl"
LINE_BREAKS = str.maketrans({"\u2028": "\\u2028", "\u2029": "\\u2029", "\x85": "\\u0085"})


def written(batches: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The file in pieces. `batches` hold one JSON object a string, without line feeds."""
    rows = 0
    for batch in batches:
        rows += len(batch)
        yield _lines(batch)
    yield json.dumps({"end": True, "rows": rows}).encode() + b"\n"


def read(lines: Iterable[str | bytes]) -> Iterator[dict[str, Any]]:
    """The rows of a whole file. Raises "malformed", and "truncated" after the last row when the end line is missing."""
    rows = 0
    for number, line in enumerate(lines, 1):
        row = _parsed(line, number)
        if row.get("end") is True and row.keys() == {"end", "rows"}:
            if row["rows"] != rows:
                raise DomainError("truncated", f"The file says it has {row['rows']} rows, but it has {rows}.")
            return
        rows += 1
        yield row
    raise DomainError("truncated", f"The file breaks off after {rows} rows: its end line is missing. Export it again.")


def _lines(batch: Sequence[str]) -> bytes:
    text = "\n".join(batch)
    if not text.isascii():
        text = text.translate(LINE_BREAKS) if any(chr(each) in text for each in LINE_BREAKS) else text
    return text.encode() + b"\n"


def _parsed(line: str | bytes, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise DomainError("malformed", f"Line {number} is not JSON: {error}.") from None
    if not isinstance(row, dict):
        raise DomainError("malformed", f"Line {number} is not a JSON object.")
    return row
