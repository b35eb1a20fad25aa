"""UIMA: dkpro-cassis finds the same words under the same labels, and everything comes back."""

import io
from typing import Any
from zipfile import ZipFile

import pytest
from cassis import Cas, load_cas_from_json, load_cas_from_xmi, load_typesystem

from annotations.core.errors import DomainError
from annotations.formats import archives, uima_cas, uima_files
from annotations.formats.documents import IncomingDocument
from tests.conformance import CONFORMANCE, needs_conformance
from tests.formats.round_trip import assert_nothing_lost, assert_read_or_refused, read_back
from tests.formats.samples import ROWS, TEXT, at, document, drawn, row

FIXTURES = CONFORMANCE / "uima-cas" / "tests" / "test_files"
BELL = "\x07 A bell \ufffe\ufffd \U0001f973 rings."


def file(*documents: Any) -> bytes:
    return b"".join(uima_cas.written(documents))


FILE = file(document())
XMI = ZipFile(io.BytesIO(FILE)).read("3.xmi")
TYPES = ZipFile(io.BytesIO(FILE)).read("TypeSystem.xml")


def loaded(xmi: bytes = XMI) -> Cas:
    return load_cas_from_xmi(io.BytesIO(xmi), typesystem=load_typesystem(io.BytesIO(TYPES)))


def test_cassis_finds_the_same_words_and_labels() -> None:
    cas = loaded()

    found = [(each.label or "", each.get_covered_text()) for each in cas.select(uima_cas.ANNOTATION)]

    assert cas.sofa_string == TEXT
    assert sorted(found) == drawn(ROWS)
    assert cas.get_document_annotation().language == "en"
    (link,) = cas.select(uima_cas.LINK)
    assert (link.kind, link.source.identifier, link.target.identifier) == ("contradicts", ROWS[0]["id"], ROWS[1]["id"])


def test_offsets_are_those_of_java() -> None:
    start = len(TEXT[: TEXT.index("مرحبا")].encode("utf-16-le")) // 2

    assert f'begin="{start}" end="{start + 7}"'.encode() in XMI
    assert start != TEXT.index("مرحبا")


def test_nothing_is_lost() -> None:
    sent = [document(), document(TEXT * 2, [ROWS[0]], revision="4")]

    assert_nothing_lost(sent, read_back(uima_files.read, file(*sent)))


def test_what_xml_cannot_hold_is_replaced_and_comes_back() -> None:
    sent = document(BELL, [row(1, at("A bell", BELL), text=BELL), row(2, at("\U0001f973 rings", BELL), text=BELL)])
    written = file(sent)

    cas = loaded(ZipFile(io.BytesIO(written)).read("3.xmi"))

    assert cas.sofa_string == "\ufffd A bell \ufffd\ufffd \U0001f973 rings."
    assert [each.get_covered_text() for each in cas.select(uima_cas.ANNOTATION)] == ["A bell", "\U0001f973 rings"]
    assert_nothing_lost([sent], read_back(uima_files.read, written))


@pytest.mark.parametrize("save", [Cas.to_xmi, Cas.to_json])
def test_what_cassis_saves_again_is_read(save: Any) -> None:
    assert_nothing_lost([document()], read_back(uima_files.read, save(loaded()).encode()))


def test_an_empty_export_is_a_whole_archive() -> None:
    assert ZipFile(io.BytesIO(file())).namelist() == ["TypeSystem.xml"]
    assert list(uima_files.read(io.BytesIO(file()))) == []


