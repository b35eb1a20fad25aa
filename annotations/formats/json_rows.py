"""Objects of a JSON file that somebody sent, each a document: one a line, or all in one array."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, Final

from annotations.core.errors import DomainError
from annotations.core.wording import _, gettext_noop
from annotations.formats.documents import IncomingDocument
from annotations.formats.units import Unit

SPACE: Final = b" \t\r\n\xef\xbb\xbf"
"""White space and the byte order mark of UTF-8."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an object stands. `name` is for keys; `sentence` is English and has a place for the reason."""

    name: str
    number: int
    sentence: str

    def of(self, row: Row) -> str:
        """The key of the document in this object, which may have an id."""
        id = row.get("id")
        return _("{place}: {id}").format(place=self.name, id=id) if isinstance(id, str | int) else self.name


WHOLE: Final = gettext_noop("The file {why}. Correct it, then send the file again.")
ITEM: Final = gettext_noop("Item {number} {why}. Correct it, then send the file again.")
LINE: Final = gettext_noop("Line {number} {why}. Correct it, then send the file again.")

UNREAD: Final = object()
"""Stands for what is no JSON."""


def documents(
    file: IO[bytes], document: Callable[[Row, Place], IncomingDocument], unit: Unit = Unit.CODE_POINTS
) -> Iterator[IncomingDocument]:
    """What `document` makes of each object; a broken one where it raises ValueError. Lines are read one by one.

    Raises "malformed" for an array that is no JSON, and "truncated" for lines that break off.
    """
    for place, found in _items(file) if _is_array(file) else _lines(file):
        if not isinstance(found, dict):
            yield _broken(place, _("is no object") if found is not UNREAD else _("is no JSON, or is cut"), unit)
            continue
        try:
            read = document(found, place)
        except ValueError as error:
            read = _broken(place, _("cannot be read: {error}").format(error=error), unit)
        yield read


def broken_line(number: int, why: object) -> IncomingDocument:
    """Stands for a line that cannot be read."""
    sentence = _(LINE).format(number=number, why=why)
    return IncomingDocument(_("line {number}").format(number=number), "", broken=sentence)


def check_end(line: bytes, number: int) -> None:
    """Of a line that is no JSON. Raises "truncated" when it is the last and nothing ends it: the file was cut there.

    A single line may as well be a file of another kind.
    """
    if number > 1 and not line.endswith(b"\n"):
        raise DomainError(
            "truncated", _("The file breaks off in line {number}. Send the whole file.").format(number=number)
        )


def _is_array(file: IO[bytes]) -> bool:
    """Look at the first character that says something, and go back to the beginning."""
    begin = file.tell()
    first = next((line.lstrip(SPACE)[:1] for line in file if line.strip(SPACE)), b"")
    file.seek(begin)
    return first == b"["


def _items(file: IO[bytes]) -> Iterator[tuple[Place, Any]]:
    found = _parsed(file.read())
    if found is UNREAD:
        raise DomainError("malformed", _(WHOLE).format(why=_("is no JSON, or is cut")))
    for number, row in enumerate(found, 1):
        yield Place(_("Item {number}").format(number=number), number, ITEM), row


def _lines(file: IO[bytes]) -> Iterator[tuple[Place, Any]]:
    for number, line in enumerate(file, 1):
        if line.strip(SPACE):
            found = _parsed(line)
            if found is UNREAD:
                check_end(line, number)
            yield Place(_("Line {number}").format(number=number), number, LINE), found


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return UNREAD


def _broken(place: Place, why: str, unit: Unit) -> IncomingDocument:
    return IncomingDocument(place.name, "", unit, broken=_(place.sentence).format(number=place.number, why=why))
