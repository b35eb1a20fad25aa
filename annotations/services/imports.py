"""Imports: texts with spans from a file become articles with annotations. A document comes in whole or not at all."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import partial
from itertools import chain
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, transaction

from annotations.core.errors import DomainError
from annotations.core.wording import _, kept, shortened
from annotations.formats.documents import IncomingDocument
from annotations.formats.spans import MOST_NAMED, Proposal
from annotations.formats.units import Unit
from annotations.models import Desk, User
from annotations.permissions import require
from annotations.services.import_looks import Look, PostponedError
from annotations.services.import_processes import looked_at_aside
from annotations.services.import_writers import Work, writing
from annotations.services.imported_articles import Texts
from annotations.services.imported_batches import Batch, batches
from annotations.services.imported_documents import imported, no_hold
from annotations.services.imported_texts import with_texts
from annotations.services.prepared_documents import Documents, Prepared, made_ready

MOST_REFUSED: Final = 1000
"""Refusals that a report lists, fewer of each document the more documents there are; their numbers are all in it."""


BATCH_DOCUMENTS, BATCH_SPANS = 100, 3_000
"""What is written in one transaction at the most, but for a single document that is larger."""

FIRST = 1_000

SHARES, LEAST_SPANS = 4, 500
"""A batch is this part of all spans that are left, but not less than so many."""


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
    documents: Documents,
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
    report = Report(options.dry_run)
    whole = with_texts(desk, actor, documents)
    with closing(looked_at_aside(documents, whole, options.unit)) as steps:
        look = Look(steps)
        take = partial(_take, desk, actor, options, look)
        with writing(_batches(look.documents(), look), take) as work:
            look.run(partial(_begin, work))
            if not look.is_wrong:
                report.unit = look.unit or ""
                progress(report, look.total)
                _follow(work, report, partial(progress, report, look.total))
                return report
    total, unit = _proposed(whole())
    report.unit = unit or ""
    progress(report, total)
    ready = chain.from_iterable(made_ready(whole(), unit))
    with writing(_batches(ready, look), partial(take, is_ahead=False)) as work:
        _follow(work, report, partial(progress, report, total))
    return report


def _proposed(documents: Iterator[IncomingDocument]) -> tuple[int, Unit | None]:
    """How many, and the unit in which all quotes fit. None leaves each its own, where the misfits are named."""
    made, count = Proposal(), 0
    for document in documents:
        made.look_at(document)
        count += 1
    try:
        return count, made.unit
    except DomainError:
        return count, None


def _batches(documents: Iterator[Prepared], look: Look) -> Generator[Batch]:
    """Smaller towards the end, as far as it is known, so that no writer is left with much when the others are ready."""

    def most_spans(given: int) -> int:
        if not given:
            return FIRST
        return min(BATCH_SPANS, max((look.spans - given) // SHARES, LEAST_SPANS)) if look.spans else BATCH_SPANS

    return batches(documents, most_documents=BATCH_DOCUMENTS, most_spans=most_spans)


def _begin(work: "Work[Outcome]", documents: int, spans: int) -> None:
    """Once there is more than is written together: that is worth more than one connection."""
    if documents > BATCH_DOCUMENTS or spans > FIRST:
        work.begin()


def _follow(work: "Work[Outcome]", report: Report, progress: Callable[[], None]) -> None:
    for batch, outcome in work.results():
        report.see(batch, outcome)
        progress()


@dataclass(slots=True)
class Outcome:
    """What became of a batch that was to be written."""

    created: int = 0
    existing: int = 0
    refused: list[tuple[str, DomainError]] = field(default_factory=list)


def _take(desk: Desk, actor: User, options: Options, look: Look, batch: Batch, *, is_ahead: bool = True) -> Outcome:
    """All documents at once; when something in them is refused, one after the other.

    `is_ahead`: the look may not be over.
    """
    outcome = Outcome()
    write = partial(_written, desk, actor, options, look if is_ahead else None, batch.texts, outcome)
    if batch.documents and not write(batch.documents):
        for document in batch.documents:
            write([document])
    return outcome


def _written(
    desk: Desk,
    actor: User,
    options: Options,
    look: Look | None,
    texts: Texts,
    outcome: Outcome,
    documents: list[IncomingDocument],
) -> bool:
    """Whether it is known what became of them: stored, or, of a single one, refused."""
    try:
        with transaction.atomic():
            found = imported(
                desk, actor, documents, texts, keep_labels=options.keep_labels, hold=look.hold if look else no_hold
            )
            transaction.set_rollback(options.dry_run)
    except PostponedError:
        assert look  # noqa: S101 (it is the look that postpones)
        return not look.is_right() or _written(desk, actor, options, None, texts, outcome, documents)
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
