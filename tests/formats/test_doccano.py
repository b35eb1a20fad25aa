"""doccano: a browser finds our ranges in it, we find everything, and both of its own forms are read."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.core.errors import DomainError
from annotations.formats import doccano
from annotations.formats.documents import IncomingDocument
from tests.formats import incoming, mutations, outgoing
from tests.formats.outgoing import ROWS, TEXT, document, row

WHOLE = b"".join(doccano.written([document(2), document(3, [row(1, (0, 4))])]))
LINES: list[dict[str, Any]] = [json.loads(line) for line in WHOLE.splitlines()]


def read(row: Any) -> IncomingDocument:
    (found,) = incoming.documents("doccano", json.dumps(row).encode())
    return found


def sliced(text: str, start: int, end: int) -> str:
    """What a browser's text.slice(start, end) gives: the part of doccano that shows and makes ranges."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_a_browser_finds_the_same_ranges_and_labels() -> None:
    first, second = LINES
    expected = [
        (TEXT[part["start"] : part["end"]], label)
        for each in ROWS
        for part in each["fragments"] or [each]
        for label in each["terms"] or ["unlabelled"]
    ]

    assert first["text"] == TEXT
    assert sorted((sliced(TEXT, start, end), label) for start, end, label in first["label"]) == sorted(expected)
    assert first["label"] == sorted(first["label"])
    assert second["label"] == [[0, 4, "quantity"]]


def test_lines_hold_what_doccanos_importer_asks_for() -> None:
    """ASCII, since it guesses encodings; a text; marks with 0 <= start < end and a name."""
    assert WHOLE.isascii()
    for line in LINES:
        assert line["text"]
        assert all(0 <= start < end and name for start, end, name in line["label"])


def test_everything_comes_back() -> None:
    first, second = incoming.documents("doccano", WHOLE)

    assert (first.text, len(second.spans)) == (TEXT, 1)
    assert [incoming.core(span) for span in first.spans] == [outgoing.core(each) for each in ROWS]
    assert incoming.links(first) == [("depends_on", 1, 2), ("contradicts", 6, 1), ("same_fact", 3, 4)]
    assert (first.metadata["title"], first.metadata["published_at"]) == ("Nine 👩🏽‍🔬 dïed", "2026-01-31")


@pytest.mark.parametrize("form", ["label", "entities"])
def test_everything_comes_back_through_doccano(form: str) -> None:
    """It gives other keys back as they were, and with relations turned on entities with ids of its own."""
    line = {"Comments": [], **LINES[0], "id": 7}
    if form == "entities":
        entity = ("start_offset", "end_offset", "label")
        marks = [{"id": 900 + at} | dict(zip(entity, mark, strict=True)) for at, mark in enumerate(line.pop("label"))]
        line |= {"entities": marks, "relations": [{"id": 1, "from_id": 900, "to_id": 901, "type": "same_fact"}]}

    found = read(line)

    assert [incoming.core(span) for span in found.spans] == [outgoing.core(each) for each in ROWS]
    assert len(found.relations) == (3 if form == "label" else 4)


