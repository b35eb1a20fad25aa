"""What became of a file that was brought in: counts, and what was refused."""

from dataclasses import asdict, dataclass, field
from typing import Any, Final

from annotations.core.errors import DomainError
from annotations.core.wording import kept, shortened
from annotations.formats.spans import MOST_NAMED
from annotations.services.imported_batches import Batch

MOST_REFUSED: Final = 1000
"""Refusals that a report lists, fewer of each document the more documents there are; their numbers are all in it."""


@dataclass(slots=True)
class Outcome:
    """What became of a batch that was to be written."""

    created: int = 0
    existing: int = 0
    refused: list[tuple[str, DomainError]] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """What became of a file. `unit` is the declared or proposed one; empty when each document has its own."""

    dry_run: bool
    unit: str = ""
    documents: int = 0
    spans: int = 0
    created: int = 0
    existing: int = 0
    skipped: int = 0
    refused_count: int = 0
    refused_documents: int = 0
    by_document: list[list[dict[str, Any]]] = field(default_factory=list)

    def refuse(self, document: str, error: DomainError) -> None:
        """Note every bad span of a document, or the one reason why it cannot be taken."""
        document = shortened(document)
        rows = error.extra.get("spans") or [{"number": None, "code": error.code, "reason": error.message}]
        self.refused_count += error.extra.get("count", len(rows))
        self.refused_documents += 1
        self.by_document.append(
            [
                {"document": document, "span": row["number"], "code": row["code"], "detail": row["reason"]}
                for row in rows[:MOST_NAMED]
            ]
        )
        self._make_room()

    @property
    def refused(self) -> list[dict[str, Any]]:
        """Spans in the order of the file. Each document has one row at least, until there are too many documents."""
        return [row for rows in self.by_document for row in rows]

    def _make_room(self) -> None:
        """Halve what the longest lists hold, until all of them together are short enough."""
        del self.by_document[MOST_REFUSED:]
        while sum(map(len, self.by_document)) > MOST_REFUSED:
            half = max(map(len, self.by_document)) // 2
            self.by_document = [rows[:half] for rows in self.by_document]

    def see(self, batch: Batch, outcome: Outcome) -> None:
        """Count what the file has and what became of it; note what was refused."""
        self.documents += batch.seen_documents
        self.spans += batch.seen_spans
        self.skipped += batch.skipped
        self.created += outcome.created
        self.existing += outcome.existing
        for document, error in batch.refused + outcome.refused:
            self.refuse(document, error)

    def as_json(self) -> dict[str, Any]:
        told = asdict(self)
        del told["by_document"]
        return told | {"refused": self.refused}

    def as_stored(self) -> dict[str, Any]:
        """For readers of other languages; ImportRun.told_report reads it."""
        return self.as_json() | {
            "refused": [
                {**row, "document": kept(row["document"]), "detail": kept(row["detail"])} for row in self.refused
            ]
        }
