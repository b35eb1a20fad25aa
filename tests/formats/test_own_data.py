"""What travels inside of other formats: checked on its way back, value by value."""

from typing import Any

import pytest

from annotations.formats import own_data
from tests.formats.outgoing import FULL, ROWS, document


def test_what_is_empty_does_not_travel() -> None:
    own = own_data.own_row(ROWS[1])

    assert own.keys() == {"id", "start", "end", "state", "version", "author", "created", "updated"}
    assert own_data.own_row(ROWS[9])["fragments"] == [[0, 4], [4, 9]]
    assert "byline" not in own_data.own_document(document())


def test_fields_come_back_as_they_went() -> None:
    fields = own_data.span_fields(own_data.own_row(ROWS[0]))

    assert (fields["claim"], fields["note"], fields["verdict"]) == (FULL["claim"], FULL["note"], FULL["verdict"])
    assert fields["attributions"] == tuple(FULL["attributions"])
    assert fields["evidence"] == ({"url": "https://example.org/", "quote": "Nine.", "stance": "supports"},)


def test_evidence_that_is_a_file_alone_goes_into_words() -> None:
    file = {"url": "", "file": {"name": "a.pdf", "size": 4, "sha256": "ab12"}}

    fields = own_data.span_fields({"evidence": [file, {"url": "https://example.org/"}]})

    assert fields["evidence"] == ({"url": "https://example.org/"},)
    assert fields["attributes"] == {"evidence": "file a.pdf (SHA-256 ab12)"}


def test_moments_have_a_zone() -> None:
    (found,) = own_data.span_fields({"evidence": [{"url": "x", "retrieved_at": "2026-01-31T12:00:00"}]})["evidence"]

    assert found["retrieved_at"] == "2026-01-31T12:00:00+00:00"


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({"claim": 5}, "claim is no text"),
        ({"note": "a\0"}, "note holds a NUL character or half of a surrogate pair"),
        ({"note": "\ud800"}, "note holds a NUL character or half of a surrogate pair"),
        ({"evidence": {}}, "evidence is no list"),
        ({"evidence": ["x"]}, "evidence is no object"),
        ({"evidence": [{"unnamed": 1}]}, "evidence/unnamed is neither true nor false"),
        ({"evidence": [{"retrieved_at": "soon"}]}, "evidence/retrieved_at is no date"),
        ({"attributions": [{"cue_range": [1]}]}, "ranges are not pairs of start and end"),
        ({"attributions": [{"cue_range": {"start": True, "end": 2}}]}, "start is no whole number"),
        ({"verdict": "true"}, "verdict is no object"),
        ({"verdict": {"as_of": "2026-02-30"}}, "verdict/as_of is no date"),
    ],
)
def test_what_is_wrong_is_named(own: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=f"^{words}$"):
        own_data.span_fields(own)
