"""JSON Lines on their way in: spans that say little are read in a short way, which says what the long way says."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.core.errors import DomainError
from annotations.formats import jsonl_documents
from annotations.formats.documents import IncomingDocument

TEXTS = st.text(st.sampled_from('ab\0\\u"\ud83d\ude00\ue000é한😀\n'), max_size=6) | st.sampled_from(
    ["\\ud83d", "\\\ud83d", "\ud83d\\ude00", "\ude00\ud83d", "\\u0000"]
)
VALUES: st.SearchStrategy[Any] = TEXTS | st.sampled_from(
    [None, 0, 5, True, 1.5, [], ["a"], ["a", "b"], [None], [1], {}]
)
SPANS = st.fixed_dictionaries(
    {},
    optional={
        "start": st.integers(-1, 9) | VALUES,
        "end": st.integers(-1, 9) | VALUES,
        "exact": TEXTS | VALUES,
        "terms": st.lists(TEXTS, max_size=2) | VALUES,
        "claim": VALUES,
    },
)


def outcome(line: bytes) -> list[IncomingDocument] | str:
    try:
        return [replace(each, spans=list(each.spans)) for each in jsonl_documents.read(io.BytesIO(line))]
    except DomainError as error:
        return error.message


@example({"start": 0, "end": 1, "exact": "\\\ude00", "terms": ["a"]}, True)
@example({"start": 0, "end": 1, "exact": "\\ud83d\ude00", "terms": ["a"]}, True)
@example({"start": 0, "end": 1, "exact": "\0", "terms": ["a"]}, True)
@example({"start": 0, "end": 1, "exact": "a", "terms": ["\ud83d"]}, False)
@given(SPANS, st.booleans())
def test_a_plain_span_is_what_every_span_is(span: dict[str, Any], escapes: bool) -> None:
    row = {"key": "k", "text": "ab", "annotations": [span]}
    line = json.dumps(row, ensure_ascii=escapes).encode(errors="surrogatepass")
    found = outcome(line)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonl_documents, "columns_of", lambda text, rows: None)
        assert outcome(line) == found


@pytest.mark.parametrize("character", ["é", "한", "😀", "\ue000", "\\", "\\u0000", "\n"])
@pytest.mark.parametrize("escapes", [True, False])
def test_most_lines_need_no_look_at_each_text(character: str, escapes: bool) -> None:
    line = json.dumps({"text": f"a{character}b"}, ensure_ascii=escapes).encode()

    assert jsonl_documents._may_have_halves(line) is (character == "\\u0000")


def test_a_fault_of_the_file_is_told_before_that_of_a_row() -> None:
    row = b'{"article": "a", "start": 0, "end": "one", "exact": "b"}\n'

    assert "Line 1 cannot be read" in outcome(row + b'{"end": true, "rows": 1}\n')
    assert "breaks off after 2 rows" in outcome(row + row)
    assert "Line 2 is no JSON" in outcome(row + b"{\n")
