"""TEI: valid, whole, and whoever follows its pointers finds the same words under the same labels."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree

from annotations.core.errors import DomainError
from annotations.formats import tei, tei_files
from tests.formats import mutations
from tests.formats.round_trip import assert_nothing_lost, assert_read_or_refused, read_back
from tests.formats.samples import ROWS, TEXT, at, document, drawn, row

SCHEMA = etree.RelaxNG(file=Path(__file__).parent / "tei_subset.rng")
NAMES = {"t": "http://www.tei-c.org/ns/1.0"}
BELL = "\x07 A bell \ufffe\ufffd \U0001f973 rings."
PAIRS = re.compile(r"(\d+),(\d+)")


def file(*documents: Any) -> bytes:
    return b"".join(tei.written(documents))


FILE = file(document())


def found(root: Any) -> list[tuple[str, str]]:
    """Labels and words, by XPath's own string functions, which count characters from 1."""
    pairs = []
    for annotation in root.findall(".//t:annotation", NAMES):
        id, places = re.fullmatch(r"#string-range\(([^,]+),(.*)\)", annotation.get("target")).groups()
        labels = [root.xpath("string(//*[@xml:id=$id])", id=each[1:]) for each in annotation.get("ana", "").split()]
        for start, length in PAIRS.findall(places):
            place = {"start": int(start) + 1, "length": int(length)}
            words = root.xpath("substring(string(//*[@xml:id=$id]), $start, $length)", id=id, **place)
            pairs += [(label, words) for label in labels or [""]]
    return sorted(pairs)


def test_whoever_follows_the_pointers_finds_the_same_words_and_labels() -> None:
    root = etree.fromstring(FILE)

    assert root.xpath("string(//t:body)", namespaces=NAMES) == TEXT
    assert found(root) == drawn(ROWS)
    (link,) = root.findall(".//t:link", NAMES)
    assert link.get("target").split() == [f"#a-{ROWS[0]['id']}", f"#a-{ROWS[1]['id']}"]


@pytest.mark.parametrize(
    "documents",
    [[], [document()], [document(), document(BELL, [row(9, (0, 3), text=BELL)], revision="4", published_at=None)]],
)
def test_every_export_is_valid(documents: list[Any]) -> None:
    SCHEMA.assertValid(etree.fromstring(file(*documents)))


def test_the_schema_refuses_what_tei_does() -> None:
    for right, wrong in (
        (b'"highlighting"', b'"guessing"'),
        (b"<ab ", b"<ab wrong='' "),
        (b"<standOff>", b"<standOff><p/>"),
    ):
        assert not SCHEMA.validate(etree.fromstring(FILE.replace(right, wrong, 1)))


def test_nothing_is_lost() -> None:
    sent = [document(), document(TEXT * 2, [ROWS[0]], revision="4")]

    assert_nothing_lost(sent, read_back(tei_files.read, file(*sent)))


def test_what_xml_cannot_hold_is_replaced_and_comes_back() -> None:
    sent = document(BELL, [row(1, at("A bell", BELL), text=BELL), row(2, at("\U0001f973 rings", BELL), text=BELL)])

    assert found(etree.fromstring(file(sent))) == [("", "A bell"), ("", "\U0001f973 rings")]
    assert_nothing_lost([sent], read_back(tei_files.read, file(sent)))


def test_an_empty_export_holds_no_text() -> None:
    assert read_back(tei_files.read, file()) == []


@pytest.mark.parametrize("whole", [file(), FILE])
def test_a_cut_file_has_no_closing_tag(whole: bytes) -> None:
    for length in (len(whole) - 3, len(whole) // 2, 30):
        with pytest.raises(DomainError) as refused:
            read_back(tei_files.read, whole[:length])
        assert refused.value.code == "malformed"


HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>A\n title</title><author>Ann</author></titleStmt><publicationStmt>"
    "<publisher>Post</publisher></publicationStmt></fileDesc><profileDesc><langUsage><language ident='de'/></langUsage>"
    "</profileDesc></teiHeader>"
)


def foreign(stand_off: str, body: str = "<p xml:id='p'><w xml:id='w1'>Nine</w> <w xml:id='w2'>died</w>.</p>") -> bytes:
    return (
        f"<TEI xmlns='http://www.tei-c.org/ns/1.0'>{HEADER}<standOff>{stand_off}</standOff>"
        f"<text><body>\n{body}\n</body></text></TEI>"
    ).encode()


