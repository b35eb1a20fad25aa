"""The page of an import whose file was bad: how much was refused, in how many documents."""

import json
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from annotations.models import Desk, ImportRun, User
from annotations.services.import_runs import run_import, start_import
from annotations.services.imports import Options
from tests.people import People

AsUser = Callable[[User], Client]


def page_of(desk: Desk, people: People, as_user: AsUser, documents: int, spans: int) -> str:
    bad = [{"start": 0, "end": 9999}] * spans
    lines = [json.dumps({"key": f"k{n}", "text": f"Nine {n}.", "annotations": bad}) for n in range(documents)]
    content = "\n".join(lines).encode()
    run = start_import(
        desk_id=desk.pk, actor=people.checker, format="jsonl", name="x", content=content, options=Options()
    )
    run_import(run.pk)
    assert ImportRun.objects.get(pk=run.pk).state == "done"
    return as_user(people.checker).get(reverse("annotations:import-run", args=(run.pk,))).content.decode()


def test_a_long_report_says_that_it_is_not_all(desk: Desk, people: People, as_user: AsUser) -> None:
    html = page_of(desk, people, as_user, documents=12, spans=100)

    assert "1200 in 12 documents" in html
    assert f"{html.count('<tr>') - 1} of 1200 are listed" in html
    assert all(f">k{number}</th>" in html for number in range(12))


def test_a_short_report_is_all_of_it(desk: Desk, people: People, as_user: AsUser) -> None:
    html = page_of(desk, people, as_user, documents=1, spans=2)

    assert "2 in 1 document<" in html
    assert "are listed" not in html
