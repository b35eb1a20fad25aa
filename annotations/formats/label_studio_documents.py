"""Label Studio's exports on their way in: what people annotated in each task, ours or anybody's.

Offsets are code points; where the quotes say UTF-16, as before 1.6, the import goes by them. Predictions, cancelled
annotations and results that belong to no region are left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, Final

from annotations.core.wording import _
from annotations.formats import own_data
from annotations.formats.documents import IncomingDocument, IncomingRelation, IncomingSpan
from annotations.formats.json_rows import Place, documents
from annotations.formats.label_studio import OURS

Result = Mapping[str, Any]
LABELS: Final = "labels"
UNNAMED: Final = "relation"
"""What a relation without a label is called."""


@dataclass(slots=True)
class _Region:
    """A range, and all that stands in the result under its id."""

    place: tuple[int, int]
    quote: str | None
    labels: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Group:
    """One annotation: a region, or those of ours that are its parts."""

    ref: str
    own: Mapping[str, Any]
    regions: list[_Region] = field(default_factory=list)


def read(file: IO[bytes]) -> Iterator[IncomingDocument]:
    """A task that cannot be read is broken. Raises "malformed" for a file that is no JSON, or cut."""
    return documents(file, _document)


def _document(task: Result, place: Place) -> IncomingDocument:
    data = _mapping(task.get("data"), "data")
    text = _text(data)
    own = _mapping(data.get(OURS) or {}, OURS)
    told = _mapping(own.get("annotations") or {}, "annotations")
    spans: list[IncomingSpan] = []
    relations: list[IncomingRelation] = []
    for number, each in enumerate(own_data.objects(task.get("annotations", task.get("completions")), "annotations")):
        if each.get("was_cancelled"):
            continue
        result = own_data.objects(each.get("result"), "result")
        groups = _groups(result, told, number)
        spans += [_span(text, place, group) for place, group in enumerate(_each(groups), len(spans) + 1)]
        relations += _relations(result, groups)
    return IncomingDocument(
        key=place.of(task),
        text=text,
        spans=spans,
        relations=relations,
        metadata=own_data.metadata_of(own),
    )


def _text(data: Result) -> str:
    """`text`, or the one text among the data, whatever the project calls it."""
    if isinstance(data.get("text"), str):
        return str(data["text"])
    found = [value for value in data.values() if isinstance(value, str)]
    if len(found) != 1:
        raise ValueError(_("its data has {count} texts and none is called text").format(count=len(found)))
    return found[0]


def _groups(result: Sequence[Result], told: Result, number: int) -> dict[str, _Group]:
    """By id of a region, in the order of the result."""
    groups: dict[str, _Group] = {}
    known: dict[str, _Group] = {}
    for id, region in _regions(result).items():
        name = id if id in told else id.rpartition(".")[0]
        own = _mapping(told.get(name, {}), "an annotation")
        group = known.setdefault(name if name in told else f"#{id}", _Group(f"{number} {id}", own))
        group.regions.append(region)
        groups[id] = group
    return groups


def _each(groups: Mapping[str, _Group]) -> Sequence[_Group]:
    return list({group.ref: group for group in groups.values()}.values())


def _regions(result: Sequence[Result]) -> dict[str, _Region]:
    found: dict[str, _Region] = {}
    others = []
    for place, item in enumerate(result):
        if item.get("type") == LABELS:
            _add_labels(found, item, own_data.text(item.get("id"), "id") or f"unnamed {place}")
        elif str(item.get("type")).endswith(LABELS):
            raise ValueError(_("regions of the type {type} have no range in a plain text").format(type=item["type"]))
        elif item.get("type") != "relation":
            others.append(item)
    for item in others:
        id = item.get("id")
        if isinstance(id, str) and id in found:
            _add_other(found[id], item)
    return found


def _add_labels(found: dict[str, _Region], item: Result, id: str) -> None:
    value = _mapping(item.get("value"), "value")
    place = (own_data.whole(value.get("start"), "start"), own_data.whole(value.get("end"), "end"))
    quote = value.get("text")
    region = found.setdefault(id, _Region(place, own_data.text(quote, "text") if quote is not None else None))
    region.labels += own_data.texts(value.get(LABELS), "labels")
    meta = _mapping(item.get("meta") or {}, "meta")
    region.notes += own_data.texts(meta.get("text"), "meta/text")


def _add_other(region: _Region, item: Result) -> None:
    """What stands beside the labels of a region: choices, ratings, words that somebody wrote."""
    kind = str(item.get("type"))
    value = _mapping(item.get("value"), "value")
    told = value.get("text" if kind == "textarea" else kind)
    words = told if isinstance(told, list) else [told]
    joined = ", ".join(str(each) for each in words if isinstance(each, str | int | float))
    region.attributes[own_data.text(item.get("from_name"), "from_name") or kind] = own_data.text(joined, kind)


def _span(text: str, number: int, group: _Group) -> IncomingSpan:
    regions = sorted(group.regions, key=lambda region: region.place)
    parts = tuple(region.place for region in regions)
    quotes = [region.quote for region in regions if region.quote is not None]
    fields = own_data.span_fields(group.own)
    fields["note"] = "\n".join(filter(None, [fields["note"], *(note for each in regions for note in each.notes)]))
    for region in regions:
        fields["attributes"] |= region.attributes
    return IncomingSpan(
        number=number,
        start=parts[0][0],
        end=parts[-1][1],
        exact=_quote(text, quotes) if len(quotes) == len(parts) else None,
        fragments=parts if len(parts) > 1 else (),
        flat=True,
        ref=group.ref,
        labels=own_data.without_placeholder([label for region in regions for label in region.labels]),
        **fields,
    )


def _quote(text: str, quotes: Sequence[str]) -> str:
    """Some versions write a line break as a backslash and an n."""
    return " ".join(each if "\\n" not in each or each in text else each.replace("\\n", "\n") for each in quotes)


def _relations(result: Sequence[Result], groups: Mapping[str, _Group]) -> Iterator[IncomingRelation]:
    for item in result:
        if item.get("type") != "relation":
            continue
        ends = [own_data.text(item.get(name), name) for name in ("from_id", "to_id")]
        if missing := [end for end in ends if end not in groups]:
            raise ValueError(_("a relation names the region {region}, which is not there").format(region=missing[0]))
        source, target = (groups[end].ref for end in ends)
        if item.get("direction") == "left":
            source, target = target, source
        for kind in own_data.texts(item.get("labels"), "labels") or (UNNAMED,):
            yield IncomingRelation(kind, source, target)


def _mapping(value: Any, name: str) -> Result:
    if not isinstance(value, Mapping):
        raise ValueError(_("{name} is no object").format(name=name))
    return value
