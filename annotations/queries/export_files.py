"""Exports as files: every format, over the same moment of the database. The door says what, and where the site is."""

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from annotations.core.wording import gettext_noop
from annotations.formats import (
    archives,
    brat,
    claimreview,
    csv_table,
    doccano,
    jsonl,
    label_studio,
    prodigy,
    tei,
    uima_cas,
    web_annotation,
)
from annotations.queries.export_documents import export_documents
from annotations.queries.export_rows import Export, export_pieces, export_rows
from annotations.queries.snapshots import snapshot
from annotations.queries.standby import current_database
from annotations.queries.verdict_rows import exported_verdicts


@dataclass(frozen=True, slots=True)
class Format:
    """`pieces(export, base)` gives the file in pieces; `base` is the address of the site, ending in a slash.

    `about` and `note` are English; pages translate `about`.
    """

    media_type: str
    suffix: str
    pieces: Callable[[Export, str], Iterator[bytes]]
    about: str
    note: str

    @property
    def is_packed(self) -> bool:
        """Whether it is compressed already."""
        return self.media_type == archives.MEDIA_TYPE


POINTS: Final = "Offsets are code points of the text, end exclusive. "
FORMATS: Final[Mapping[str, Format]] = {
    "jsonl": Format(
        jsonl.MEDIA_TYPE,
        jsonl.SUFFIX,
        lambda export, _: jsonl.written(export_pieces(export)),
        "JSON Lines",
        POINTS + 'The last line is `{"end": true, "rows": n}`: a file without it is not whole.',
    ),
    "csv": Format(
        csv_table.MEDIA_TYPE,
        csv_table.SUFFIX,
        lambda export, _: csv_table.written(export_rows(export)),
        "CSV",
        POINTS + "The last line is `#end` and the number of rows: a file without it is not whole.",
    ),
    "web-annotation": Format(
        web_annotation.MEDIA_TYPE,
        web_annotation.SUFFIX,
        lambda export, _: web_annotation.written(export_rows(export)),
        "W3C Web Annotation",
        POINTS + "An AnnotationPage; a cut file is no JSON.",
    ),
    "claimreview": Format(
        claimreview.MEDIA_TYPE,
        claimreview.SUFFIX,
        lambda export, base: claimreview.written(exported_verdicts(export), base),
        "ClaimReview (schema.org)",
        "A DataFeed with one review for each signed-off verdict; `state` is not looked at. A cut file is no JSON.",
    ),
    "brat": Format(
        brat.MEDIA_TYPE,
        brat.SUFFIX,
        lambda export, _: brat.written(export_documents(export)),
        gettext_noop("brat standoff"),
        POINTS + "A ZIP of NAME.txt and NAME.ann; a cut file has no end record, so that no reader of ZIP opens it.",
    ),
    "doccano": Format(
        doccano.MEDIA_TYPE,
        doccano.SUFFIX,
        lambda export, _: doccano.written(export_documents(export)),
        gettext_noop("JSON Lines of doccano"),
        "Offsets are UTF-16 code units of the text, end exclusive. The last line has `documents`, their number, in "
        "`factcheck`: a file without it is not whole, but a single blank line is a whole one of nothing.",
    ),
    "label-studio": Format(
        label_studio.MEDIA_TYPE,
        label_studio.SUFFIX,
        lambda export, _: label_studio.written(export_documents(export)),
        gettext_noop("JSON of Label Studio"),
        POINTS + "An array of tasks; a cut file is no JSON.",
    ),
    "prodigy": Format(
        prodigy.MEDIA_TYPE,
        prodigy.SUFFIX,
        lambda export, _: prodigy.written(export_documents(export)),
        gettext_noop("Prodigy's tasks (spaCy)"),
        POINTS + "One text a line, by revision; the last has no text and counts the others: a file without it is cut.",
    ),
    "tei": Format(
        tei.MEDIA_TYPE,
        tei.SUFFIX,
        lambda export, _: tei.written(export_documents(export)),
        "TEI P5",
        POINTS + "A teiCorpus with a TEI for each text; a cut file has no closing tag.",
    ),
    "uima-cas": Format(
        uima_cas.MEDIA_TYPE,
        uima_cas.SUFFIX,
        lambda export, _: uima_cas.written(export_documents(export)),
        "UIMA CAS",
        "A ZIP with an XMI for each text and its type system. Offsets are UTF-16 code units, end exclusive. "
        "A cut file is no ZIP.",
    ),
}


def export_file(export: Export, name: str, base: str) -> Generator[bytes, None, None]:
    """The file, streamed, from the standby or the primary; it must be the outermost transaction."""
    database = current_database()
    with snapshot(database):
        yield from FORMATS[name].pieces(export.of(database), base)
