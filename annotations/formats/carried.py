"""What other formats have no place for: an annotation's parts, as JSON that travels beside a range and comes back.

Ranges and labels stand where a format wants them; the rest is carried. Other tools keep or ignore it. Offsets inside
are code points of the text, whatever the format counts.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from annotations.core.errors import DomainError
from annotations.formats.documents import IncomingRelation, IncomingSpan

PARTS: Final = (
    "claim", "note", "attributions", "evidence", "verdict", "reviews", "state", "version", "author", "assignee",
    "created", "updated",
)  # fmt: skip
METADATA: Final = ("title", "byline", "outlet", "canonical_url", "published_at", "language")
IDENTITY: Final = ("article", "desk", "revision", "number")
NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters of our texts that XML 1.0 cannot hold, not even as references."""

STAND_IN: Final = "\ufffd"


class Outgoing(Protocol):
    """What writers need of a document: one revision with its text, its annotations and the links between them."""

    @property
    def text(self) -> str: ...
    @property
    def rows(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def links(self) -> Sequence[Mapping[str, str]]: ...


@dataclass(frozen=True, slots=True)
class Mark:
    """One range with one label: "" when the annotation has none. Code points, end exclusive."""

    start: int
    end: int
    exact: str
    label: str


def marks(row: Mapping[str, Any]) -> Iterator[Mark]:
    """An annotation for formats that know one range with one label: a mark for each fragment and each of its labels."""
    for part in row["fragments"] or (row,):
        for label in row["terms"] or ("",):
            yield Mark(part["start"], part["end"], part["exact"], label)


def parts(row: Mapping[str, Any]) -> dict[str, Any]:
    """What an annotation has beside range and labels, without what is empty."""
    return {name: row[name] for name in PARTS if row[name]}


def about(document: Outgoing) -> dict[str, Any]:
    """The metadata of a document and its links, without what is empty."""
    names = (*METADATA, *IDENTITY, "links")
    return {name: value for name in names if (value := getattr(document, name))}


def metadata(given: Mapping[str, Any]) -> dict[str, str]:
    """What `about` gave or another tool calls the same; anything else is passed over, a date that is none too."""
    found = {name: given[name] for name in METADATA if isinstance(given.get(name), str) and given[name]}
    if "published_at" in found and not _is_date(found["published_at"]):
        del found["published_at"]
    return found


def relations(given: Mapping[str, Any]) -> list[IncomingRelation]:
    """The links that `about` carried. Raises ValueError."""
    rows = _listed(given, "links")
    return [IncomingRelation(str(row["kind"]), str(row["annotation"]), str(row["target"])) for row in rows]


def joined(number: int, ref: str, found: Sequence[Mark], given: Any) -> IncomingSpan:
    """The marks of one annotation as one span, with what was carried. Raises ValueError when that has other shapes."""
    if not isinstance(given, Mapping):
        raise ValueError("what is carried is no object")
    ranges = sorted({(mark.start, mark.end): mark.exact for mark in found}.items())
    quotes = [quote for _, quote in ranges]
    fragments = tuple(bounds for bounds, _ in ranges)
    evidence = _listed(given, "evidence")
    return IncomingSpan(
        number=number,
        start=fragments[0][0],
        end=fragments[-1][1],
        exact=" ".join(quotes).replace("\n", " ") if all(quotes) else None,
        flat=True,
        fragments=fragments if len(fragments) > 1 else (),
        ref=ref,
        id=ref or None,
        labels=tuple(dict.fromkeys(mark.label for mark in found if mark.label)),
        claim=_text(given, "claim"),
        note=_text(given, "note"),
        attributions=tuple(map(_attribution, _listed(given, "attributions"))),
        evidence=tuple(_dated(row, "retrieved_at") for row in evidence if row.get("url") or not row.get("file")),
        verdict=_dated(given["verdict"], "as_of") if given.get("verdict") else None,
        attributes=_without_file(evidence),
    )


def xml_json(value: Any) -> str:
    """JSON that XML 1.0 can hold: what it cannot hold is escaped."""
    return NOT_IN_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def xml_text(text: str) -> tuple[str, dict[str, int]]:
    """The text with U+FFFD for each character that XML cannot hold, and which those were, by place: lengths stay."""
    lost = {str(match.start()): ord(match[0]) for match in NOT_IN_XML.finditer(text)}
    return NOT_IN_XML.sub(STAND_IN, text), lost


def restored(text: str, lost: Any) -> str:
    """The text as it was before `xml_text`, where its stand-ins still are. Raises ValueError for other shapes."""
    if not isinstance(lost, Mapping):
        raise ValueError("the replaced characters are no object")
    characters = list(text) if lost else []
    for place, code in lost.items():
        at, character = int(place), chr(_whole(code))
        if 0 <= at < len(characters) and characters[at] == STAND_IN and NOT_IN_XML.fullmatch(character):
            characters[at] = character
    return "".join(characters) if lost else text


def parsed(carried: str, where: str) -> Mapping[str, Any]:
    """What `xml_json` wrote. Raises "malformed"."""
    try:
        found = json.loads(carried) if carried else {}
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise DomainError("malformed", f"{where}: what is carried with it is no JSON object. Leave it out.")
    return found


def _attribution(row: Mapping[str, Any]) -> Mapping[str, Any]:
    for name in ("source_range", "cue_range"):
        if row.get(name) is not None:
            _whole(row[name]["start"])
            _whole(row[name]["end"])
    return row


def _dated(row: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(row, Mapping) or not (row.get(name) is None or _is_date(row[name])):
        raise ValueError(row)
    return row


def _without_file(evidence: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Files do not travel: what was said about them goes into the note, for somebody to attach them again."""
    told = [_told(row) for row in evidence if row.get("file") and not row.get("url")]
    return {"evidence without its file": " | ".join(told)} if told else {}


def _told(row: Mapping[str, Any]) -> str:
    said = [str(row[name]) for name in ("title", "quote", "locator", "stance") if row.get(name)]
    return "; ".join([*said, f"{row['file'].get('name')} (SHA-256 {row['file'].get('sha256')})"])


def _listed(given: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = given.get(name) or []
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise ValueError(f"{name} is no list of objects")
    return rows


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name) or ""
    if not isinstance(value, str):
        raise ValueError(f"{name} is no text")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise ValueError(f"{value!r} is no whole number")
    return value


def _is_date(value: Any) -> bool:
    try:
        return bool(dt.datetime.fromisoformat(value))
    except (ValueError, TypeError):
        return False
