"""doccano's exports on their way in: triples of sequence labelling or entities and relations, as lines or an array.

Offsets are UTF-16 code units unless the import says otherwise. Marks of ours find their annotation again by their place
and label, because doccano gives its own ids; what was deleted there stays deleted, what was relabelled is relabelled.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from annotations.core.wording import _
from annotations.formats import own_data
from annotations.formats.doccano import OURS
from annotations.formats.documents import Fragments, IncomingDocument, IncomingRelation, IncomingSpan
from annotations.formats.json_rows import Place as RowPlace
from annotations.formats.json_rows import documents
from annotations.formats.units import Offsets, Unit

Place = tuple[int, int]


@dataclass(slots=True)
class _Mark:
    """A range with one label. `ref`: its id in the file, if it has one."""

    place: Place
    label: str
    ref: str = ""


_Left = dict[Place, dict[str, list[_Mark]]]
"""Marks that belong to no annotation yet, by place and label."""


@dataclass(slots=True)
class _Group:
    """One annotation: the marks at each of its parts, and what we said of it."""

    parts: Fragments
    labels: list[str]
    refs: list[str]
    own: Mapping[str, Any]


def read(file: IO[bytes]) -> Iterator[IncomingDocument]:
    """One that cannot be read is broken. Raises "malformed" and "truncated" for a file that is no JSON, or cut."""
    return documents(file, _document, Unit.UTF16)


def _document(row: Mapping[str, Any], place: RowPlace) -> IncomingDocument:
    text = row.get("text", row.get("data"))
    if not isinstance(text, str):
        raise ValueError(_("it has no text"))
    own = row.get(OURS)
    own = own if isinstance(own, Mapping) else {}
    groups = _groups(text, _marks(row), own_data.objects(own.get("annotations"), "annotations"))
    kept = [group for group in groups if group.labels]
    names = {ref: f"{number}" for number, group in enumerate(kept, 1) for ref in group.refs}
    return IncomingDocument(
        key=place.of(row),
        text=text,
        unit=Unit.UTF16,
        spans=[_span(number, group) for number, group in enumerate(kept, 1)],
        relations=[*_relations(row, names), *_links(own, names)],
        metadata=own_data.metadata_of(own),
    )


def _marks(row: Mapping[str, Any]) -> list[_Mark]:
    if row.get("entities") is not None:
        return [_entity(each) for each in own_data.objects(row["entities"], "entities")]
    return [_triple(each) for each in own_data.items(row.get("label", row.get("labels")), "label")]


def _entity(each: Mapping[str, Any]) -> _Mark:
    place = (
        own_data.whole(each.get("start_offset"), "start_offset"),
        own_data.whole(each.get("end_offset"), "end_offset"),
    )
    return _Mark(place, own_data.text(each.get("label"), "label"), f"#{each.get('id')}")


def _triple(each: Any) -> _Mark:
    if not isinstance(each, list) or len(each) != 3:
        raise ValueError(_("a label is not start, end and name; labels of whole texts have no range to stand at"))
    start, end, label = each
    return _Mark((own_data.whole(start, "start"), own_data.whole(end, "end")), own_data.text(label, "label"))


def _groups(text: str, marks: Sequence[_Mark], annotations: Sequence[Mapping[str, Any]]) -> list[_Group]:
    """Those that we wrote, in our order and without labels when they are gone, then the others."""
    left: _Left = {}
    for mark in marks:
        left.setdefault(mark.place, {}).setdefault(mark.label, []).append(mark)
    offsets = Offsets(text, Unit.UTF16)
    ours = [_Group(_units(offsets, own), [], [f"own {place}"], own) for place, own in enumerate(annotations)]
    for group in ours:
        for label in own_data.texts(group.own.get("terms"), "terms") or (own_data.UNLABELLED,):
            _take(left, group, label)
    for group in ours:
        if not group.labels and group.parts:
            for label in list(left.get(group.parts[0], ())):
                _take(left, group, label)
    rest = [mark for by_label in left.values() for found in by_label.values() for mark in found]
    return [*ours, *(_Group((mark.place,), [mark.label], [mark.ref], {}) for mark in rest)]


def _take(left: _Left, group: _Group, label: str) -> None:
    """Give a label to a group when each of its parts has a mark with it."""
    found = [left.get(part, {}).get(label) for part in group.parts]
    marks = [each.pop() for each in found if each] if found and all(found) else []
    if marks:
        group.labels.append(label)
        group.refs += [mark.ref for mark in marks]


def _units(offsets: Offsets, own: Mapping[str, Any]) -> Fragments:
    """Where an annotation of ours stands in the file's unit; () when that is not in this text."""
    parts = own_data.own_parts(own)
    if len(set(parts)) < len(parts) or not all(0 <= start < end <= offsets.length for start, end in parts):
        return ()
    return tuple((offsets.units(start), offsets.units(end)) for start, end in parts)


def _span(number: int, group: _Group) -> IncomingSpan:
    return IncomingSpan(
        number=number,
        start=group.parts[0][0],
        end=group.parts[-1][1],
        fragments=group.parts if len(group.parts) > 1 else (),
        ref=f"{number}",
        labels=own_data.without_placeholder(group.labels),
        **own_data.span_fields(group.own),
    )


def _relations(row: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[IncomingRelation]:
    for each in own_data.objects(row.get("relations"), "relations"):
        ends = [f"#{each.get('from_id')}", f"#{each.get('to_id')}"]
        if missing := [end for end in ends if end not in names]:
            raise ValueError(
                _("a relation names the entity {entity}, which is not there").format(entity=missing[0][1:])
            )
        yield IncomingRelation(own_data.text(each.get("type"), "type"), *(names[end] for end in ends))


def _links(own: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[IncomingRelation]:
    """Our own, between annotations that are still there."""
    for each in own_data.items(own.get("links"), "links"):
        if not isinstance(each, list) or len(each) != 3:
            raise ValueError(_("a link is not source, target and kind"))
        source, target, kind = each
        ends = [names.get(f"own {end}") for end in (source, target)]
        if ends[0] and ends[1]:
            yield IncomingRelation(own_data.text(kind, "kind"), ends[0], ends[1])
