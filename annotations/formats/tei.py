"""TEI P5 on its way out: a teiCorpus with a TEI for each text, annotations in standOff as ranges of its string.

Source: https://tei-c.org/guidelines/p5/, chapter 16 (standOff, annotation, string-range). A character is a code point,
counted from 0, in an element whose white space is preserved. The closing tag of the corpus is the last thing written.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

from annotations.formats import own_data
from annotations.formats.documents import OutgoingDocument
from annotations.formats.marks import carried_row
from annotations.formats.xml_files import attributes, carried_json, possible, replaced

MEDIA_TYPE: Final = "application/tei+xml"
SUFFIX: Final = "xml"
OURS: Final = "factcheck"
"""The type of what is carried."""

HEADER: Final = (
    "<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt>"
    "<publicationStmt><p>Exported from Factcheck.</p></publicationStmt><sourceDesc>{source}</sourceDesc></fileDesc>"
    "{more}</teiHeader>\n"
)
HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">\n'
    + HEADER.format(title="Annotated articles", source="<p>A desk that checks articles.</p>", more="")
)
NOTHING: Final = (
    "<TEI>"
    + HEADER.format(title="Nothing", source="<p>No annotation was asked for that is there.</p>", more="")
    + "<text><body><ab/></body></text></TEI>\n"
)
"""What an empty export holds, since a corpus must hold something."""

END: Final = "</teiCorpus>\n"


def written(documents: Iterable[OutgoingDocument]) -> Iterator[bytes]:
    """The corpus in pieces: its head with the first text, one a text, its end."""
    piece, count = HEAD, 0
    for document in documents:
        count += 1
        yield f"{piece}{_tei(document)}".encode()
        piece = ""
    yield f"{piece}{'' if count else NOTHING}{END}".encode()


def _tei(document: OutgoingDocument) -> str:
    """The string of body is the text, and nothing else."""
    text = _element(
        "ab", escape(possible(document.text)), {"xml:id": f"t-{document.revision}", "xml:space": "preserve"}
    )
    stand_off = "".join(
        [_interpretations(document), _annotations(document.rows, document.revision), _links(document.links)]
    )
    standing = _element("standOff", stand_off) if stand_off else ""
    return f"<TEI>{_header(document)}<text><body>{text}</body></text>\n{standing}</TEI>\n"


def _header(document: OutgoingDocument) -> str:
    about = own_data.own_document(document)
    language = _element("langUsage", _element("language", "", {"ident": document.language}))
    carried = about | ({"replaced": lost} if (lost := replaced(document.text)) else {})
    more = [
        _element("profileDesc", language) if document.language else "",
        _element("xenoData", escape(carried_json(carried)), {"type": OURS, "xml:space": "preserve"}),
    ]
    return HEADER.format(title=_words(document.title), source=_source(document, about), more="".join(more))


def _source(document: OutgoingDocument, about: Mapping[str, Any]) -> str:
    named = (("title", document.title), ("author", document.byline), ("publisher", document.outlet))
    parts = [_element(tag, _words(value)) for tag, value in named if value]
    parts += [_element("date", "", {"when": document.published_at})] if document.published_at else []
    parts += [_element("ptr", "", {"target": document.canonical_url})] if document.canonical_url else []
    parts += [_element("idno", _words(str(about[name])), {"type": name}) for name in own_data.ORIGIN if name in about]
    return _element("bibl", "".join(parts))


def _interpretations(document: OutgoingDocument) -> str:
    """The labels that annotations point to, defined once a text."""
    labels = sorted({label for row in document.rows for label in row["terms"]})
    told = [_element("interp", _words(label), {"xml:id": _label_id(document.revision, label)}) for label in labels]
    return _element("interpGrp", "".join(told), {"type": "label"}) if told else ""


def _annotations(rows: Sequence[Mapping[str, Any]], revision: str) -> str:
    return _element("listAnnotation", "\n".join(_annotation(row, revision) for row in rows)) if rows else ""


def _annotation(row: Mapping[str, Any], revision: str) -> str:
    """One string-range holds all fragments, as pairs of offset and length."""
    parts = row["fragments"] or (row,)
    pairs = ",".join(f"{part['start']},{part['end'] - part['start']}" for part in parts)
    labels = " ".join(f"#{_label_id(revision, label)}" for label in row["terms"])
    named = {
        "xml:id": f"a-{row['id']}",
        "motivation": "assessing" if row["verdict"] else "highlighting",
        "target": f"#string-range(t-{revision},{pairs})",
        **({"ana": labels} if labels else {}),
    }
    return _element("annotation", _element("note", escape(carried_json(carried_row(row))), {"type": OURS}), named)


def _links(links: Sequence[Mapping[str, str]]) -> str:
    told = [
        _element("link", "", {"type": link["kind"], "target": f"#a-{link['annotation']} #a-{link['target']}"})
        for link in links
    ]
    return _element("linkGrp", "".join(told)) if told else ""


def _label_id(revision: str, label: str) -> str:
    return f"l-{revision}-{label}"


def _words(value: str) -> str:
    return escape(possible(value))


def _element(tag: str, inner: str, values: Mapping[str, Any] | None = None) -> str:
    """`inner` is XML already."""
    return f"<{tag}{attributes(values or {})}>{inner}</{tag}>"
