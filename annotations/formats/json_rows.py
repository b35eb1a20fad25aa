"""Objects of a JSON file that somebody sent: one a line, or all in one array."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, Final

from annotations.core.errors import DomainError
from annotations.core.wording import _, gettext_noop

SPACE: Final = b" \t\r\n\xef\xbb\xbf"
"""White space and the byte order mark of UTF-8."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an object stands. `name` is for keys; `sentence` is English and has a place for the reason."""

    name: str
    number: int
    sentence: str

    def of(self, row: Mapping[str, Any]) -> str:
        """The key of the document in this object, which may have an id."""
        id = row.get("id")
        return _("{place}: {id}").format(place=self.name, id=id) if isinstance(id, str | int) else self.name


Row = tuple[Place, Mapping[str, Any]]

WHOLE: Final = Place("The file", 0, gettext_noop("The file {why}. Correct it, then send the file again."))
ITEM: Final = gettext_noop("Item {number} {why}. Correct it, then send the file again.")
LINE: Final = gettext_noop("Line {number} {why}. Correct it, then send the file again.")


def rows(file: IO[bytes]) -> Iterator[Row]:
    """Raises "malformed" with the place. An array is read as a whole, lines one by one."""
    if _is_array(file):
        found = _parsed(file.read(), WHOLE)
        for number, row in enumerate(found, 1):
            yield _object(row, Place(_("Item {number}").format(number=number), number, ITEM))
        return
    for number, line in enumerate(file, 1):
        if line.strip(SPACE):
            place = Place(_("Line {number}").format(number=number), number, LINE)
            yield _object(_parsed(line, place), place)


def malformed(place: Place, why: object) -> DomainError:
    """The refusal of a file because of what stands at a place."""
    return DomainError("malformed", _(place.sentence).format(number=place.number, why=why))


def _is_array(file: IO[bytes]) -> bool:
    """Look at the first character that says something, and go back to the beginning."""
    begin = file.tell()
    first = next((line.lstrip(SPACE)[:1] for line in file if line.strip(SPACE)), b"")
    file.seek(begin)
    return first == b"["


def _parsed(data: bytes, place: Place) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise malformed(place, _("is no JSON, or is cut")) from None


def _object(row: Any, place: Place) -> Row:
    if not isinstance(row, dict):
        raise malformed(place, _("is no object"))
    return place, row