@pytest.mark.parametrize(
    ("stand_off", "exact", "labels", "note"),
    [
        ("<spanGrp type='pos'><span from='#w1' to='#w2'>CONJ</span></spanGrp>", "Nine died", ("CONJ",), ""),
        ("<spanGrp type='pos'><span target='#w1'/></spanGrp>", "Nine", ("pos",), ""),
        ("<spanGrp><span target='#w1 #w2' ana='#x'/></spanGrp>", "Nine died", ("x",), ""),
        ("<span from='#w2' ana='#i'>How sad that is.</span><interp xml:id='i'>loss</interp>", "died", ("loss",),
         "How sad that is."),
        ("<listAnnotation><annotation xml:id='a' target='#string-range(p, 5, 4)'><note>Who?</note></annotation>"
         "</listAnnotation>", "died", (), "Who?"),
        ("<annotation xml:id='a' target='#string-range(p,0,2,5,2)'/>", "Nine di", (), ""),
        ("<span target='string-range(w1,1,2)' type='x'/>", "in", ("x",), ""),
    ],
)  # fmt: skip
def test_annotations_of_others_are_read(stand_off: str, exact: str, labels: tuple[str, ...], note: str) -> None:
    (incoming,) = read_back(tei_files.read, foreign(stand_off))

    assert incoming.text == "\nNine died.\n"
    assert [(each.exact, each.labels, each.note) for each in incoming.spans] == [(exact, labels, note)]
    assert incoming.metadata == {"title": "A title", "byline": "Ann", "outlet": "Post", "language": "de"}


def test_spans_inside_of_a_text_are_no_part_of_it() -> None:
    group = "<spanGrp><span from='#s' to='#e'>claim</span></spanGrp>"
    body = f"<p><anchor xml:id='s'/>Nine died<anchor xml:id='e'/>.{group}</p>"

    (incoming,) = read_back(tei_files.read, foreign("<listPlace/>", body))

    assert (incoming.text, [each.exact for each in incoming.spans]) == ("\nNine died.\n", ["Nine died"])


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("#gone", "points to #gone"),
        ("//text/p::12", "points to //text/p::12"),
        ("#match(p,'N')", "points to #match"),
        ("#string-range(p,0,99)", "outside of the text"),
        ("#string-range(p,0,0)", "empty or reversed"),
        ("#string-range(p,0)", "neither an element"),
        ("", "points nowhere"),
    ],
)
def test_bad_spans_are_named(target: str, reason: str) -> None:
    with pytest.raises(DomainError, match=reason) as refused:
        read_back(tei_files.read, foreign(f"<span target='#w1'/><span target=\"{target}\"/>"))

    assert [each["number"] for each in refused.value.extra["spans"]] == [2]


def test_a_corpus_in_a_corpus_is_read_text_by_text() -> None:
    inner = foreign("<span target='#w1'/>").decode()
    corpus = "<teiCorpus xmlns='http://www.tei-c.org/ns/1.0'><teiHeader/>"
    nested = f"{corpus}{inner * 2}{corpus}{inner}</teiCorpus></teiCorpus>"

    assert [each.key for each in read_back(tei_files.read, nested.encode())] == ["text 1", "text 2", "text 3"]


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (b"", "no XML"),
        (b"<TEI/>", "no TEI"),
        (b'<!DOCTYPE TEI [<!ENTITY a "ha">]>' + foreign("<span target='#w1'>&a;</span>"), "document type declaration"),
        (b'<!DOCTYPE TEI SYSTEM "http://localhost:1/a.dtd">' + foreign(""), "document type declaration"),
        (FILE.replace(b'type="factcheck">{', b'type="factcheck">[', 1), "carried|JSON|Expecting"),
    ],
)
def test_what_is_no_tei_is_malformed(broken: bytes, words: str) -> None:
    with pytest.raises(DomainError, match=words) as refused:
        read_back(tei_files.read, broken)

    assert refused.value.code == "malformed"


@pytest.mark.parametrize("depth", [400, 100_000])
def test_what_is_nested_too_deep_is_malformed(depth: int) -> None:
    with pytest.raises(DomainError, match="nested deeper"):
        read_back(tei_files.read, foreign("", "<p>" * depth + "Nine" + "</p>" * depth))


@settings(deadline=None, max_examples=400)
@given(mutations.bytes_of(FILE) | mutations.bytes_of(foreign("<span from='#w1' to='#w2'>CONJ</span>")))
def test_broken_bytes_are_refused(file: bytes) -> None:
    assert_read_or_refused(tei_files.read, file)
