"""Prodigy: spaCy finds the same words under the same labels, and everything comes back."""

import io
import json
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from annotations.core.errors import DomainError
from annotations.formats import prodigy
from annotations.formats.spans import Proposal
from tests.formats import mutations
from tests.formats.round_trip import assert_nothing_lost, assert_read_or_refused, read_back
from tests.formats.samples import ROWS, TEXT, document, drawn

FILE = b"".join(prodigy.written([document(), document("Other \U0001f973.", [], title="Other")]))
TASK: dict[str, Any] = json.loads(FILE.splitlines()[0])


def line(*spans: Any, **more: Any) -> bytes:
    return json.dumps({"text": TEXT, "spans": list(spans), **more}).encode() + b"\n"


def test_spacy_finds_the_same_words_and_labels() -> None:
    nlp = spacy.blank("xx")
    task = json.loads(FILE.splitlines()[0])
    letters = Doc(nlp.vocab, words=list(task["text"]), spaces=[False] * len(task["text"]))

    found = [letters.char_span(span["start"], span["end"], label=span["label"]) for span in task["spans"]]

    assert letters.text == TEXT
    assert sorted((span.label_, span.text) for span in found) == sorted(
        (label or "unlabelled", words) for label, words in drawn(ROWS)
    )
    assert [span.text for span in found] == [span["text"] for span in task["spans"]]


def test_spacy_makes_spans_of_every_line() -> None:
    nlp = spacy.blank("en")
    tasks = [json.loads(each) for each in FILE.splitlines()]

    docs = list(nlp.pipe(task["text"] for task in tasks))

    assert [doc.text for doc in docs] == [TEXT, "Other \U0001f973.", ""]
    first = tasks[0]["spans"][0]
    assert docs[0].char_span(first["start"], first["end"], label=first["label"]).text == "Nine people"


def test_nothing_is_lost() -> None:
    sent = [document(), document(TEXT * 2, [ROWS[0]])]

    assert_nothing_lost(sent, read_back(prodigy.read, b"".join(prodigy.written(sent))))


def test_the_last_line_counts() -> None:
    end = {"text": "", "spans": [], "meta": {"end": True, "documents": 0}, "answer": "ignore"}

    assert [json.loads(each) for each in prodigy.written([])] == [end]
    assert json.loads(FILE.splitlines()[-1])["meta"]["documents"] == 2
    assert read_back(prodigy.read, b"".join(prodigy.written([]))) == []


@pytest.mark.parametrize("lines", [[0], [0, 1], [0, 2]])
def test_a_cut_file_is_truncated(lines: list[int]) -> None:
    cut = b"\n".join(FILE.splitlines()[number] for number in lines)

    with pytest.raises(DomainError) as refused:
        read_back(prodigy.read, cut)

    assert refused.value.code == "truncated"


def test_tasks_of_other_tools_are_read() -> None:
    start = TEXT.index("died")
    span = {"start": start, "end": start + 4, "label": "PERSON", "token_start": 2, "token_end": 2, "id": "x"}
    file = line(span, span | {"label": ""}, meta={"title": "T", "score": 0.5}, answer="accept", _input_hash=-1)

    (incoming,) = read_back(prodigy.read, file)

    assert [(each.exact, each.labels, each.ref) for each in incoming.spans] == [
        ("died", ("PERSON",), ""),
        ("died", (), ""),
    ]
    assert incoming.metadata == {"title": "T"}


@pytest.mark.parametrize("answer", ["reject", "ignore"])
def test_refused_answers_are_texts_without_spans(answer: str) -> None:
    (incoming,) = read_back(prodigy.read, line({"start": 0, "end": 4, "label": "A"}, answer=answer))

    assert (incoming.text, list(incoming.spans), incoming.skipped) == (TEXT, [], 1)


def test_a_span_that_was_deleted_there_is_deleted_here() -> None:
    task = json.loads(json.dumps(TASK))
    task["spans"] = [span for span in task["spans"] if span["label"] != "prediction"]

    (incoming,) = read_back(prodigy.read, json.dumps(task | {"meta": {}}).encode())

    assert incoming.spans[0].labels == ("quantity",)
    assert len(incoming.spans) == len(ROWS) - 1


@pytest.mark.parametrize(
    ("span", "code"),
    [
        ({"start": 0, "end": len(TEXT) + 1}, "bad_range"),
        ({"start": 4, "end": 4}, "bad_range"),
        ({"start": 0, "end": 4, "text": "Ten "}, "quote_mismatch"),
        ({"start": 0, "end": 3, "text": "Nine"}, "inclusive_ends"),
    ],
)
def test_bad_spans_are_named(span: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        read_back(prodigy.read, line({"start": 0, "end": 4}, span))

    assert [(each["number"], each["code"]) for each in refused.value.extra["spans"]] == [(2, code)]


def test_the_unit_of_the_format_goes_first() -> None:
    made = Proposal()
    made.look_at(next(prodigy.read(io.BytesIO(line({"start": 0, "end": 4, "text": "Nine"})))))

    assert made.unit == "code_points"


@pytest.mark.parametrize("broken", [b"{", b"[1]\n", b'{"text": 1}', b"\xff\xfe\n", b'{"text": "a", "spans": [1]}'])
def test_what_is_no_task_is_malformed(broken: bytes) -> None:
    with pytest.raises(DomainError, match="Line 1 ") as refused:
        read_back(prodigy.read, broken)

    assert refused.value.code == "malformed"


@settings(deadline=None, max_examples=300)
@given(mutations.bytes_of(FILE))
def test_broken_bytes_are_refused(file: bytes) -> None:
    assert_read_or_refused(prodigy.read, file)


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_wrong_values_are_refused(data: st.DataObject) -> None:
    task = data.draw(mutations.values_of(TASK))

    assert_read_or_refused(prodigy.read, json.dumps(task).encode())