def test_what_was_done_in_doccano_counts() -> None:
    line = json.loads(json.dumps(LINES[0]))
    died = [0, len(sliced("Nine 👩🏽‍🔬 died", 0, 99).encode("utf-16-le")) // 2]
    line["label"].remove([*died, "quantity"])
    line["label"] = [[*each[:2], "prediction"] if each[2] == "unlabelled" else each for each in line["label"]]
    line["label"] = [each for each in line["label"] if each[0] or each[1] != len(TEXT.encode("utf-16-le")) // 2]
    line["label"].append([0, 2, "quantity"])

    found = read(line)

    assert [span.labels for span in found.spans][:2] == [("intelligence-sourced",), ("prediction",)]
    assert found.spans[0].claim == ROWS[0]["claim"]
    assert len(found.spans) == len(ROWS)
    assert (found.spans[-1].start, found.spans[-1].end, found.spans[-1].labels) == (0, 2, ("quantity",))
    assert incoming.links(found) == [("depends_on", 1, 2), ("contradicts", 6, 1), ("same_fact", 3, 4)]


def test_both_forms_are_read_as_lines_and_as_an_array() -> None:
    text = "🎉 Nine died."
    triples = {"id": 1, "text": text, "label": [[3, 7, "N"], [8, 12, "V"]]}
    entities = {
        "id": 2, "text": text, "Comments": ["Well."],
        "entities": [{"id": 5, "label": "N", "start_offset": 3, "end_offset": 7},
                     {"id": 6, "label": "V", "start_offset": 8, "end_offset": 12}],
        "relations": [{"id": 1, "from_id": 6, "to_id": 5, "type": "subject"}],
    }  # fmt: skip
    array = json.dumps([triples, entities], indent=2, ensure_ascii=False)
    lines = "\ufeff" + "\n\n".join(json.dumps(each) for each in (triples, entities))

    for data in (array, lines):
        one, two = incoming.documents("doccano", data.encode())
        assert [span.exact for span in one.spans] == [span.exact for span in two.spans] == ["Nine", "died"]
        assert [span.labels for span in two.spans] == [("N",), ("V",)]
        assert (incoming.links(one), incoming.links(two)) == ([], [("subject", 2, 1)])


@pytest.mark.parametrize(
    ("row", "code", "words"),
    [
        ({"text": "Nine", "label": [[0, 5, "N"]]}, "bad_spans", "lies outside of the text, which ends at 4"),
        ({"text": "🎉", "label": [[0, 1, "N"]]}, "bad_spans", "cuts a character in two"),
        ({"text": "Nine", "label": [[2, 2, "N"]]}, "bad_spans", "empty or reversed"),
        ({"text": "Nine", "label": ["positive"]}, "malformed", "labels of whole texts have no range"),
        ({"text": "Nine", "label": [[0.0, 4, "N"]]}, "malformed", "Line 1 cannot be read: start is no whole number."),
        ({"label": []}, "malformed", "it has no text"),
        ({"text": "N", "entities": [], "relations": [{"from_id": 1, "to_id": 2}]}, "malformed", "names the entity 1"),
        ([5], "malformed", "Item 1 is no object."),
        (5, "malformed", "Line 1 is no object."),
    ],
)
def test_what_cannot_be_taken_is_named(row: Any, code: str, words: str) -> None:
    with pytest.raises(DomainError) as refused:
        read(row)

    assert refused.value.code == code
    assert words in refused.value.message


def test_cut_file_shows_by_its_last_line() -> None:
    assert [line["factcheck"].get("documents") for line in LINES] == [None, 2]
    assert b"".join(doccano.written([])) == b"\n"
    with pytest.raises(DomainError, match="The file breaks off in line 2. Send the whole file."):
        incoming.documents("doccano", WHOLE[:-9])


def test_lines_leave_as_documents_come() -> None:
    written = doccano.written(document(number) for number in range(1, 4))

    assert [next(written).count(b"\n") for _ in range(3)] == [1, 1, 1]


@settings(deadline=None, max_examples=500)
@given(st.data())
def test_nothing_but_a_refusal_comes_of_damaged_values(data: st.DataObject) -> None:
    line = LINES[0] if data.draw(st.booleans()) else {
        "text": "Nine", "entities": [{"id": 1, "label": "N", "start_offset": 0, "end_offset": 4}],
        "relations": [{"from_id": 1, "to_id": 1, "type": "x"}],
    }  # fmt: skip
    refused(json.dumps(data.draw(mutations.values_of(line))).encode())


@pytest.mark.parametrize(
    "data", [b"[" * 200_000, b"\xff", b'{"text": "\xe9"}', b"[1,", WHOLE.decode().encode("utf-16")]
)
def test_nothing_but_a_refusal_comes_of_damaged_bytes(data: bytes) -> None:
    refused(data)


def refused(data: bytes) -> None:
    """The file is read, or refused with a sentence."""
    error = incoming.refusal("doccano", data)
    assert error is None or (error.code in incoming.CODES and error.message.endswith("."))
