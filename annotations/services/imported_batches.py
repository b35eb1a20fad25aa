"""A file's documents in batches: what is written together."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field

from annotations.core.errors import DomainError
from annotations.formats.documents import IncomingDocument
from annotations.ingest import IncomingArticle
from annotations.services.prepared_documents import Prepared


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

    def add(self, each: Prepared) -> None:
        document = each.document
        self.documents.append(document)
        self.given.add(document.text)
        self.spans += len(document.spans)
        if each.article:
            self.texts[document.text] = each.article

    def see(self, each: Prepared) -> None:
        self.seen_documents += 1
        self.seen_spans += len(each.document.spans)
        self.skipped += each.document.skipped
        if each.refusal:
            self.refused.append((each.document.key, each.refusal))


def batches(
    documents: Iterator[Prepared], *, most_documents: int, most_spans: Callable[[int], int]
) -> Generator[Batch]:
    """All of the file, no text twice in one. The last may have nothing but refusals.

    `most_spans` is asked when a batch begins, and told how many spans were in those before.
    """
    batch, given = Batch(), 0
    most = most_spans(0)
    for each in documents:
        batch.see(each)
        if each.refusal:
            continue
        is_full = len(batch.documents) == most_documents or batch.spans + len(each.document.spans) > most
        if batch.documents and (is_full or each.document.text in batch.given):
            given += batch.spans
            yield batch
            batch, most = Batch(), most_spans(given)
        batch.add(each)
    yield batch
