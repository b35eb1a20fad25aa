"""Imports in the background: by the real worker, told as they go, begun again when their worker was killed."""

import datetime as dt
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.formats.jsonl_documents import read
from annotations.jobs import resume_imports
from annotations.models import Annotation, Desk, ImportRun, User
from annotations.models.import_run import ImportState
from annotations.services.import_runs import run_import, start_import
from annotations.services.imports import Options, import_file
from tests.api.client import Api, problem
from tests.operations.worker import work
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_periodic_defers CASCADE")


def line(number: int, end: int = 4) -> bytes:
    spans = [{"start": 0, "end": end, "exact": "Nine"}]
    return json.dumps({"key": f"n{number}", "text": f"Nine {number} people.", "annotations": spans}).encode() + b"\n"


def browser_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def started(desk: Desk, people: People, content: bytes, **options: bool) -> ImportRun:
    return start_import(
        desk_id=desk.pk, actor=people.checker, format="jsonl", name="a.jsonl", content=content,
        options=Options(**options),
    )  # fmt: skip


def test_a_file_is_taken_at_once_and_brought_in_by_the_worker(desk: Desk, people: People) -> None:
    checker = Api(people.checker)
    body = b"".join(map(line, range(3))) + line(3, end=400)

    answer = checker.send("POST", "import/jsonl/?desk=demo&background=true", raw=body, media_type="text/plain")

    assert (answer.status_code, answer.json()["state"], answer.json()["report"]) == (202, "waiting", None)
    assert not Annotation.objects.exists()
    work()
    run = checker.send("GET", answer.headers["Location"].removeprefix("/api/v1/")).json()
    assert (run["state"], run["documents"], run["documents_total"]) == ("done", 4, 4)
    assert (run["report"]["created"], run["report"]["refused_count"]) == (3, 1)
    assert (run["report"]["refused"][0]["document"], run["report"]["refused"][0]["span"]) == ("n3", 1)
    assert Annotation.objects.count() == 3
    assert bytes(ImportRun.objects.get().content) == b""


def test_progress_is_told_after_each_batch(desk: Desk, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotations.services.imports.BATCH_DOCUMENTS", 2)
    content = b"".join(map(line, range(5)))
    seen: list[tuple[int, int, int]] = []

    import_file(
        desk_id=desk.pk,
        actor=people.checker,
        documents=lambda: read(io.BytesIO(content)),
        options=Options(),
        progress=lambda report, total: seen.append((report.documents, total, Annotation.objects.count())),
    )

    assert [told[:2] for told in seen] == [(0, 5), (3, 5), (5, 5), (5, 5)]
    # The second writer may have stored its batch already; nothing is told that is not stored.
    assert all(stored >= least for (_, _, stored), least in zip(seen, (0, 2, 4, 5), strict=True))
    assert seen[-1] == (5, 5, 5)


def test_what_concerns_the_whole_file_is_its_end(desk: Desk, people: People) -> None:
    run = started(desk, people, line(1) + b"{")

    work()

    run.refresh_from_db()
    assert (run.state, run.why_failed) == (
        ImportState.FAILED,
        "The file breaks off in line 2. Send the whole file.",
    )
    assert not Annotation.objects.exists()


def test_an_import_whose_worker_was_killed_goes_on(desk: Desk, people: People) -> None:
    run = started(desk, people, b"".join(map(line, range(3))))
    run_import(run.pk)
    ImportRun.objects.update(state=ImportState.RUNNING, content=b"".join(map(line, range(4))))
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")

    resume_imports(0)
    assert not ProcrastinateJob.objects.exists()
    ImportRun.objects.update(touched=timezone.now() - dt.timedelta(minutes=3))
    resume_imports(0)
    work()

    run.refresh_from_db()
    assert (run.state, run.report["created"], run.report["existing"]) == (ImportState.DONE, 1, 3)
    assert Annotation.objects.count() == 4


def test_the_job_is_queued_when_the_file_is_kept(desk: Desk, people: People) -> None:
    """Not before: a worker that is told early finds nothing, and the import would wait for ever."""
    with transaction.atomic():
        started(desk, people, line(1))
        assert not ProcrastinateJob.objects.exists()

    assert ProcrastinateJob.objects.count() == 1


def test_an_import_that_was_never_queued_is_begun_once(desk: Desk, people: People) -> None:
    run = started(desk, people, line(1))
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    ImportRun.objects.update(touched=timezone.now() - dt.timedelta(minutes=3))

    resume_imports(0)
    resume_imports(0)

    assert ProcrastinateJob.objects.count() == 1
    work()
    run.refresh_from_db()
    assert run.state == ImportState.DONE


def test_a_dry_run_keeps_nothing(desk: Desk, people: People) -> None:
    run = started(desk, people, line(1), dry_run=True)

    work()

    run.refresh_from_db()
    assert (run.state, run.report["created"]) == (ImportState.DONE, 1)
    assert not Annotation.objects.exists()


def test_the_page_sends_a_file_and_shows_the_report(desk: Desk, people: People) -> None:
    checker = browser_of(people.checker)
    file = SimpleUploadedFile("corpus.jsonl", line(1) + line(2, end=400))

    sent = checker.post("/desks/demo/imports/", {"format": "jsonl", "file": file, "unit": ""})

    url = sent.headers["Location"]
    page = checker.get(url).content.decode()
    assert 'hx-trigger="every 1s"' in page
    work()
    piece = checker.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in piece
    assert "The range 0–400 lies outside of the text" in piece
    assert "corpus.jsonl" in checker.get("/desks/demo/imports/").content.decode()


def test_who_may_not_import_is_told_so(desk: Desk, people: People) -> None:
    run = started(desk, people, line(1))

    assert browser_of(people.reader).get("/desks/demo/imports/").status_code == 403
    assert browser_of(people.reader).get(f"/imports/{run.pk}/").status_code == 404
    answer = Api(people.reader).send("POST", "import/jsonl/?desk=demo&background=true", raw=line(1), media_type="a/b")
    problem(answer, 403, "not_allowed")
