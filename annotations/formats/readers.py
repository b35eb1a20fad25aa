"""Every format that can be brought in, by its name in addresses and commands."""

from collections.abc import Callable, Iterator, Mapping
from typing import IO, Final

from annotations.formats import jsonl_documents, prodigy, tei_files, uima_files
from annotations.formats.documents import IncomingDocument

READERS: Final[Mapping[str, Callable[[IO[bytes]], Iterator[IncomingDocument]]]] = {
    "jsonl": jsonl_documents.read,
    "prodigy": prodigy.read,
    "tei": tei_files.read,
    "uima-cas": uima_files.read,
}
"""Each reads a file from its beginning, one document at a time."""
