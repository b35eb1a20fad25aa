"""Exports in gzip: for those who ask, and never for archives; the same bytes inside."""

import gzip
import json
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from annotations.models import Annotation
from annotations.queries.export_files import FORMATS
from tests.api.client import Api

pytestmark = pytest.mark.django_db(transaction=True)

PACKED = [name for name, form in FORMATS.items() if form.is_packed]
PLAIN = [name for name, form in FORMATS.items() if not form.is_packed]


def exported(api: Api, name: str, **headers: str) -> Any:
    return api.show(f"export/{name}/", {"state": "all"}, **headers)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("name", PLAIN)
def test_who_asks_for_gzip_gets_the_same_file_in_it(name: str, checker: Api, annotation: Annotation) -> None:
    plain, packed = exported(checker, name), exported(checker, name, Accept_Encoding="gzip, deflate, br")

    assert ("Content-Encoding" in plain.headers, packed.headers["Content-Encoding"]) == (False, "gzip")
    assert all("Accept-Encoding" in response.headers["Vary"] for response in (plain, packed))
    assert packed.headers["Content-Type"] == plain.headers["Content-Type"]
    assert packed.headers["Content-Disposition"] == plain.headers["Content-Disposition"]
    assert gzip.decompress(body(packed)) == body(plain)


@pytest.mark.parametrize("name", PACKED)
def test_an_archive_is_not_packed_again(name: str, checker: Api, annotation: Annotation) -> None:
    response = exported(checker, name, Accept_Encoding="gzip")

    assert "Content-Encoding" not in response.headers
    assert "Accept-Encoding" not in response.headers.get("Vary", "")
    assert body(response)[:2] == b"PK"


@pytest.mark.parametrize(
    ("header", "packed"),
    [
        ("gzip", True),
        ("x-gzip", True),
        ("GZIP;q=0.5", True),
        ("*", True),
        ("br, *;q=0.1", True),
        ("br;q=1.0, gzip ; q=0.8", True),
        ("", False),
        ("identity", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000, *", False),
        ("*;q=0", False),
        ("gzip;q=much", False),
        ("gzipped", False),
        (",;,=", False),
    ],
)
def test_what_the_header_says_is_heard(header: str, packed: bool, checker: Api, annotation: Annotation) -> None:
    response = exported(checker, "jsonl", Accept_Encoding=header)
    response.close()

    assert response.headers.get("Content-Encoding") == ("gzip" if packed else None)


def test_the_first_rows_leave_at_once(checker: Api, annotation: Annotation) -> None:
    response = exported(checker, "jsonl", Accept_Encoding="gzip")
    first = next(iter(response.streaming_content))
    response.close()

    assert json.loads(zlib.decompressobj(31).decompress(first))["id"] == str(annotation.pk)


def test_an_export_that_nobody_finishes_ends_its_transaction(checker: Api, annotation: Annotation) -> None:
    response = exported(checker, "jsonl", Accept_Encoding="gzip")
    next(iter(response.streaming_content))
    assert connection.in_atomic_block

    response.close()

    assert not connection.in_atomic_block


def test_a_refusal_is_readable(checker: Api) -> None:
    response = checker.show("export/jsonl/", {"desk": "nowhere"}, Accept_Encoding="gzip")

    assert (response.status_code, json.loads(response.content)["code"]) == (404, "not_found")


def test_the_command_packs_what_ends_in_gz(annotation: Annotation, tmp_path: Path) -> None:
    for name in ("a.jsonl", "a.jsonl.gz"):
        call_command("export_verdicts", "--state", "all", "--output", str(tmp_path / name))

    assert gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes()) == (tmp_path / "a.jsonl").read_bytes()
