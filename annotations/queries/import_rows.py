"""Imports in the background as the API and the page show them."""

from typing import Any

from django.db.models import QuerySet

from annotations.models import ImportRun, User
from annotations.queries.rows import timestamp


def imports_of(actor: User) -> QuerySet[ImportRun]:
    """Without the files."""
    return ImportRun.objects.visible_to(actor).defer("content")


def import_row(run: ImportRun) -> dict[str, Any]:
    return {
        "id": str(run.pk),
        "desk": run.desk.slug,
        "author": run.created_by.username,
        "name": run.name,
        "format": run.format,
        "dry_run": run.dry_run,
        "state": run.state,
        "documents": run.documents,
        "documents_total": run.documents_total,
        "error": run.why_failed,
        "report": run.told_report,
        "created": timestamp(run.created),
        "ended": timestamp(run.ended),
    }
