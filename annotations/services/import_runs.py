"""Imports in the background: a file is kept, a job brings it in batch by batch, and tells how far it is.

A job that was killed is begun again: an import adds nothing twice, so that it goes on where it stopped.
"""

import datetime as dt
import io
from contextlib import suppress
from functools import partial
from typing import Final
from uuid import UUID

import psycopg
from django.db import connection, transaction
from django.utils import timezone, translation
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from annotations.core.errors import DomainError
from annotations.core.wording import _, kept
from annotations.formats.readers import Reading
from annotations.formats.units import Unit
from annotations.models import Desk, ImportRun, User
from annotations.models.import_run import ImportState
from annotations.permissions import require
from annotations.services.import_reports import Report
from annotations.services.imports import Options, import_file
from annotations.services.rows import insert

TASK: Final = "run_import"
SILENCE: Final = dt.timedelta(minutes=2)
"""Without a sign of life for so long, whoever worked on an import is gone."""


@transaction.atomic
def start_import(*, desk_id: UUID, actor: User, format: str, name: str, content: bytes, options: Options) -> ImportRun:
    """Keep the file, and queue the job that brings it in."""
    desk = Desk.objects.visible_to(actor).filter(pk=desk_id).first()
    if desk is None:
        raise DomainError("not_found", _("There is no such desk, or you do not work on it."))
    require(actor, "import", desk)
    run = ImportRun(
        desk=desk,
        created_by=actor,
        name=name[:300],
        format=format,
        unit=options.unit or "",
        keep_labels=options.keep_labels,
        dry_run=options.dry_run,
        content=content,
    )
    insert([run])  # as bytes: Django puts values into the text of a statement, where a file takes seven times its size
    # A server that works in its own process queues over another connection: the job would look for a row that is not
    # there yet, the longer the larger the file.
    transaction.on_commit(partial(queue, run.pk))
    return run


def queue(run_id: UUID) -> None:
    """One job at a time works on an import, and one at the most waits to."""
    name = f"import {run_id}"
    with suppress(AlreadyEnqueued):
        app.configure_task(TASK, lock=name, queueing_lock=name).defer(run=str(run_id))


def stalled(now: dt.datetime) -> list[UUID]:
    """Imports whose job is gone, or was never queued."""
    rows = ImportRun.objects.open().filter(touched__lt=now - SILENCE)
    return list(rows.values_list("pk", flat=True))


@translation.override("en")
def run_import(run_id: UUID) -> None:
    """Bring the file in. What concerns the whole file ends as "failed", with the sentence.

    The report is read by everybody on the desk, each in a language of their own: sentences are stored as what they are
    made of. Whatever the database says stays English.
    """
    run = ImportRun.objects.select_related("created_by").defer("content").get(pk=run_id)
    if not run.is_open:
        return
    _change(run, state=ImportState.RUNNING.value)
    options = Options(Unit(run.unit) if run.unit else None, keep_labels=run.keep_labels, dry_run=run.dry_run)

    def progress(report: Report, total: int) -> None:
        _change(run, documents=report.documents, documents_total=total)

    try:
        report = import_file(
            desk_id=run.desk_id,
            actor=run.created_by,
            documents=Reading(run.format, io.BytesIO(_content(run.pk))),
            options=options,
            progress=progress,
        )
    except DomainError as error:
        _end(run, ImportState.FAILED, refusal=kept(error.message))
    except Exception:
        _end(run, ImportState.FAILED, refusal=kept(_("Something went wrong here. The log of the server says what.")))
        raise
    else:
        _end(run, ImportState.DONE, documents=report.documents, report=report.as_stored())


def _content(run_id: UUID) -> bytes:
    """The file. It comes as bytes, and not as text of twice the size."""
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute("SELECT content FROM annotations_importrun WHERE id = %s", [run_id], binary=True)
        [(content,)] = cursor
    return bytes(content)


def _end(run: ImportRun, state: ImportState, **values: object) -> None:
    _change(run, state=state.value, ended=timezone.now(), content=b"", **values)


def _change(run: ImportRun, **values: object) -> None:
    ImportRun.objects.filter(pk=run.pk).update(touched=timezone.now(), **values)
