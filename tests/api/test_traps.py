"""Texts that must survive every path, from import to export, with their ranges in code points."""

import json
from typing import Any

import pytest

from annotations.core.text import canonical
from tests.api.conftest import As
from tests.conformance import CONFORMANCE, needs_conformance
from tests.people import People

FILE = CONFORMANCE / "traps" / "traps.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else []
REFUSED = {"nul", "lone-surrogate"}
TEXTS = [case for case in CASES if "text" in case]


@needs_conformance
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("case", TEXTS, ids=[case["name"] for case in TEXTS])
def test_each_trap_survives_from_import_to_export(api: As, people: People, case: dict[str, Any]) -> None:
    client = api(people.checker)
    body = json.dumps({"desk": "demo", "text": case["text"], "title": "Trap"})  # escapes keep half characters writable

    made = client.generic("POST", "/api/v1/articles/", body, content_type="application/json")

    if case["name"] in REFUSED:
        assert (made.status_code, made.json()["code"]) == (400, case["name"].replace("-", "_"))
        return
    assert made.status_code == 201
    article = made.json()["id"]
    text = client.get(f"/api/v1/articles/{article}/text/").content.decode()
    assert text == canonical(case["text"])
    before = case["text"][: case["cp"][0]]
    shift = before.startswith("\ufeff") + before.count("\r\n")
    start, end = case["cp"][0] - shift, case["cp"][1] - shift
    created = client.post(
        "/api/v1/annotations/",
        {"article": article, "start": start, "end": end, "exact": case["exact"], "claim": case["exact"]},
        format="json",
    )
    assert created.status_code == 201, created.json()
    exported = client.get(f"/api/v1/export/jsonl/?article={article}&state=open").content
    row = json.loads(exported.decode().split("\n")[0])
    assert (row["start"], row["end"], row["exact"], row["claim"]) == (start, end, case["exact"], case["exact"])
    assert text[start:end] == case["exact"]
