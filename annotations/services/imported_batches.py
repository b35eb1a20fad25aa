"""A file's documents in batches, each made ready by a thread while the database works on the one before."""

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TypeVar

from annotations import ingest
from annotations.core.errors import DomainError
from annotations.formats.documents import IncomingDocument
from annotations.formats.spans import resolved
from annotations.formats.units import Unit
from annotations.ingest import IncomingArticle

T = TypeVar("T")


@dataclass(slots=True)
class Batch:
    """Documents that are written together, and what was seen of the file on the way to them.

    `given`: their texts; `texts`: by text, what ingest says of it, without those that it refuses.
    """

    documents: list[IncomingDocument] = field(default_factory=list)
    given: set[str] = field(default_factory=set)
    texts: dict[str, IncomingArticle] = field(default_factory=dict)
    spans: int = 0
    seen_documents: int = 0
    seen_spans: int = 0
    skipped: int = 0
    refused: list[tuple[str, DomainError]] = field(default_factory=list)

    def add(self, document: IncomingDocument) -> None:
        self.documents.append(document)
        self.given.add(document.text)
        self.spans += len(document.spans)
        with suppress(DomainError):  # whoever stores it is told
            self.texts[document.text] = ingest.read_text(document.text)

    def see(self, document: IncomingDocument) -> None:
        self.seen_documents += 1
        self.seen_spans += len(document.spans)
        self.skipped += document.skipped


def batches(
    documents: Iterator[IncomingDocument], unit: Unit | None, *, most_documents: int, most_spans: int
) -> Iterator[Batch]:
    """All of the file, spans in code points and right; no text twice in one. The last may have nothing but refusals."""
    batch = Batch()
    for document in documents:
        batch.see(document)
        try:
            exact = resolved(replace(document, unit=unit) if unit and unit is not document.unit else document)
        except DomainError as error:
            batch.refused.append((document.key, error))
            continue
        is_full = len(batch.documents) == most_documents or batch.spans > most_spans
        if batch.documents and (is_full or exact.text in batch.given):
            yield batch
            batch = Batch()
        batch.add(exact)
    yield batch


def ahead(items: Iterator[T]) -> Generator[T]:
    """The same, the next one always in the making: in a thread, which may not use the database."""
    with ThreadPoolExecutor(1, thread_name_prefix="import") as pool:
        coming = pool.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = pool.submit(next, items, None)
            yield item
