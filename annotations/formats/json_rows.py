"""Objects of a JSON file that somebody sent: one a line, or all in one array."""

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any, Final

from annotations.core.errors import DomainError

Row = tuple[str, Mapping[str, Any]]
"""Where the object stands, in words for a refusal, and the object."""

SPACE: Final = b" \t\r\n\xef\xbb\xbf"
"""White space and the byte order mark of UTF-8."""


def rows(file: IO[bytes]) -> Iterator[Row]:
    """Raises "malformed" with the place. An array is read as a whole, lines one by one."""
    if _is_array(file):
        found = _parsed(file.read(), "The file")
        for number, row in enumerate(found, 1):
            yield _object(row, f"Item {number}")
        return
    for number, line in enumerate(file, 1):
        if line.strip(SPACE):
            yield _object(_parsed(line, f"Line {number}"), f"Line {number}")


def malformed(place: str, why: object) -> DomainError:
    """The refusal of a file because of what stands at a place."""
    return DomainError("malformed", f"{place} {why}. Correct it, then send the file again.")


def _is_array(file: IO[bytes]) -> bool:
    """Look at the first character that says something, and go back to the beginning."""
    begin = file.tell()
    first = next((line.lstrip(SPACE)[:1] for line in file if line.strip(SPACE)), b"")
    file.seek(begin)
    return first == b"["


def _parsed(data: bytes, place: str) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise malformed(place, "is no JSON, or is cut") from None


def _object(row: Any, place: str) -> Row:
    if not isinstance(row, dict):
        raise malformed(place, "is no object")
    return place, row
