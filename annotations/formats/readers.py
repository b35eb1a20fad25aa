"""Every format that can be brought in, by its name in addresses and commands."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Final

from annotations.core.errors import DomainError
from annotations.formats import (
    brat_documents,
    doccano_documents,
    jsonl_documents,
    label_studio_documents,
    prodigy,
    row_documents,
    tei_files,
    uima_files,
)
from annotations.formats.documents import IncomingDocument

READERS: Final[Mapping[str, Callable[[IO[bytes]], Iterator[IncomingDocument]]]] = {
    "brat": brat_documents.read,
    "csv": row_documents.read,
    "doccano": doccano_documents.read,
    "jsonl": jsonl_documents.read,
    "label-studio": label_studio_documents.read,
    "prodigy": prodigy.read,
    "tei": tei_files.read,
    "uima-cas": uima_files.read,
}
"""Each reads a file from its beginning, one document at a time."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads a file in the format of this name from its beginning, each time it is called."""

    format: str
    file: IO[bytes]

    def __call__(self) -> Iterator[IncomingDocument]:
        self.file.seek(0)
        return _with_something(READERS[self.format](self.file))


def _with_something(documents: Iterator[IncomingDocument]) -> Iterator[IncomingDocument]:
    """The same. Raises "malformed" after a file in which no document can be read: it is likely to be something else."""
    why = ""
    for document in documents:
        yield document
        if not document.broken:
            break
        why = why or document.broken
    else:
        if why:
            raise DomainError("malformed", why)
    yield from documents