@pytest.mark.parametrize("whole", [file(), file(document())])
def test_a_cut_file_is_no_archive(whole: bytes) -> None:
    for length in (len(whole) - 1, len(whole) // 2, 30):
        with pytest.raises(DomainError) as refused:
            read_back(uima_files.read, whole[:length])
        assert refused.value.code == "malformed"


def fixture(path: str) -> list[IncomingDocument]:
    return read_back(uima_files.read, (FIXTURES / path).read_bytes())


@needs_conformance
def test_fixtures_read_as_cassis_reads_them() -> None:
    folder = FIXTURES / "json" / "fs_as_array" / "ser-ref"
    for path in [each for each in folder.glob("*/data.json") if "sofaString" in each.read_text()]:
        with path.open("rb") as source:
            cas = load_cas_from_json(source)
        (incoming,) = read_back(uima_files.read, path.read_bytes())
        expected = [
            each.get_covered_text() for each in cas.select_all_annotations() if each.type.name == "uima.tcas.Annotation"
        ]

        assert incoming.text == cas.sofa_string
        assert [span.exact for span in incoming.spans] == expected, path


@needs_conformance
@pytest.mark.parametrize(
    "name", ["casWithEmojiUnicodeTextAndAnnotations", "casWithTraditionalChineseTextAndAnnotations"]
)
def test_xmi_and_json_of_the_same_cas_are_the_same(name: str) -> None:
    (of_json,) = fixture(f"json/fs_as_array/ser-ref/{name}/data.json")
    (of_xmi,) = fixture(f"json/fs_as_array/ser-ref/{name}/debug.xmi")

    assert (of_json.text, of_json.spans) == (of_xmi.text, of_xmi.spans)
    assert (len(of_xmi.spans), of_xmi.skipped) == (9 if "Emoji" in name else len(of_json.spans), 1)


@needs_conformance
def test_foreign_layers_are_read_and_tokens_are_skipped() -> None:
    (incoming,) = fixture("xmi/cas_with_smileys.xmi")

    assert {span.labels for span in incoming.spans} >= {("OTH",)}
    assert {span.exact for span in incoming.spans} == {"Transformers", "PyTorch", "TensorFlow"}
    assert incoming.metadata == {"title": "huggingface.txt"}
    assert incoming.skipped > 100


@needs_conformance
def test_every_view_is_a_document() -> None:
    assert [each.key for each in fixture("xmi/cas_with_two_sofas.xmi")] == ["The file", "The file _SecondView"]


@needs_conformance
@pytest.mark.parametrize("path", ["json/**/*.json", "xmi/*.xmi"])
def test_no_fixture_is_too_strange(path: str) -> None:
    for each in FIXTURES.glob(path):
        assert_read_or_refused(uima_files.read, each.read_bytes())


def foreign(*structures: str, text: str = TEXT[:20]) -> bytes:
    return (
        '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:tcas="http:///uima/tcas.ecore"'
        f' xmlns:my="http:///my/types.ecore" xmi:version="2.0">{"".join(structures)}'
        f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="{text}"/></xmi:XMI>'
    ).encode()


MY_TYPES = b"""<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>
<typeDescription><name>my.types.Word</name>
<supertypeName>de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token</supertypeName></typeDescription>
<typeDescription><name>my.types.Part</name><supertypeName>my.types.Person</supertypeName></typeDescription>
<typeDescription><name>my.types.Person</name><supertypeName>uima.tcas.Annotation</supertypeName><features>
<featureDescription><name>age</name><rangeTypeName>uima.cas.Integer</rangeTypeName></featureDescription>
<featureDescription><name>next</name><rangeTypeName>my.types.Person</rangeTypeName></featureDescription>
</features></typeDescription></types></typeSystemDescription>"""


def test_labels_and_attributes_are_found_by_the_type_system() -> None:
    xmi = foreign(
        '<my:Word xmi:id="2" sofa="1" begin="0" end="4"/>',
        '<my:Part xmi:id="3" sofa="1" begin="0" end="4" age="40" next="4"/>',
        '<my:Person xmi:id="4" sofa="1" begin="5" end="11" Value="PER" note="x"/>',
        '<my:Person xmi:id="5" sofa="1" begin="5" end="11"><label>A</label><label>B</label></my:Person>',
        '<my:Person xmi:id="7" sofa="1" age="40"/>',
        '<my:Dep xmi:id="6" sofa="1" begin="5" end="11" Governor="2" Dependent="2"/>',
    )
    packed = b"".join(archives.zipped([("a/one.xmi", xmi), ("a/TypeSystem.xml", MY_TYPES), ("read.me", b"")]))

    (incoming,) = read_back(uima_files.read, packed)

    assert [(each.exact, each.labels, dict(each.attributes)) for each in incoming.spans] == [
        ("Nine", ("Part",), {"age": "40"}),
        ("people", ("PER",), {"note": "x"}),
        ("people", ("A", "B"), {}),
    ]
    assert (incoming.key, incoming.skipped) == ("a/one", 3)
