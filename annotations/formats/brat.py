"""brat standoff on its way out: a ZIP with NAME.txt and NAME.ann for each document, and annotation.conf for a server.

Source: https://brat.nlplab.org/standoff.html and the server's own reader. Offsets are code points, end exclusive. The
server refuses a quote with a line feed, so that a span across one is written as it writes one itself: in parts around
it. Everything else, tabs and U+2028 too, stands in the quote to the letter: it is the last column of its line.
An annotation with several labels has a mark for each. What brat has no place for is JSON in a note of the type OURS.
A cut file has no end record, which every reader of ZIP looks for first.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Final

from annotations.core.drafts import LinkKind
from annotations.formats import archives
from annotations.formats.documents import Fragments, OutgoingDocument
from annotations.formats.own_data import UNLABELLED, labels_of, own_document, own_row, parts_of
from annotations.formats.spans import joined

MEDIA_TYPE: Final = archives.MEDIA_TYPE
SUFFIX: Final = archives.SUFFIX
OURS: Final = "Factcheck"
SIDECAR: Final = ".factcheck.json"
"""Ends the file with what is known of the article."""

LINE: Final = re.compile("[^\n]+")
LONGEST_NAME: Final = 40
WORD: Final = re.compile("[A-Za-z0-9]+")


def written(documents: Iterable[OutgoingDocument]) -> Iterator[bytes]:
    """The archive in pieces, one a member. Of past documents only names are kept."""
    return archives.zipped((name, content.encode()) for name, content in _members(documents))


def _members(documents: Iterable[OutgoingDocument]) -> Iterator[tuple[str, str]]:
    labels = {UNLABELLED}
    for document in documents:
        name = _name(document)
        yield f"{name}.txt", document.text
        yield f"{name}.ann", "".join(_lines(document))
        yield f"{name}{SIDECAR}", json.dumps(own_document(document), indent=1)
        labels.update(*(row["terms"] for row in document.rows))
    yield "annotation.conf", _configuration(labels)


def pieces(text: str, parts: Fragments) -> Fragments:
    """The parts without the line feeds in them; as they are when nothing else would be left."""
    found = tuple(match.span() for start, end in parts for match in LINE.finditer(text, start, end))
    return found or parts


def _name(document: OutgoingDocument) -> str:
    """Words of the title, and the revision, which makes it unique."""
    plain = unicodedata.normalize("NFKD", document.title).encode("ascii", "ignore").decode()
    words = "-".join(WORD.findall(plain))[:LONGEST_NAME].strip("-").lower()
    return f"{words}-{document.revision}" if words else document.revision


def _lines(document: OutgoingDocument) -> Iterator[str]:
    marks: dict[str, str] = {}
    count = 0
    for row in document.rows:
        marks[row["id"]] = f"T{count + 1}"
        own = json.dumps(own_row(row))
        for label in labels_of(row):
            count += 1
            yield _mark(f"T{count}", label, document.text, row)
            yield f"#{count}\t{OURS} T{count}\t{own}\n"
    for number, link in enumerate(document.links, 1):
        source, target = marks[link["annotation"]], marks[link["target"]]
        yield f"R{number}\t{link['kind']} Arg1:{source} Arg2:{target}\n"


def _mark(id: str, label: str, text: str, row: dict[str, Any]) -> str:
    parts = pieces(text, parts_of(row))
    ranges = ";".join(f"{start} {end}" for start, end in parts)
    quote = joined(text, parts).replace("\n", " ")  # a mark of nothing but line feeds keeps them
    return f"{id}\t{label} {ranges}\t{quote}\n"


def _configuration(labels: Iterable[str]) -> str:
    """What a server needs to show and to edit these documents. Marks may overlap."""
    relations = [f"{kind}\tArg1:<ENTITY>, Arg2:<ENTITY>" for kind in LinkKind]
    overlap = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    sections = {"entities": sorted(labels), "relations": [overlap, *relations], "events": [], "attributes": []}
    return "\n".join(f"[{name}]\n" + "".join(f"{line}\n" for line in lines) for name, lines in sections.items())
