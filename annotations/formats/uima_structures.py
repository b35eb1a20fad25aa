"""What a CAS holds, whichever way it is written, and the documents that makes: each text with what is drawn on it.

A structure with begin and end becomes a span; its label is a feature that is called so, or its type's short name.
Texts cut up (tokens, sentences), descriptions of the document and ties between structures are skipped and counted.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from annotations.core.wording import _, said_by
from annotations.formats import own_data, xml_files
from annotations.formats.documents import IncomingDocument, IncomingRelation
from annotations.formats.marks import Mark, Marked, span_of
from annotations.formats.uima_cas import ANNOTATION, DOCUMENT, LINK
from annotations.formats.units import Unit

DKPRO: Final = "de.tudarmstadt.ukp.dkpro.core.api."
SKIPPED: Final = ("uima.tcas.DocumentAnnotation", f"{DKPRO}segmentation.type.", f"{DKPRO}metadata.type.")
SKIPPED_SHORT: Final = ("Token", "Sentence")
LABELS: Final = ("label", "value", "tag", "category")
"""Names of features that hold a label, in lower case, the surest first."""

RELATION: Final = ("Governor", "Dependent")
PLACE: Final = ("sofa", "begin", "end")
PRIMITIVE: Final = re.compile(r"uima\.cas\.(String|Integer|Float|Boolean|Byte|Short|Long|Double)")
MOST_TYPES_ABOVE: Final = 100
INITIAL: Final = "_InitialView"
UNSPECIFIED: Final = "x-unspecified"
OFFSET: Final = re.compile(r"-?[0-9]{1,18}")

Types = Mapping[str, tuple[str, Mapping[str, str]]]
"""By name: the type above it, and its features with their types."""


@dataclass(frozen=True, slots=True)
class Structure:
    """`features` by name: the values, one or many, as they are written."""

    id: str
    type: str
    features: Mapping[str, tuple[str, ...]]

    def value(self, name: str) -> str:
        return next(iter(self.features.get(name, ())), "")


@dataclass(slots=True)
class Cas:
    """`texts` by the number of their sofa: its name and what it reads. `indexed`: what its view lists."""

    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    structures: list[Structure] = field(default_factory=list)
    indexed: dict[str, set[str]] = field(default_factory=dict)


def documents(cas: Cas, types: Types, key: str) -> Iterator[IncomingDocument]:
    """One for each text of the CAS. Raises "malformed"."""
    for sofa, (name, text) in cas.texts.items():
        where = key if name == INITIAL else f"{key} {name}"
        try:
            yield _Reading(cas, types, sofa).document(where, text)
        except ValueError as error:
            raise xml_files.malformed(where, said_by(error)) from None


class _Reading:
    """One text of a CAS on its way to a document."""

    def __init__(self, cas: Cas, types: Types, sofa: str) -> None:
        self.types = types
        mine = [each for each in cas.structures if each.value("sofa") == sofa]
        indexed = cas.indexed.get(sofa)
        self.all = cas.structures
        self.drawn = [each for each in mine if (indexed is None or each.id in indexed) and not self._skips(each)]
        self.skipped = len(mine) - len(self.drawn)
        self.mine = mine

    def document(self, key: str, text: str) -> IncomingDocument:
        carried = xml_files.carried(next((each.value("carried") for each in self.all if each.type == DOCUMENT), ""))
        spans = [span_of(each) for each in self._marked().values()]
        return IncomingDocument(
            key=key,
            text=xml_files.restored(text, carried.get("replaced")),
            unit=Unit.UTF16,
            spans=spans,
            relations=list(self._relations()),
            metadata=own_data.metadata_of(carried) or self._metadata(),
            skipped=self.skipped,
        )

    def _marked(self) -> dict[str, Marked]:
        found: dict[str, Marked] = {}
        for structure in self.drawn:
            ours = structure.type == ANNOTATION
            ref = structure.value("identifier") if ours else ""
            one = found.setdefault(ref or f"structure {structure.id}", Marked(len(found) + 1))
            start, end = _offset(structure, "begin"), _offset(structure, "end")
            one.marks += [Mark(start, end, label) for label in self._labels(structure, ours=ours)]
            if ours:
                one.carried |= xml_files.carried(structure.value("carried")) | ({"id": ref} if ref else {})
            else:
                one.attributes = self._attributes(structure)
        return found

    def _labels(self, structure: Structure, *, ours: bool) -> tuple[str, ...]:
        if ours:
            return structure.features.get("label") or ("",)
        by_name = {name.lower(): name for name in structure.features}
        for name in LABELS:
            if labels := [each for each in structure.features.get(by_name.get(name, ""), ()) if each]:
                return tuple(labels)
        return (_short(structure.type),)

    def _attributes(self, structure: Structure) -> dict[str, str]:
        """What a structure says beside its place and label, without references to others."""
        return {
            name: ", ".join(values)
            for name, values in structure.features.items()
            if name not in PLACE and name.lower() not in LABELS and any(values)
            if self._is_told(structure.type, name, values)
        }

    def _is_told(self, type: str, name: str, values: tuple[str, ...]) -> bool:
        """By the type of the feature; where nobody says it, numbers are taken for references."""
        for above in self._above(type):
            if (holds := self.types.get(above, ("", {}))[1].get(name)) is not None:
                return bool(PRIMITIVE.match(holds))
        return not all(re.fullmatch("[0-9 ]*", value) for value in values)

    def _relations(self) -> Iterator[IncomingRelation]:
        refs = {each.id: each.value("identifier") for each in self.drawn if each.type == ANNOTATION}
        for link in self.all:
            source, target = refs.get(link.value("source")), refs.get(link.value("target"))
            if link.type == LINK and source and target:
                yield IncomingRelation(link.value("kind"), source, target)

    def _metadata(self) -> dict[str, str]:
        """What another tool's description of the document says."""
        about = [each for each in self.mine if any(name.startswith(SKIPPED) for name in self._above(each.type))]
        found: dict[str, str] = {}
        for name, feature in (("title", "documentTitle"), ("language", "language")):
            values = [each.value(feature) for each in about if each.value(feature) not in ("", UNSPECIFIED)]
            found |= {name: values[0]} if values else {}
        return found

    def _skips(self, structure: Structure) -> bool:
        if not structure.features.keys() >= set(PLACE) or structure.features.keys() >= set(RELATION):
            return True
        names = self._above(structure.type)
        return any(name.startswith(SKIPPED) or _short(name) in SKIPPED_SHORT for name in names)

    def _above(self, type: str) -> list[str]:
        """The type and those above it, as far as they are told."""
        names = [type]
        while (above := self.types.get(names[-1], ("", {}))[0]) and len(names) < MOST_TYPES_ABOVE:
            names.append(above)
        return names


def _short(type: str) -> str:
    return type.rpartition(".")[2]


def _offset(structure: Structure, name: str) -> int:
    value: Any = structure.value(name)
    if not OFFSET.fullmatch(value):
        raise ValueError(
            _("{name} of {type} {id} is no whole number").format(
                name=name, type=_short(structure.type), id=structure.id
            )
        )
    return int(value)
