"""Imports: texts with spans from a file become articles with annotations. A document comes in whole or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, transaction

from annotations.core.errors import DomainError
from annotations.core.wording import _, kept, shortened
from annotations.formats.documents import IncomingDocument
from annotations.formats.spans import MOST_NAMED, Proposal, quotes_fit
from annotations.formats.units import Unit
from annotations.models import Desk, User
from annotations.permissions import require
from annotations.services.import_writers import taken
from annotations.services.imported_batches import Batch, ahead, batches
from annotations.services.imported_documents import imported
from annotations.services.imported_texts import with_texts

MOST_REFUSED: Final = 1000
"""Refusals that a report lists, fewer of each document the more documents there are; their numbers are all in it."""


BATCH_DOCUMENTS, BATCH_SPANS = 100, 5_000
"""What is written in one transaction at the most, but for a single document that is larger."""


KEPT, SPAN = 20_000_000, 200
"""Documents are kept in memory between the two looks at a file up to so many characters; for how many a span counts."""


class UnknownLabels(StrEnum):
    """What becomes of labels that are no terms of the desk."""

    REFUSE = "refuse"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Options:
    """`unit` None: told from the quotes. `keep_labels`: labels that are no terms of the desk go into the note."""

    unit: Unit | None = None
    keep_labels: bool = False
    dry_run: bool = False


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

    def see(self, batch: Batch, outcome: "Outcome") -> None:
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


def no_progress(report: Report, total: int) -> None:
    """For whoever waits for the answer anyway."""


def import_file(
    *,
    desk_id: UUID,
    actor: User,
    documents: Callable[[], Iterator[IncomingDocument]],
    options: Options,
    progress: Callable[[Report, int], None] = no_progress,
) -> Report:
    """`documents` reads the file from its beginning each time it is called. Raises what concerns the whole file.

    `progress` is told the report so far and the number of all documents, after each batch.
    """
    desk = Desk.objects.visible_to(actor).filter(pk=desk_id).first()
    if desk is None:
        raise DomainError("not_found", _("There is no such desk, or you do not work on it."))
    require(actor, "import", desk)
    documents = with_texts(desk, actor, documents)
    total, proposed, kept = _looked_through(documents)
    unit = options.unit or proposed
    report = Report(options.dry_run, unit or "")
    progress(report, total)
    made = batches(iter(kept) if kept else documents(), unit, most_documents=BATCH_DOCUMENTS, most_spans=BATCH_SPANS)
    for batch, outcome in taken(ahead(made), partial(_take, desk, actor, options)):
        report.see(batch, outcome)
        progress(report, total)
    return report


def _looked_through(
    documents: Callable[[], Iterator[IncomingDocument]],
) -> tuple[int, Unit | None, list[IncomingDocument]]:
    """How many there are, the unit in which all quotes fit (the declared one, if they do), and all, if they are few.

    None leaves each document its own unit, where the misfits are named.
    """
    count, weight, is_quoted, unit = 0, 0, False, None
    kept: list[IncomingDocument] = []
    for document in documents():
        unit = unit or document.unit
        if document.unit is not unit or not quotes_fit(document, unit):
            return *_proposed(documents()), []
        count += 1
        is_quoted = is_quoted or any(span.exact is not None for span in document.spans)
        weight += len(document.text) + SPAN * len(document.spans)
        if weight <= KEPT:
            kept.append(document)
        else:
            kept.clear()
    return count, unit if is_quoted else None, kept


def _proposed(documents: Iterator[IncomingDocument]) -> tuple[int, Unit | None]:
    made, count = Proposal(), 0
    for document in documents:
        made.look_at(document)
        count += 1
    try:
        return count, made.unit
    except DomainError:
        return count, None


@dataclass(slots=True)
class Outcome:
    """What became of a batch that was to be written."""

    created: int = 0
    existing: int = 0
    refused: list[tuple[str, DomainError]] = field(default_factory=list)


def _take(desk: Desk, actor: User, options: Options, batch: Batch) -> Outcome:
    """All documents at once; when something in them is refused, one after the other."""
    outcome = Outcome()
    if batch.documents and not _written(desk, actor, options, batch, batch.documents, outcome):
        for document in batch.documents:
            _written(desk, actor, options, batch, [document], outcome)
    return outcome


def _written(
    desk: Desk, actor: User, options: Options, batch: Batch, documents: list[IncomingDocument], outcome: Outcome
) -> bool:
    """Whether it is known what became of them: stored, or, of a single one, refused."""
    try:
        with transaction.atomic():
            found = imported(desk, actor, documents, batch.texts, keep_labels=options.keep_labels)
            transaction.set_rollback(options.dry_run)
    except (DomainError, DatabaseError) as error:
        if len(documents) == 1:
            outcome.refused.append((documents[0].key, _as_refusal(error)))
        return len(documents) == 1
    outcome.created += sum(each.created for each in found)
    outcome.existing += sum(each.existing for each in found)
    return True


def _as_refusal(error: DomainError | DatabaseError) -> DomainError:
    if isinstance(error, DomainError):
        return error
    said = str(error).split("\n", 1)[0]
    return DomainError("refused", _("The database refuses it: {error}").format(error=said))
