"""Label Studio: its documented shape holds our ranges and labels, we find everything, and its own exports are read."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.core.errors import DomainError
from annotations.formats import label_studio
from annotations.formats.documents import IncomingDocument
from tests.formats import incoming, mutations, outgoing
from tests.formats.outgoing import ROWS, TEXT, document, row

WHOLE = b"".join(label_studio.written([document(2), document(3, [row(1, (0, 4))])]))
TASKS: list[dict[str, Any]] = json.loads(WHOLE)

VALUE = {
    "type": "object",
    "required": ["start", "end", "text", "labels"],
    "additionalProperties": False,
    "properties": {
        "start": {"type": "integer"},
        "end": {"type": "integer"},
        "text": {"type": "string"},
        "labels": {"type": "array", "items": {"type": "string"}, "minItems": 1},
    },
}
REGION = {
    "type": "object",
    "required": ["id", "from_name", "to_name", "type", "value"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"},
        "from_name": {"const": "label"},
        "to_name": {"const": "text"},
        "type": {"const": "labels"},
        "value": VALUE,
    },
}
RELATION = {
    "type": "object",
    "required": ["type", "from_id", "to_id", "direction", "labels"],
    "additionalProperties": False,
    "properties": {
        "type": {"const": "relation"},
        "from_id": {"type": "string"},
        "to_id": {"type": "string"},
        "direction": {"enum": ["left", "right", "bi"]},
        "labels": {"type": "array", "items": {"type": "string"}},
    },
}
ANNOTATION = {
    "type": "object",
    "required": ["result"],
    "properties": {"result": {"type": "array", "items": {"oneOf": [REGION, RELATION]}}},
}
TASK = {
    "type": "object",
    "required": ["data"],
    "properties": {
        "data": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
        "annotations": {"type": "array", "items": ANNOTATION},
        "predictions": {"type": "array"},
    },
}
"""labelstud.io/guide/task_format and export, for a project with <Labels name="label" toName="text">."""


def read(*result: dict[str, Any], text: str = "🎉 Nine people\ndied.", **task: Any) -> IncomingDocument:
    given = {"data": {"text": text}, "annotations": [{"result": list(result)}], **task}
    (found,) = incoming.documents("label-studio", json.dumps([given]).encode())
    return found


def region(start: int, end: int, quote: Any, id: str = "a", **more: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": quote, "labels": ["N"]}
    return {"id": id, "from_name": "n", "to_name": "t", "type": "labels", "value": value, **more}


def test_tasks_are_numbered_for_the_converter() -> None:
    tasks = json.loads(b"".join(label_studio.written([outgoing.document(2), outgoing.document(3)])))

    assert [task["id"] for task in tasks] == [1, 2]


def test_tasks_have_the_documented_shape() -> None:
    jsonschema.validate(TASKS, {"type": "array", "items": TASK})


def test_regions_are_the_same_ranges_and_labels() -> None:
    result = TASKS[0]["annotations"][0]["result"]
    expected = [
        (part["start"], part["end"], TEXT[part["start"] : part["end"]], each["terms"] or ["unlabelled"])
        for each in ROWS
        for part in each["fragments"] or [each]
    ]
    values = [each["value"] for each in result if each["type"] == "labels"]

    assert TASKS[0]["data"]["text"] == TEXT
    assert [(each["start"], each["end"], each["text"], each["labels"]) for each in values] == expected
    assert all(TEXT[each["start"] : each["end"]] == each["text"] for each in values)
    assert len({each["id"] for each in result if each["type"] == "labels"}) == len(expected)


def test_everything_comes_back() -> None:
    first, second = incoming.documents("label-studio", WHOLE)

    assert (first.text, len(second.spans)) == (TEXT, 1)
    assert [incoming.core(span) for span in first.spans] == [outgoing.core(each) for each in ROWS]
    assert incoming.links(first) == [("depends_on", 1, 2), ("contradicts", 6, 1), ("same_fact", 3, 4)]
    assert (first.metadata["title"], first.metadata["language"]) == ("Nine 👩🏽‍🔬 dïed", "uk")


def test_what_was_done_in_label_studio_counts() -> None:
    task = json.loads(json.dumps(TASKS[0]))
    result = task["annotations"][0]["result"]
    result[0]["value"] |= {"end": 4, "text": "Nine", "labels": ["prediction"]}
    result[0]["meta"] = {"text": ["Shorter."]}
    del result[1]
    result[:] = [each for each in result if each.get("to_id") != ROWS[1]["id"]]

    (found,) = incoming.documents("label-studio", json.dumps([task]).encode())

    first = found.spans[0]
    assert (first.start, first.end, first.labels, first.claim) == (0, 4, ("prediction",), ROWS[0]["claim"])
    assert first.note == f"{ROWS[0]['note']}\nShorter."
    assert len(found.spans) == len(ROWS) - 1


def test_its_own_exports_are_read() -> None:
    found = read(
        {"from_name": "d", "to_name": "t", "type": "choices", "id": "a", "value": {"start": 2, "choices": ["x", "y"]}},
        region(2, 6, "Nine"),
        region(2, 6, "Nine", value={"start": 2, "end": 6, "text": "Nine", "labels": ["M"]}),
        region(7, 18, "people\\ndied", "b", meta={"text": ["Who?"]}),
        {"from_name": "c", "type": "textarea", "id": "b", "value": {"start": 7, "text": ["Well.", "So."]}},
        {"from_name": "r", "type": "rating", "id": "b", "value": {"rating": 4}},
        {"from_name": "all", "type": "choices", "id": "z", "value": {"choices": ["news"]}},
        {"type": "relation", "from_id": "a", "to_id": "b", "direction": "left", "labels": ["of", "in"]},
        {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right"},
        id=12,
    )

    assert found.key == "Item 1: 12"
    nine, died = found.spans
    assert (nine.exact, nine.labels, nine.attributes) == ("Nine", ("N", "M"), {"d": "x, y"})
    assert (died.exact, died.note, died.attributes) == ("people\ndied", "Who?", {"c": "Well., So.", "r": "4"})
    assert incoming.links(found) == [("of", 2, 1), ("in", 2, 1), ("relation", 1, 2)]


def test_everybodys_annotations_are_read_but_no_cancelled_ones_and_no_predictions() -> None:
    task = {
        "data": {"body": "Nine died.", "n": 1},
        "annotations": [
            {"result": [region(0, 4, "Nine")]},
            {"result": [region(5, 9, "died")]},
            {"result": [region(0, 9, "Nine died")], "was_cancelled": True},
        ],
        "predictions": [{"result": [region(0, 2, "Ni")]}],
    }
    (found,) = incoming.documents("label-studio", json.dumps([task]).encode())
    (old,) = incoming.documents(
        "label-studio",
        json.dumps([{"data": {"x": "Nine"}, "completions": [{"result": [region(0, 4, None)]}]}]).encode(),
    )

    assert [span.exact for span in found.spans] == ["Nine", "died"]
    assert len({span.ref for span in found.spans}) == 2
    assert [span.exact for span in old.spans] == ["Nine"]


@pytest.mark.parametrize(
    ("result", "code", "words"),
    [
        ([region(2, 6, "Ten!")], "bad_spans", "It quotes “Ten!”, but at 2–6 stands “Nine”."),
        ([region(2, 5, "Nine")], "bad_spans", "inclusive"),
        ([region(2, 99, "Nine")], "bad_spans", "lies outside"),
        ([region("/p[1]", 6, "Nine")], "malformed", "Item 1 cannot be read: start is no whole number."),  # type: ignore[arg-type]
        ([region(2, 6, "Nine", type="hypertextlabels")], "malformed", "hypertextlabels have no range in a plain text"),
        ([region(2, 6, "Nine", value=[])], "malformed", "value is no object"),
        ([{"type": "relation", "from_id": "a", "to_id": "b"}], "malformed", "names the region a, which is not there"),
    ],
)
def test_what_cannot_be_taken_is_named(result: list[dict[str, Any]], code: str, words: str) -> None:
    with pytest.raises(DomainError) as refused:
        read(*result)

    assert refused.value.code == code
    assert words in refused.value.message


def test_a_task_needs_one_text() -> None:
    for data in ({}, {"a": "x", "b": "y"}, {"text": 5}):
        with pytest.raises(DomainError, match=f"its data has {len(data) if 'a' in data else 0} texts"):
            incoming.documents("label-studio", json.dumps([{"data": data}]).encode())


def test_cut_file_is_no_json() -> None:
    empty = b"".join(label_studio.written([]))
    assert json.loads(empty) == []
    for cut in (WHOLE[:-3], WHOLE[: len(WHOLE) // 2], empty[:-2]):
        with pytest.raises(DomainError, match="The file is no JSON, or is cut"):
            incoming.documents("label-studio", cut)


@settings(deadline=None, max_examples=500)
@given(st.data())
def test_nothing_but_a_refusal_comes_of_damaged_values(data: st.DataObject) -> None:
    others = [{"type": "choices", "id": "a", "from_name": "c", "value": {"choices": ["x"]}}]
    foreign = {
        "data": {"t": "Nine"},
        "annotations": [{"result": [region(0, 4, "Nine", meta={"text": ["?"]}), *others]}],
    }
    refused(json.dumps(data.draw(mutations.values_of([TASKS[0], foreign]))).encode())


@pytest.mark.parametrize("data", [b"[" * 200_000, b"[\xff", b'[{"data": {"text": "\xe9"}}]', b"[1,", b"{\0}"])
def test_nothing_but_a_refusal_comes_of_damaged_bytes(data: bytes) -> None:
    refused(data)


def refused(data: bytes) -> None:
    """The file is read, or refused with a sentence."""
    error = incoming.refusal("label-studio", data)
    assert error is None or (error.code in incoming.CODES and error.message.endswith("."))
