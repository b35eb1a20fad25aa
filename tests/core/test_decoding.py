"""From bytes to text: byte order marks, declared charsets, UTF-8, and guesses that are taken only with confidence."""

import random

import pytest

from annotations.core.errors import DomainError
from annotations.core.text import Decoded, decode

RUSSIAN = "Тысячи военнослужащих пересекли границу в понедельник, сообщили два источника в разведке.\r\n"
FRENCH = (
    "Selon deux sources, des milliers de soldats ont franchi la frontière. « C’est vérifié », a-t-il dit à l’été.\r\n"
)
JAPANESE = "月曜日に数千人の兵士が国境を越えたと、二人の情報筋が述べた。\r\n"
CHINESE = "路透社援引两名不愿透露姓名的美国官员的话说，数千名士兵已经抵达边境地区。\r\n"
POLISH = "Tysiące żołnierzy przekroczyło granicę w poniedziałek, jak podały dwa źródła wywiadu.\r\n"
EMOJI = "🥳 thousands of troops 👻\r\n"


def refusal(data: bytes, declared: str | None = None) -> DomainError:
    with pytest.raises(DomainError) as refused:
        decode(data, declared)
    return refused.value


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\0\0", "utf-32-le"),
        (b"\0\0\xfe\xff", "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_against_any_declaration_and_is_dropped(mark: bytes, codec: str):
    assert decode(mark + EMOJI.encode(codec), "windows-1251") == Decoded(EMOJI, codec)


def test_utf8_needs_no_declaration_and_line_breaks_are_left_to_the_canonical_form():
    assert decode(EMOJI.encode()) == Decoded(EMOJI, "utf-8")
    assert decode(b"plain\r\n") == Decoded("plain\r\n", "utf-8")


@pytest.mark.parametrize(
    ("declared", "codec", "text"),
    [
        ("windows-1251", "cp1251", "Ага"),
        ("ISO-8859-1", "cp1252", "voilà “quoted”"),
        ('"latin1" ', "cp1252", "voilà"),
        ("Shift_JIS", "cp932", "兵士①"),
        ("gb2312", "gb18030", "联通"),
        ("euc-kr", "cp949", "군인"),
        ("iso-8859-9", "cp1254", "ığdır"),
        ("iso-2022-jp", "iso2022_jp", "兵士が来た。"),
        ("utf-16le", "utf-16-le", "No mark 🥳"),
        ("UTF8", "utf-8", "voilà"),
    ],
)
def test_a_declared_charset_is_read_as_browsers_read_it(declared: str, codec: str, text: str):
    assert decode(text.encode(codec), declared) == Decoded(text, codec)


@pytest.mark.parametrize(
    "declared",
    ["", "no-such-charset", "rot13", "idna", "utf-7", "unicode_escape", "x" * 500, "utf-8\0", "é", "us-ascii", "utf-32"]
    + ["iso-8859-1", "windows-1251", "utf-16le", "gbk", "big5"],
)
def test_a_declaration_that_is_unknown_or_wrong_is_passed_over(declared: str):
    text = "Les soldats français ont été repérés près de l’hôtel, à côté. " * 2

    assert decode(text.encode(), declared) == Decoded(text, "utf-8")


def test_even_one_accented_letter_of_utf8_outweighs_a_declared_single_byte_charset():
    assert decode("é".encode(), "iso-8859-1") == Decoded("é", "utf-8")


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1251", RUSSIAN),
        ("cp1252", FRENCH),
        ("cp1252", "Le café est fermé."),
        ("cp1252", "“Thousands of troops” crossed – officials said, for £5."),
        ("cp932", JAPANESE),
        ("gb18030", CHINESE),
        ("koi8_r", RUSSIAN),
        ("cp1250", POLISH),
        ("iso8859_2", POLISH),
        ("cp1253", "Χιλιάδες στρατιώτες πέρασαν τα σύνορα τη Δευτέρα."),
        ("cp949", "국방부는 수천 명의 병력이 월요일 국경을 넘었다고 밝혔다."),
    ],
)
@pytest.mark.parametrize("times", [1, 40])
def test_a_legacy_charset_is_recognised_without_a_declaration(codec: str, text: str, times: int):
    assert decode((text * times).encode(codec)) == Decoded(text * times, codec)


@pytest.mark.parametrize(
    "data",
    [
        "voilà".encode("cp1252"),  # the Polish or Lithuanian reading is as good
        "Więcej wojsk".encode("cp1250"),
        RUSSIAN.encode("cp866"),
        "אלפי חיילים חצו את הגבול ביום שני.".encode("cp1255"),  # as Greek letters it looks nearly as good
        CHINESE.encode() + b"\xff",
        FRENCH.encode() + b"\xe9",
        bytes(random.Random(1).choices(range(1, 256), k=5_000)),
        bytes(random.Random(2).choices(range(128, 256), k=50)),
    ],
)
def test_what_cannot_be_decoded_with_confidence_is_refused(data: bytes):
    error = refusal(data)

    assert error.code == "undecodable"
    assert error.message.endswith("Save it as UTF-8 and send it again.")


def test_the_refusal_names_the_first_byte_that_is_not_utf8_and_the_rival_encodings():
    error = refusal("voilà".encode("cp1252"))

    assert error.message == (
        "This is not UTF-8 (byte 4, counted from 0), and its encoding may be cp1250 or cp1252 or cp1257. "
        "Save it as UTF-8 and send it again."
    )


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfcaf\xe9", b"\xff\xfea\0b", b"\xfe\xff\xd8\x3e\0a"])
def test_a_mark_that_the_bytes_do_not_keep_is_refused(data: bytes):
    assert refusal(data, "windows-1252").code == "undecodable"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x89PNG\r\n\x1a\n....", "a PNG image"),
        (b"\xff\xd8\xff\xe0..", "a JPEG image"),
        (b"PK\x03\x04...", "a ZIP archive (or a DOCX or ODT document)"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"\x7fELF\x02", "a program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (DOC, XLS)"),
    ],
)
def test_known_binaries_are_named_whatever_is_declared(data: bytes, what: str):
    error = refusal(data, "utf-8")

    assert error.code == "binary"
    assert error.message == (
        f"This looks like {what}, not like plain text. Send the article as text, or open it and copy the text."
    )


@pytest.mark.parametrize("declared", [None, "utf-8", "windows-1252"])
def test_a_zero_byte_makes_a_binary(declared: str | None):
    error = refusal(b"zero\0byte", declared)

    assert error.code == "binary"
    assert error.message.startswith("This is not plain text: byte 4 (counted from 0) is zero.")


def test_no_bytes_at_all_are_refused():
    assert refusal(b"").code == "empty"
