"""UIMA files that are broken or hostile: each is refused, and nothing is loaded that one names."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.core.errors import DomainError
from annotations.formats import uima_files, zip_members
from tests.formats import mutations
from tests.formats.round_trip import assert_read_or_refused, read_back
from tests.formats.test_uima_cas import FILE, TYPES, XMI, foreign, loaded


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ('begin="0" end="99"', "outside of the text"),
        ('begin="4" end="4"', "empty or reversed"),
        ('begin="13" end="14"', "cuts a character in two"),
    ],
)
def test_bad_spans_are_named(place: str, reason: str) -> None:
    good = '<tcas:Annotation xmi:id="2" sofa="1" begin="0" end="4"/>'

    with pytest.raises(DomainError, match=reason) as refused:
        read_back(uima_files.read, foreign(good, f'<tcas:Annotation xmi:id="3" sofa="1" {place}/>'))

    assert [each["number"] for each in refused.value.extra["spans"]] == [2]


LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (b"", "no XML"),
        (b"text", "no XML"),
        (b"<a/>", "no XMI"),
        (LAUGHS + foreign(text="&b;"), "document type declaration"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd">' + foreign(), "document type declaration"),
        (foreign('<tcas:Annotation sofa="1" begin="a" end="1"/>'), "begin of Annotation"),
        (b"{", "no JSON CAS"),
        (b'{"%FEATURE_STRUCTURES": 1}', "no JSON CAS"),
        (b"PK\x03\x04", "no whole ZIP"),
    ],
)
def test_what_is_no_cas_is_malformed(broken: bytes, words: str) -> None:
    with pytest.raises(DomainError, match=words) as refused:
        read_back(uima_files.read, broken)

    assert refused.value.code == "malformed"


def test_nothing_is_loaded_that_a_file_names(tmp_path: Path) -> None:
    outside = tmp_path / "outside.dtd"
    outside.write_text('<!ENTITY b "read from outside">')
    types = f'<!DOCTYPE a SYSTEM "{outside.as_uri()}" [<!ENTITY % c SYSTEM "{outside.as_uri()}"> %c;]>'.encode()

    with pytest.raises(DomainError, match="document type declaration|Entity 'b' not defined"):
        read_back(uima_files.read, types + foreign(text="&b;"))


def test_an_archive_is_unpacked_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_members, "MOST_IN_ONE", 1000)

    with pytest.raises(DomainError) as refused:
        read_back(uima_files.read, FILE)

    assert "unpacks to too much" in refused.value.message


@settings(deadline=None, max_examples=200)
@given(mutations.cut(FILE) | mutations.overwritten(FILE) | mutations.bytes_of(XMI) | mutations.bytes_of(TYPES))
def test_broken_bytes_are_refused(file: bytes) -> None:
    assert_read_or_refused(uima_files.read, file)


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_wrong_values_are_refused(data: st.DataObject) -> None:
    cas = data.draw(mutations.values_of(json.loads(loaded().to_json())))

    assert_read_or_refused(uima_files.read, json.dumps(cas).encode())
