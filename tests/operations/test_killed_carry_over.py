"""A process that is killed while it carries annotations over leaves the article as it was."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from annotations import ingest
from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article, CoverageMark, Desk, Event, Placement, Revision
from annotations.services.revisions import revise_article
from annotations.services.verification import verify_history
from tests.operations.site import LONGEST_START, ROOT, environment
from tests.people import TEXT, People
from tests.states import annotation_at, cover

GATE = 40_422
NEW = "UPDATED: the ministry has answered.\n\n" + TEXT.replace("lost nine", "lost eleven")
BRAKE = f"""
CREATE FUNCTION factcheck_brake() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF to_jsonb(new) ->> 'action' = 'carry' THEN PERFORM pg_advisory_xact_lock({GATE}); END IF;
    RETURN new;
END $$;
CREATE TRIGGER brake BEFORE INSERT ON annotations_event FOR EACH ROW EXECUTE FUNCTION factcheck_brake()
"""
WAITING = f"""
    SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = database
    WHERE locktype = 'advisory' AND objid = {GATE} AND NOT granted AND datname = current_database()
"""


@pytest.fixture
def brake(transactional_db: None) -> Iterator[None]:
    """Holds every carry-over where it writes its events: after revision, placements, annotations; before the marks."""
    with connection.cursor() as cursor:
        cursor.execute(BRAKE)
        cursor.execute("SELECT pg_advisory_lock(%s)", [GATE])
        yield
        cursor.execute("SELECT pg_advisory_unlock_all()")
        cursor.execute("DROP FUNCTION factcheck_brake CASCADE")


def database_url() -> str:
    with connection.cursor():
        info = connection.connection.info
    secret = f"password={info.password}&" if info.password else ""
    return f"postgresql:///{info.dbname}?{secret}user={info.user}&host={info.host}&port={info.port}"


def asked_until(statement: str, *, is_wanted: bool) -> list[int]:
    """Ask again until there are rows, or until there are none."""
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            rows = [row[0] for row in cursor.fetchall()]
        if bool(rows) is is_wanted:
            return rows
        time.sleep(0.02)
    raise AssertionError(f"Still the same after {LONGEST_START} seconds: {statement}")


def kill_half_way(article: Article, file: Path) -> None:
    command = [sys.executable, "manage.py", "revise_article", str(article.pk), str(file), "--user", "checker2"]
    with subprocess.Popen(command, cwd=ROOT, env=environment(DATABASE_URL=database_url())) as process:
        try:
            (backend,) = asked_until(WAITING, is_wanted=True)
        finally:
            process.kill()
    assert process.returncode == -signal.SIGKILL
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [GATE])
    asked_until(f"SELECT pid FROM pg_stat_activity WHERE pid = {backend}", is_wanted=False)  # noqa: S608 (a number)


def test_killed_process_leaves_the_old_revision_and_all_that_stands_in_it(
    brake: None, article: Article, desk: Desk, people: People, tmp_path: Path
) -> None:
    quotes = ("thousands of troops", '"We lost nine,"')
    for quote in quotes:
        annotation_at(AnnotationState.SIGNED_OFF, article, people, quote)
    cover(article, people)
    file = tmp_path / "copy.txt"
    file.write_text(NEW, encoding="utf-8")
    events, marks = Event.objects.count(), CoverageMark.objects.count()

    kill_half_way(article, file)

    found = Annotation.objects.values_list("exact", "state", "revision__number")
    assert set(found) == {(quote, "signed_off", 1) for quote in quotes}
    assert (Revision.objects.count(), Placement.objects.count()) == (1, 0)
    assert (Event.objects.count(), CoverageMark.objects.count()) == (events, marks)
    assert verify_history(desk).broken == ""

    revise_article(article_id=article.pk, actor=people.checker2, incoming=ingest.read_text(NEW))
    assert set(Annotation.objects.values_list("exact", "state", "revision__number")) == {
        ("thousands of troops", "signed_off", 2),
        ('"We lost nine,"', "needs_recheck", 1),
    }
