"""Imports: documents whole or not at all, spans named with the reason, nothing twice, history for everything."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from annotations.models import Annotation, Article, Desk, Event
from annotations.services.verification import verify_history
from tests.api.client import Api, problem
from tests.formats.test_brat import archive
from tests.people import People

TEXT = "Nine people 👩‍👩‍👧 died, the leader said. مرحبا 中文."


def span(quote: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote), "exact": quote, **more}


def line(*spans: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"key": "one", "text": TEXT, "annotations": list(spans), **more}).encode() + b"\n"


def sent(api: Api, body: bytes, format: str = "jsonl", **params: Any) -> dict[str, Any]:
    query = "&".join(f"{name}={value}" for name, value in {"desk": "demo", **params}.items())
    response = api.send("POST", f"import/{format}/?{query}", raw=body, media_type="application/x-ndjson")
    assert response.status_code == 200, response.content
    return dict(json.loads(response.content))


GOOD = line(
    span("Nine people", terms=["quantity"], claim="Nine died.", verdict={"term": "accurate", "rationale": "Report."}),
    span("مرحبا", note="Arabic", attributions=[{"source": "Agencies"}], evidence=[{"url": "https://example.org/"}]),
)


def test_texts_and_spans_become_articles_and_annotations(checker: Api, desk: Desk, people: People) -> None:
    report = sent(checker, GOOD)

    assert {name: report[name] for name in ("documents", "spans", "created", "existing", "refused", "unit")} == {
        "documents": 1, "spans": 2, "created": 2, "existing": 0, "refused": [], "unit": "code_points",
    }  # fmt: skip
    article = Article.objects.get(title="one")
    assert (article.current.text, article.state) == (TEXT, "checking")
    first, second = Annotation.objects.order_by("start")
    assert (first.exact, first.claim, first.state, first.author) == (
        "Nine people",
        "Nine died.",
        "open",
        people.checker,
    )
    assert [label.term.key for label in first.labels.all()] == ["quantity"]
    assert first.verdicts.get().term.key == "accurate"
    assert (second.exact, second.note) == ("مرحبا", "Arabic")
    assert (second.attributions.get().source, second.evidence.get().url) == ("Agencies", "https://example.org/")
    events = Event.objects.filter(annotation=first)
    assert [(event.action, (event.after or {})["terms"]) for event in events] == [("create", ["quantity"])]


def test_history_stays_a_chain(checker: Api, desk: Desk) -> None:
    sent(checker, GOOD)

    assert verify_history(desk).broken == ""


def test_a_repeated_import_adds_nothing(checker: Api, desk: Desk) -> None:
    sent(checker, GOOD)
    events = Event.objects.count()

    report = sent(checker, GOOD)

    assert (report["created"], report["existing"]) == (0, 2)
    assert (Article.objects.count(), Annotation.objects.count(), Event.objects.count()) == (1, 2, events)


def test_what_stands_twice_in_a_file_comes_in_twice_and_is_known_the_next_time(checker: Api, desk: Desk) -> None:
    """Foreign labels are in the note, so that marks with different ones look alike: none of them may be lost."""
    start = TEXT.index("people")
    cue = f"T1\tCue {start} {start + 6}\tpeople\nT2\tAttribution {start} {start + 6}\tpeople\n"
    same = f"T3\tCue {start} {start + 6}\tpeople\nE1\tAttribution:T2 Cue:T1\nA1\tHard T3\n"
    body = archive({"a.txt": TEXT, "a.ann": cue + same})

    first = sent(checker, body, "brat", unknown_labels="note")
    again = sent(checker, body, "brat", unknown_labels="note")

    assert [(each["created"], each["existing"]) for each in (first, again)] == [(3, 0), (0, 3)]
    assert sorted(Annotation.objects.values_list("note", flat=True)) == [
        "labels: Attribution\nevent: Attribution, Cue: “people”", "labels: Cue", "labels: Cue\nHard: true",
    ]  # fmt: skip


def test_a_relation_of_a_span_to_itself_is_refused(checker: Api, desk: Desk) -> None:
    task = {
        "text": TEXT,
        "entities": [{"id": 1, "label": "quantity", "start_offset": 0, "end_offset": 4}],
        "relations": [{"from_id": 1, "to_id": 1, "type": "same_fact"}],
    }

    report = sent(checker, json.dumps(task).encode(), "doccano")

    assert (report["created"], [row["code"] for row in report["refused"]]) == (0, ["unknown_relation"])
    assert "to itself" in report["refused"][0]["detail"]


def test_a_dry_run_keeps_nothing(checker: Api, desk: Desk) -> None:
    report = sent(checker, GOOD, dry_run="true")

    assert (report["created"], report["dry_run"]) == (2, True)
    assert not Article.objects.exists()


def test_a_document_with_a_bad_span_stays_out_and_the_others_come_in(checker: Api, desk: Desk) -> None:
    bad = line(span("Nine people"), {"start": 0, "end": 4, "exact": "Ten "}, {"start": 3, "end": 9999}, text=TEXT + "!")

    report = sent(checker, bad + GOOD)

    assert report["created"] == 2
    assert [(row["document"], row["span"], row["code"]) for row in report["refused"]] == [
        ("one", 2, "quote_mismatch"), ("one", 3, "bad_range"),
    ]  # fmt: skip
    assert all(row["detail"].endswith(".") for row in report["refused"])
    assert Article.objects.count() == 1


def test_inclusive_ends_are_refused_by_name(checker: Api, desk: Desk) -> None:
    start = TEXT.index("leader")
    report = sent(checker, line({"start": start, "end": start + 5, "exact": "leader"}))

    assert [(row["code"], row["detail"]) for row in report["refused"]] == [
        (
            "inclusive_ends",
            f"Its ends seem to be inclusive: its quote “leader” does not stand at {start}–{start + 5}, but at "
            f"{start}–{start + 6}. Add one to each end, then send the file again.",
        )
    ]
    assert not Article.objects.exists()


def test_all_bad_spans_are_counted_and_the_first_hundred_of_a_document_named(checker: Api, desk: Desk) -> None:
    report = sent(checker, line(*({"start": 0, "end": 9999} for _ in range(130))))

    assert (report["refused_count"], len(report["refused"])) == (130, 100)


def test_every_document_with_bad_spans_is_named_however_many_there_are(checker: Api, desk: Desk) -> None:
    bad = [{"start": 0, "end": 9999}] * 90
    body = b"".join(line(*bad, key=f"k{number}", text=f"{TEXT} {number}") for number in range(30))

    report = sent(checker, body)

    assert (report["refused_count"], report["refused_documents"]) == (2700, 30)
    spans = [[row["span"] for row in report["refused"] if row["document"] == f"k{number}"] for number in range(30)]
    assert [each[:22] for each in spans] == [list(range(1, 23))] * 30  # 90, halved until all are few enough
    assert len(report["refused"]) <= 1000


@pytest.mark.parametrize("params", [{}, {"unit": "utf16"}])
def test_offsets_in_utf16_are_told_by_the_quotes_or_declared(params: dict[str, str], checker: Api, desk: Desk) -> None:
    start = len(TEXT[: TEXT.index("leader")].encode("utf-16-le")) // 2

    report = sent(checker, line({"start": start, "end": start + 6, "exact": "leader"}), **params)

    assert (report["unit"], report["created"]) == ("utf16", 1)
    assert Annotation.objects.get().exact == "leader"


def test_unknown_labels_are_refused_or_kept_in_the_note(checker: Api, desk: Desk) -> None:
    body = line(span("leader", terms=["PERSON"], note="Who?"))

    assert [row["code"] for row in sent(checker, body)["refused"]] == ["unknown_term"]
    assert sent(checker, body, unknown_labels="note")["created"] == 1
    assert Annotation.objects.get().note == "Who?\nlabels: PERSON"


def test_foreign_relations_are_refused_or_kept_in_the_note(checker: Api, desk: Desk) -> None:
    marks = [{"id": 1, "label": "quantity", "start_offset": 0, "end_offset": 4},
             {"id": 2, "label": "prediction", "start_offset": 5, "end_offset": 9}]  # fmt: skip
    kinds = ["subject", "contradicts", "contradicts"]
    relations = [{"from_id": 1, "to_id": 2, "type": kind} for kind in kinds]
    body = json.dumps({"text": "Nine died.", "entities": marks, "relations": relations}).encode()

    refused = sent(checker, body, "doccano")["refused"]
    assert [(row["code"], row["span"]) for row in refused] == [("unknown_relation", None)]
    assert sent(checker, body, "doccano", unknown_labels="note")["created"] == 2
    first, second = Annotation.objects.order_by("start")
    assert (first.note, second.note) == ("subject: “died”", "")
    assert [(link.target, link.kind) for link in first.links.all()] == [(second, "contradicts")]
    assert verify_history(desk).broken == ""


def test_what_concerns_the_whole_file_is_a_refusal(checker: Api, desk: Desk, people: People) -> None:
    raw = {"raw": b"{", "media_type": "text/plain"}
    problem(checker.send("POST", "import/jsonl/?desk=demo", **raw), 400, "malformed")
    problem(checker.send("POST", "import/nothing/?desk=demo", **raw), 404, "not_found")
    problem(checker.send("POST", "import/jsonl/?desk=other", **raw), 404, "not_found")
    problem(Api(people.reader).send("POST", "import/jsonl/?desk=demo", **raw), 403, "not_allowed")


def test_the_command_does_the_same(desk: Desk, people: People, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(GOOD)
    output = StringIO()

    call_command("import_annotations", "jsonl", str(file), "--desk", "demo", stdout=output)

    assert json.loads(output.getvalue())["created"] == 2
    assert Annotation.objects.count() == 2


@pytest.mark.parametrize(
    "part",
    [
        {"verdict": {"term": "accurate", "rationale": "So.", "as_of": "2026-02-31"}},
        {"verdict": {"term": "accurate", "rationale": "So.", "as_of": "soon"}},
        {"evidence": [{"url": "https://example.org/", "retrieved_at": "2026-01-01T25:00:00Z"}]},
        {"evidence": [{"url": "https://example.org/", "retrieved_at": "0001-01-01T00:00:00+14:00"}]},
        {"evidence": [{"url": "https://example.org/", "retrieved_at": "9999-12-31T23:59:59-14:00"}]},
        {"evidence": ["https://example.org/"]},
        {"attributions": [{"source": "Agencies", "source_range": "1-2"}]},
        {"attributions": [{"source": "Agencies", "source_range": {"start": 4}}]},
        {"verdict": "accurate"},
        {"terms": [["quantity"]]},
        {"terms": "quantity"},
        {"claim": {"a": 1}},
    ],
    ids=str,
)
def test_parts_of_the_wrong_shape_are_refused_with_a_sentence(part: dict[str, Any], checker: Api, desk: Desk) -> None:
    body = line(span("Nine people", **part))

    answer = checker.send("POST", "import/jsonl/?desk=demo", raw=body, media_type="text/plain")

    told = answer.json()["detail"] if answer.status_code == 400 else answer.json()["refused"][0]["detail"]
    assert told.endswith("."), told
    assert not Annotation.objects.exists()
