"""TEI P5 on its way in: each TEI with a text is a document; annotation and span, wherever they stand, are its spans.

The text is the string of the text element, white space and all, since pointers count in it. Inline mark-up (name, said,
seg) is no annotation. Pointers may be ids of elements and string-range(); any other makes the span a bad one.
"""

from collections.abc import Iterator, Mapping
from typing import IO, Any, Final

from annotations.core.wording import _, said_by
from annotations.formats import own_data, tei, xml_files
from annotations.formats.documents import IncomingDocument, IncomingRelation, IncomingSpan, broken
from annotations.formats.marks import Mark, Marked, span_of
from annotations.formats.tei_strings import ID, TEI, TextString, inner_text, label_of

CORPUS: Final = f"{TEI}teiCorpus"
DOCUMENT: Final = f"{TEI}TEI"
ANNOTATION: Final = f"{TEI}annotation"
SPANS: Final = (ANNOTATION, f"{TEI}span")
SKIPPED: Final = (f"{TEI}annotationBlock", f"{TEI}listAnnotation/{TEI}note")
LONGEST_LABEL: Final = 60
BIBLIOGRAPHY: Final = f"{TEI}teiHeader/{TEI}fileDesc"
METADATA: Final = {
    "title": f"{BIBLIOGRAPHY}/{TEI}titleStmt/{TEI}title",
    "byline": f"{BIBLIOGRAPHY}/{TEI}titleStmt/{TEI}author",
    "outlet": f"{BIBLIOGRAPHY}/{TEI}publicationStmt/{TEI}publisher",
}
"""Where a header has what we call so."""

Meanings = Mapping[str, str]
"""What analytic pointers stand for, by id."""


def read(file: IO[bytes]) -> Iterator[IncomingDocument]:
    """A text that cannot be read is a broken document. Raises "malformed" for what is no TEI, or cut."""
    count, root = 0, ""
    for event, element in xml_files.events(file, xml_files.ALONE):
        root = root or element.tag
        if root not in (CORPUS, DOCUMENT):
            why = _("it is XML, but no TEI: its root is neither TEI nor teiCorpus")
            raise xml_files.malformed(xml_files.ALONE, why)
        if event == "end" and element.tag == DOCUMENT:
            count += 1
            yield from _documents(element, _("text {number}").format(number=count))
            _forget(element)


def _forget(element: Any) -> None:
    """One text in memory at a time: this one and those before it are done."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _documents(element: Any, key: str) -> Iterator[IncomingDocument]:
    """None for a TEI without words and annotations: a frame around others, or our empty export."""
    words = element.find(f"{TEI}text")
    found = list(element.iter(*SPANS))
    if words is None or not (found or inner_text(words)):
        return
    try:
        yield _document(element, TextString(words), found, key)
    except ValueError as error:
        yield broken(key, xml_files.malformed(key, said_by(error)))


def _document(element: Any, string: TextString, found: list[Any], key: str) -> IncomingDocument:
    carried = next(
        (xml_files.carried(each.text or "") for each in element.iter(f"{TEI}xenoData") if each.get("type") == tei.OURS),
        {},
    )
    meanings = {
        each.get(ID): inner_text(each) for each in element.iter(f"{TEI}interp", f"{TEI}category") if each.get(ID)
    }
    return IncomingDocument(
        key=key,
        text=xml_files.restored(string.text, carried.get("replaced")),
        spans=[_span(each, number, string, meanings) for number, each in enumerate(found, 1)],
        relations=list(_relations(element)),
        metadata=own_data.metadata_of(carried) or _metadata(element),
        skipped=sum(len(element.findall(f".//{path}")) for path in SKIPPED),
    )


def _span(element: Any, number: int, string: TextString, meanings: Meanings) -> IncomingSpan:
    labels, note = _said(element, meanings)
    try:
        ranges = _ranges(element, string)
    except ValueError as error:
        return IncomingSpan(number=number, start=0, end=0, broken=said_by(error))
    marks = [Mark(start, end, label) for start, end in ranges for label in labels or [""]]
    bodies = [each.text or "" for each in element.findall(f"{TEI}note") if each.get("type") == tei.OURS]
    carried = xml_files.carried(bodies[0]) if bodies else {"note": note}
    return span_of(Marked(number, marks, {**carried, "id": _ref(element)}, {} if bodies else _refs(element)))


def _ranges(element: Any, string: TextString) -> tuple[tuple[int, int], ...]:
    if first := element.get("from"):
        return string.between(first, element.get("to") or first)
    return string.ranges(element.get("target") or "")


def _said(element: Any, meanings: Meanings) -> tuple[list[str], str]:
    """Labels and a note. Without an analytic pointer, one word inside is the label, or else the type is."""
    labels = [label_of(each, meanings) for each in element.get("ana", "").split()]
    words = inner_text(element)
    if labels or element.tag == ANNOTATION:
        return labels or _types(element), words
    if words and " " not in words and len(words) <= LONGEST_LABEL:
        return [words], ""
    return _types(element), words


def _types(element: Any) -> list[str]:
    group = element.getparent()
    named = element.get("type") or (group.get("type") if group is not None else None)
    return [named] if named else []


def _ref(element: Any) -> str:
    id = element.get(ID) or ""
    return str(id).removeprefix("a-")


def _refs(element: Any) -> dict[str, str]:
    targets = [each.get("target") for each in element.iter(f"{TEI}ptr", f"{TEI}ref") if each.get("target")]
    return {"see": " ".join(targets)} if targets else {}


def _relations(element: Any) -> Iterator[IncomingRelation]:
    """Links between two annotations; others tie what is no annotation to us."""
    ids = {each.get(ID) for each in element.iter(*SPANS)}
    for link in element.iter(f"{TEI}link"):
        ends = [each.removeprefix("#") for each in link.get("target", "").split()]
        if len(ends) == 2 and ids.issuperset(ends):
            source, target = (end.removeprefix("a-") for end in ends)
            yield IncomingRelation(link.get("type") or "link", source, target)


def _metadata(element: Any) -> dict[str, str]:
    found = {name: inner_text(each) for name, path in METADATA.items() if (each := element.find(path)) is not None}
    language = next((each.get("ident", "") for each in element.iter(f"{TEI}language")), "")
    return {name: value for name, value in {**found, "language": language}.items() if value}
