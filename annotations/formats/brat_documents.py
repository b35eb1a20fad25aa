"""brat standoff on its way in: a ZIP of .txt and .ann (or .a1 and .a2) in any folders, ours or anybody's.

Offsets are code points. Events, attributes, normalizations and notes go to the mark they are about.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, Final

from annotations.core.errors import DomainError
from annotations.core.shown_quotes import shown_in_english
from annotations.core.wording import _
from annotations.formats.brat import OURS, SIDECAR, pieces
from annotations.formats.brat_lines import Mark, Standoff, add_lines
from annotations.formats.documents import Fragments, IncomingDocument, IncomingRelation, IncomingSpan, broken
from annotations.formats.own_data import metadata_of, own_parts, span_fields, without_placeholder
from annotations.formats.own_data import text as own_text
from annotations.formats.spans import flattened, one_line
from annotations.formats.zip_members import Members

MARKED: Final = (".ann", ".a1", ".a2")
HIDDEN: Final = re.compile(r"(^|/)(\.(?!\.?/)|__MACOSX/)")
"""What operating systems add to archives; ./ and ../ are but ways to a file, and nothing is unpacked to a disk."""

NOTES: Final = "AnnotatorNotes"


@dataclass(slots=True, eq=False)
class _Group:
    """One annotation: a mark, or several of ours that differ in their labels."""

    ref: str
    mark: Mark
    own: Mapping[str, Any]
    labels: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, value: str) -> None:
        """Note an attribute; several of one name are one, divided by semicolons."""
        self.attributes[name] = f"{self.attributes[name]}; {value}" if name in self.attributes else value


def read(file: IO[bytes]) -> Iterator[IncomingDocument]:
    """By name; a .txt alone is no document. One that cannot be read is broken: its sentence has the file and the line.

    Raises "malformed" for what is no archive, "too_large".
    """
    members = Members(file)
    stems: dict[str, list[str]] = {}
    for name in sorted(members.names):
        if name.endswith(MARKED) and not HIDDEN.search(name):
            stems.setdefault(name.rpartition(".")[0], []).append(name)
    for stem, marked in stems.items():
        try:
            document = _document(members, stem, marked)
        except DomainError as error:
            document = broken(stem, error)
        yield document


def _document(members: Members, stem: str, marked: Sequence[str]) -> IncomingDocument:
    if f"{stem}.txt" not in members.names:
        sentence = _("{marked} has no {stem}.txt beside it. Add it, then send the file again.")
        raise DomainError("malformed", sentence.format(marked=marked[0], stem=stem))
    text = members.text(f"{stem}.txt")
    found = Standoff()
    for name in marked:
        add_lines(found, name, members.text(name))
    try:
        groups = _groups(found)
        _tell(found, groups)
        spans = [_span(number, text, group) for number, group in enumerate(dict.fromkeys(groups.values()), 1)]
        relations = list(_relations(found, groups))
        about = members.text(f"{stem}{SIDECAR}") if f"{stem}{SIDECAR}" in members.names else "{}"
        return IncomingDocument(stem, text, spans=spans, relations=relations, metadata=metadata_of(_json(about)))
    except ValueError as error:
        sentence = _("{stem} cannot be read: {error}. Correct it, then send the file again.")
        raise DomainError("malformed", sentence.format(stem=stem, error=error)) from None


def _groups(found: Standoff) -> dict[str, _Group]:
    """By id of a mark; marks of ours at one place with one id are one annotation."""
    ours = {told.target: _json(told.value) for told in found.told if told.note and told.name == OURS}
    groups: dict[str, _Group] = {}
    known: dict[tuple[str, Fragments], _Group] = {}
    for ref, mark in found.marks.items():
        own = ours.get(ref, {})
        group = _Group(ref, mark, own)
        if id := own_text(own.get("id"), "id"):
            group = known.setdefault((id, mark.parts), group)
        group.labels.append(mark.label)
        groups[ref] = group
    return groups


def _tell(found: Standoff, groups: Mapping[str, _Group]) -> None:
    """Give each group what is said about it, or about its events and relations."""
    for told in found.told:
        if told.note and told.name == OURS:
            continue
        if told.target in found.relations:
            relation = found.relations[told.target]
            _at(found, groups, relation.roles[0][1]).add(f"{relation.kind} {told.name}", told.value)
        elif told.note and told.name == NOTES:
            _at(found, groups, told.target).notes.append(told.value)
        else:
            _at(found, groups, told.target).add(told.name, told.value)
    for event in found.events.values():
        roles = event.roles[1:]
        words = [f"{role}: {shown_in_english(_at(found, groups, id).mark.quote or id)}" for role, id in roles]
        if words:
            _at(found, groups, event.roles[0][1]).add("event", ", ".join([event.kind, *words]))


def _relations(found: Standoff, groups: Mapping[str, _Group]) -> Iterator[IncomingRelation]:
    for tie in found.relations.values():
        source, target = (_at(found, groups, id).ref for role, id in tie.roles)
        yield IncomingRelation(tie.kind, source, target)
    for kind, ids in found.equal:
        first, *others = (_at(found, groups, id).ref for id in ids)
        yield from (IncomingRelation(kind, first, other) for other in others)


def _at(found: Standoff, groups: Mapping[str, _Group], id: str) -> _Group:
    """The group of a mark, or of the trigger of an event."""
    event = found.events.get(id)
    group = groups.get(event.roles[0][1] if event else id)
    if group is None:
        raise ValueError(_("{id} is named, but is not there").format(id=id))
    return group


def _span(number: int, text: str, group: _Group) -> IncomingSpan:
    fields = span_fields(group.own)
    fields["note"] = "\n".join(filter(None, [fields["note"], *group.notes]))
    fields["attributes"] |= group.attributes
    parts, exact = _placed(text, group)
    return IncomingSpan(
        number=number,
        start=parts[0][0],
        end=parts[-1][1],
        exact=exact,
        fragments=parts if len(parts) > 1 else (),
        flat=True,
        ref=group.ref,
        labels=without_placeholder(group.labels),
        **fields,
    )


def _placed(text: str, group: _Group) -> tuple[Fragments, str | None]:
    """Its parts and their quote: those that it had here, while the mark still says the same, or just what it says."""
    parts, quote = group.mark.parts, group.mark.quote
    if quote is None or flattened(text, parts) != one_line(quote):
        return parts, quote
    ours = own_parts(group.own)
    fits = ours and all(0 <= start < end <= len(text) for start, end in ours) and pieces(text, ours) == parts
    parts = ours if fits else parts
    return parts, flattened(text, parts)


def _json(value: str) -> Mapping[str, Any]:
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        raise ValueError(_("a note of ours is no JSON")) from None
    if not isinstance(found, dict):
        raise ValueError(_("a note of ours is no object"))
    return found
