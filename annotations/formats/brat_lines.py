"""Lines of an .ann file: marks, relations, events, attributes, notes. What they mean together is brat_documents'."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.formats.documents import Fragments
from annotations.formats.own_data import text


@dataclass(frozen=True, slots=True)
class Mark:
    """A text-bound annotation: T1<TAB>Label 0 5;8 12<TAB>quote."""

    label: str
    parts: Fragments
    quote: str | None


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation or an event, whose first role is its trigger: what it is called, and roles and ids of the others."""

    kind: str
    roles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Something said about a mark, a relation or an event. `note`: said by a person or program, in a # line."""

    target: str
    name: str
    value: str
    note: bool = False


@dataclass(slots=True)
class Standoff:
    """A whole .ann file, by id and in its order."""

    marks: dict[str, Mark] = field(default_factory=dict)
    relations: dict[str, Tie] = field(default_factory=dict)
    events: dict[str, Tie] = field(default_factory=dict)
    equal: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)


def add_lines(found: Standoff, name: str, content: str) -> None:
    """Take in one file. Raises "malformed" with its name and the number of the line."""
    for number, line in enumerate(content.removeprefix("\ufeff").split("\n"), 1):
        line = line.removesuffix("\r")
        if not line.strip():
            continue
        try:
            id, told, rest = (*line.split("\t", 2), "", "")[:3]
            LINES[line[0]](found, id, told, rest)
        except KeyError:
            raise _malformed(name, number, _("begins with none of T, R, E, A, M, N, #, *")) from None
        except (ValueError, IndexError) as error:
            raise _malformed(name, number, _("cannot be read: {error}").format(error=error)) from None


def _mark(found: Standoff, id: str, told: str, rest: str) -> None:
    label, space, ranges = told.partition(" ")
    if id in found.marks:
        raise ValueError(_("{id} stands there twice").format(id=id))
    parts = tuple(_range(each) for each in ranges.split(";"))
    found.marks[id] = Mark(_name(label), parts, text(rest, "the quote") or None)


def _range(words: str) -> tuple[int, int]:
    bounds = words.split()
    if len(bounds) != 2 or not all(each.isascii() and each.isdigit() for each in bounds):
        raise ValueError(_("start and end are not whole numbers"))
    return int(bounds[0]), int(bounds[1])


def _relation(found: Standoff, id: str, told: str, rest: str) -> None:
    kind, *roles = told.split()
    if len(roles) != 2:
        raise ValueError(_("a relation has two ends"))
    found.relations[id] = Tie(_name(kind), tuple(map(_role, roles)))


def _event(found: Standoff, id: str, told: str, rest: str) -> None:
    trigger, *roles = map(_role, told.split())
    found.events[id] = Tie(trigger[0], (trigger, *roles))


def _role(word: str) -> tuple[str, str]:
    name, colon, id = word.partition(":")
    if not colon or not id:
        raise ValueError(_("{word!r} is no name and id").format(word=word))
    return _name(name), id


def _equal(found: Standoff, id: str, told: str, rest: str) -> None:
    kind, *ids = told.split()
    found.equal.append((_name(kind), tuple(ids)))


def _attribute(found: Standoff, id: str, told: str, rest: str) -> None:
    name, target, *value = told.split(" ", 2)
    found.told.append(Told(target, _name(name), text(" ".join(value) or "true", "the value")))


def _normalization(found: Standoff, id: str, told: str, rest: str) -> None:
    name, target, entry = told.split(" ", 2)
    found.told.append(Told(target, _name(name), text(f"{entry} {rest}".strip(), "the entry")))


def _note(found: Standoff, id: str, told: str, rest: str) -> None:
    name, target = told.split()
    found.told.append(Told(target, _name(name), text(rest, "the note"), note=True))


def _name(value: str) -> str:
    if not value:
        raise ValueError(_("a name is missing"))
    return text(value, "the name")


LINES: Final[Mapping[str, Callable[[Standoff, str, str, str], None]]] = {
    "T": _mark,
    "R": _relation,
    "E": _event,
    "A": _attribute,
    "M": _attribute,
    "N": _normalization,
    "#": _note,
    "*": _equal,
}
"""By the first letter of the line."""


def _malformed(name: str, number: int, why: str) -> DomainError:
    return DomainError(
        "malformed",
        _("{name}, line {number}, {why}. Correct it, then send the file again.").format(
            name=name, number=number, why=why
        ),
    )
