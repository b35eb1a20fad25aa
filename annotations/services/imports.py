"""Imports: texts with spans from a file become articles with annotations. A document comes in whole or not at all."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import chain
from uuid import UUID

from django.db import DatabaseError, transaction

from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.formats.documents import IncomingDocument
from annotations.formats.spans import Proposal
from annotations.formats.units import Unit
from annotations.models import Desk, User
from annotations.permissions import require
from annotations.services.import_looks import Look, PostponedError
from annotations.services.import_processes import looked_at_aside
from annotations.services.import_reports import Outcome, Report
from annotations.services.import_writers import Work, writing
from annotations.services.imported_articles import Texts
from annotations.services.imported_batches import Batch, batches
from annotations.services.imported_documents import imported, no_hold
from annotations.services.imported_texts import with_texts
from annotations.services.prepared_documents import Documents, Prepared, made_ready

BATCH_DOCUMENTS, BATCH_SPANS = 100, 3_000
"""What is written in one transaction at the most, but for a single document that is larger."""

FIRST_SPANS, LEAST_SPANS, SHARES = 1_000, 500, 4
"""Of the first batch, and by which the next are larger; the least of the last ones; and which part of what is left."""


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
    total, proposed = _proposed(whole())
    unit = options.unit or proposed
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
    """Smaller at the beginning, so that writing begins sooner, and towards the end, as far as that is known.

    No writer is left with much then when the others are ready.
    """

    def most_spans(given: int) -> int:
        left = max((look.spans - given) // SHARES, LEAST_SPANS) if look.spans else BATCH_SPANS
        return min(given + FIRST_SPANS, left, BATCH_SPANS)

    return batches(documents, most_documents=BATCH_DOCUMENTS, most_spans=most_spans)


def _begin(work: "Work[Outcome]", documents: int, spans: int) -> None:
    """Once there is more than is written together: that is worth more than one connection."""
    if documents > BATCH_DOCUMENTS or spans > FIRST_SPANS:
        work.begin()


def _follow(work: "Work[Outcome]", report: Report, progress: Callable[[], None]) -> None:
    for batch, outcome in work.results():
        report.see(batch, outcome)
        progress()


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
