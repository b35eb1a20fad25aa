"""Bodies that are no JSON: files and forms, their limits, and what is refused in them."""

from typing import Any

import pytest
from django.test import override_settings

from annotations.models import Article
from tests.api.client import Api, problem


@override_settings(UPLOAD_LIMIT=1000)
def test_a_file_over_the_limit_is_refused(checker: Api) -> None:
    problem(form(checker, "articles/", desk=b"demo", file=b"x" * 1001), 413, "too_large")


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""])
def test_other_media_types_are_refused(media_type: str, checker: Api) -> None:
    problem(checker.send("POST", "articles/", raw=b"x", media_type=media_type), 415, "unsupported_media_type")


def test_a_form_is_for_files_only(checker: Api) -> None:
    problem(form(checker, "annotations/", article=b"x"), 415, "unsupported_media_type")


@pytest.mark.parametrize(
    ("fields", "pointer", "code"),
    [
        ({"text": b"a\x00b"}, "/text", "nul"),
        ({"text": b"caf\xc3\xa9 \xff"}, "/text", "not_utf8"),
        ({"text": b"Words.", "colour": b"red"}, "/colour", "unknown_field"),
        ({"file": None}, "/file", "invalid"),
        ({"published_at": b"x", "text": b"Words."}, "/published_at", "invalid"),
    ],
)
def test_fields_of_a_form_are_as_strict(fields: dict[str, bytes], pointer: str, code: str, checker: Api) -> None:
    answer = form(checker, "articles/", desk=b"demo", **fields)

    document = problem(answer, 400, code)
    assert [error["pointer"] for error in document["errors"]] == [pointer]
    assert Article.objects.count() == 0


def test_a_field_sent_twice_is_refused(checker: Api) -> None:
    problem(checker.send("POST", "articles/", raw=part("text", b"a") * 2 + END, media_type=FORM), 400, "repeated_field")


def test_a_form_that_breaks_off_is_refused(checker: Api) -> None:
    answer = checker.send("POST", "articles/", raw=b"--BoUnDaRy\r\nnonsense", media_type="multipart/form-data")

    problem(answer, 400, "malformed")


def test_text_of_a_form_is_stored_as_it_came(checker: Api) -> None:
    text = "  Caf\u00e9 \U0001f973\u202e\n\nEnd \t"

    made = form(checker, "articles/", desk=b"demo", text=text.encode(), title=b"T").json()

    assert checker.send("GET", f"articles/{made['id']}/text/").content.decode() == text


FORM = "multipart/form-data; boundary=BoUnDaRy"
END = b"--BoUnDaRy--\r\n"


def part(name: str, value: bytes | None) -> bytes:
    """One part of a form; bytes of a "file" come with a file name, None is a file field that is only text."""
    name_of_file = b'; filename="a.txt"' if name == "file" and value is not None else b""
    return (
        b'--BoUnDaRy\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n' % (name.encode(), name_of_file)
        + (b"x" if value is None else value)
        + b"\r\n"
    )


def form(checker: Api, path: str, **fields: bytes | None) -> Any:
    raw = b"".join(part(name, value) for name, value in fields.items()) + END
    return checker.send("POST", path, raw=raw, media_type=FORM)
