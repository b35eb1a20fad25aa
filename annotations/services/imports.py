"""Imports: texts with spans from a file become articles with annotations. A document comes in whole or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, transaction

from annotations.core.errors import DomainError
from annotations.formats.documents import IncomingDocument
from annotations.formats.spans import Proposal, resolved
from annotations.formats.units import Unit
from annotations.models import Desk, User
from annotations.permissions import require
from annotations.services.imported_documents import imported

MOST_REFUSED: Final = 1000
"""Refusals that a report lists; `refused_count` says how many there were."""


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
    refused: list[dict[str, Any]] = field(default_factory=list)

    def refuse(self, document: str, error: DomainError) -> None:
        """Note every bad span of a document, or the one reason why it cannot be taken."""
        rows = error.extra.get("spans") or [{"number": None, "code": error.code, "reason": error.message}]
        self.refused_count += len(rows)
        for row in rows[: max(0, MOST_REFUSED - len(self.refused))]:
            named = {"document": document, "span": row["number"], "code": row["code"], "detail": row["reason"]}
            self.refused.append(named)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def import_file(
    *, desk_id: UUID, actor: User, documents: Callable[[], Iterator[IncomingDocument]], options: Options
) -> Report:
    """`documents` reads the file from its beginning each time it is called. Raises what concerns the whole file."""
    desk = Desk.objects.visible_to(actor).filter(pk=desk_id).first()
    if desk is None:
        raise DomainError("not_found", "There is no such desk, or you do not work on it.")
    require(actor, "import", desk)
    unit = options.unit or _proposed(documents())
    report = Report(options.dry_run, unit or "")
    for document in documents():
        report.documents += 1
        report.spans += len(document.spans)
        report.skipped += document.skipped
        _take(desk, actor, replace(document, unit=unit) if unit else document, options, report)
    return report


def _proposed(documents: Iterator[IncomingDocument]) -> Unit | None:
    """The unit in which all quotes of the file fit; None leaves each document its own, where the misfits are named."""
    made = Proposal()
    for document in documents:
        made.look_at(document)
    try:
        return made.unit
    except DomainError:
        return None


def _take(desk: Desk, actor: User, document: IncomingDocument, options: Options, report: Report) -> None:
    try:
        with transaction.atomic():
            found = imported(desk, actor, resolved(document), keep_labels=options.keep_labels)
            transaction.set_rollback(options.dry_run)
    except DomainError as error:
        report.refuse(document.key, error)
    except DatabaseError as error:
        report.refuse(document.key, DomainError("refused", f"The database refuses it: {error}".split("\n", 1)[0]))
    else:
        report.created += found.created
        report.existing += found.existing
