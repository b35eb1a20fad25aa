"""UIMA on its way out: a ZIP with NAME.xmi for each document and TypeSystem.xml, as INCEpTION and DKPro exchange them.

Sources: the XMI chapter of https://uima.apache.org/d/uimaj-current/ref.html and dkpro-cassis. Offsets are UTF-16 code
units, as in Java. An annotation has a structure for each of its fragments and labels, tied by `identifier`; the first
carries the rest as JSON. A cut file has no end record, which every reader of ZIP looks for first.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from annotations.formats import archives, own_data, xml_files
from annotations.formats.documents import OutgoingDocument
from annotations.formats.marks import carried_row, marks_of
from annotations.formats.units import Offsets, Unit

MEDIA_TYPE: Final = archives.MEDIA_TYPE
SUFFIX: Final = archives.SUFFIX
TYPE_SYSTEM: Final = "TypeSystem.xml"
ANNOTATION: Final = "factcheck.Annotation"
DOCUMENT: Final = "factcheck.Document"
LINK: Final = "factcheck.Link"
STRING: Final = "uima.cas.String"
TYPES: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    ANNOTATION: ("uima.tcas.Annotation", {"identifier": STRING, "label": STRING, "carried": STRING}),
    LINK: ("uima.cas.TOP", {"kind": STRING, "source": ANNOTATION, "target": ANNOTATION}),
    DOCUMENT: ("uima.cas.TOP", {"title": STRING, "carried": STRING}),
}
"""By name: the type above it, and its features with their types."""

HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" '
    'xmlns:cas="http:///uima/cas.ecore" xmlns:tcas="http:///uima/tcas.ecore" '
    'xmlns:factcheck="http:///factcheck.ecore" xmi:version="2.0">\n<cas:NULL xmi:id="0"/>\n'
)
SOFA: Final = 1
"""The number of the text among the structures of a document."""


def written(documents: Iterable[OutgoingDocument]) -> Iterator[bytes]:
    """The archive in pieces, one a document."""
    return archives.zipped(_members(documents))


def _members(documents: Iterable[OutgoingDocument]) -> Iterator[tuple[str, bytes]]:
    yield TYPE_SYSTEM, _type_system().encode()
    for document in documents:
        yield f"{document.revision}.xmi", _xmi(document).encode()


def _type_system() -> str:
    types = "".join(
        f"<typeDescription><name>{name}</name><description/><supertypeName>{above}</supertypeName>"
        f"<features>{''.join(_feature(*each) for each in features.items())}</features></typeDescription>\n"
        for name, (above, features) in TYPES.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">\n<types>\n{types}</types>\n'
        "</typeSystemDescription>\n"
    )


def _feature(name: str, holds: str) -> str:
    return (
        f"<featureDescription><name>{name}</name><description/><rangeTypeName>{holds}</rangeTypeName>"
        "</featureDescription>"
    )


def _xmi(document: OutgoingDocument) -> str:
    """One structure a line, numbered from 2, then the text and the view that lists them all."""
    structures = list(_structures(document))
    text = {"sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text/plain"}
    text["sofaString"] = xml_files.possible(document.text)
    lines = [_line(tag, number, values) for number, (tag, values) in enumerate(structures, SOFA + 1)]
    numbers = " ".join(str(SOFA + number) for number in range(1, len(structures) + 1))
    view = f"<cas:View{xml_files.attributes({'sofa': SOFA, 'members': numbers})}/>\n"
    return "".join([HEAD, *lines, _line("cas:Sofa", SOFA, text), view, "</xmi:XMI>\n"])


def _line(tag: str, number: int, values: Mapping[str, Any]) -> str:
    return f"<{tag}{xml_files.attributes({'xmi:id': number, **values})}/>\n"


Structure = tuple[str, dict[str, Any]]


def _structures(document: OutgoingDocument) -> Iterator[Structure]:
    """In the order of their numbers."""
    offsets = Offsets(document.text, Unit.UTF16)
    whole = {"sofa": SOFA, "begin": 0, "end": offsets.units(len(document.text))}
    yield "tcas:DocumentAnnotation", {**whole, "language": document.language or "x-unspecified"}
    about = own_data.own_document(document)
    if lost := xml_files.replaced(document.text):
        about["replaced"] = lost
    title = {"title": xml_files.possible(document.title)}
    yield "factcheck:Document", {**title, "carried": xml_files.carried_json(about)}
    numbers: dict[str, int] = {}
    count = SOFA + 2
    for row in document.rows:
        for values in _marked(row, offsets):
            count += 1
            numbers.setdefault(row["id"], count)
            yield "factcheck:Annotation", values
    for link in document.links:
        ends = {"source": numbers[link["annotation"]], "target": numbers[link["target"]]}
        yield "factcheck:Link", {"kind": link["kind"], **ends}


def _marked(row: Mapping[str, Any], offsets: Offsets) -> Iterator[dict[str, Any]]:
    more = {"carried": xml_files.carried_json(carried_row(row))}
    for mark in marks_of(row):
        place = {"sofa": SOFA, "begin": offsets.units(mark.start), "end": offsets.units(mark.end)}
        label = {"label": mark.label} if mark.label else {}
        yield place | {"identifier": row["id"]} | label | more
        more = {}
