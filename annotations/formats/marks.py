"""Annotations for formats in which a mark has one range and one label: apart on the way out, together on the way in.

An annotation has a mark for each of its fragments and labels. What ties them and what no mark can say is carried as
JSON; its offsets are code points, whatever the format counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from annotations.core.wording import _
from annotations.formats import own_data
from annotations.formats.documents import IncomingRelation, IncomingSpan, OutgoingDocument

SHOWN_BY_MARKS: Final = ("start", "end", "fragments", "terms")


@dataclass(frozen=True, slots=True)
class Mark:
    """`label` is "" when the annotation has none; `exact` is "" when nothing is quoted."""

    start: int
    end: int
    label: str = ""
    exact: str = ""


@dataclass(slots=True)
class Marked:
    """The marks that one annotation of a file has, and what was carried with them."""

    number: int
    marks: list[Mark] = field(default_factory=list)
    carried: dict[str, Any] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)


def marks_of(row: Mapping[str, Any]) -> Iterator[Mark]:
    """In code points: the first fragment with each label, then the next."""
    for part in row["fragments"] or (row,):
        for label in row["terms"] or ("",):
            yield Mark(part["start"], part["end"], label, part["exact"])


def carried_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """What an annotation has beside its marks."""
    return {name: value for name, value in own_data.own_row(row).items() if name not in SHOWN_BY_MARKS}


def carried_document(document: OutgoingDocument) -> dict[str, Any]:
    """What a document has beside text and annotations."""
    return own_data.own_document(document) | ({"links": document.links} if document.links else {})


def span_of(found: Marked) -> IncomingSpan:
    """The annotation as one span. Raises ValueError when what was carried has other shapes than ours."""
    quotes = {(mark.start, mark.end): mark.exact for mark in found.marks}
    ranges = sorted(quotes)
    fields = own_data.span_fields(found.carried)
    ref = own_data.text(found.carried.get("id"), "id")
    return IncomingSpan(
        number=found.number,
        start=ranges[0][0],
        end=ranges[-1][1],
        exact=" ".join(quotes[bounds] for bounds in ranges) if all(quotes.values()) else None,
        flat=True,
        fragments=tuple(ranges) if len(ranges) > 1 else (),
        ref=ref,
        id=ref or None,
        labels=own_data.without_placeholder([mark.label for mark in found.marks if mark.label]),
        **fields | {"attributes": found.attributes | fields["attributes"]},
    )


def relations_of(carried: Mapping[str, Any]) -> list[IncomingRelation]:
    """The links that `carried_document` gave. Raises ValueError."""
    links = carried.get("links") or []
    if not isinstance(links, Sequence) or not all(isinstance(each, Mapping) for each in links):
        raise ValueError(_("links is no list of objects"))
    names = ("kind", "annotation", "target")
    return [IncomingRelation(*(own_data.text(each.get(name), name) for name in names)) for each in links]
