"""A document of a file that nobody can read is refused by its number or name; the others come in."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from annotations.formats import tei, uima_cas
from annotations.formats.documents import OutgoingDocument
from annotations.models import Article, Desk
from tests.api.client import Api, problem
from tests.api.test_imports import sent
from tests.formats.outgoing import TEXT, document, row
from tests.formats.test_brat import archive

CORRECT = "Correct it, then send the file again."


def lines(*rows: Any) -> bytes:
    return b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows)


def items(*rows: Any) -> bytes:
    return json.dumps(rows).encode()


def jsonl(number: int) -> dict[str, Any]:
    return {"text": f"Nine 👩🏽‍🔬 died {number}.", "annotations": [{"start": 0, "end": 4, "exact": "Nine"}]}


def labels(number: int) -> dict[str, Any]:
    return {"text": f"👩🏽‍🔬 Nine died {number}.", "label": [[8, 12, "quantity"]]}  # UTF-16


def task(number: int) -> dict[str, Any]:
    return {"text": f"Nine died {number}.", "spans": [{"start": 0, "end": 4, "label": "quantity"}]}


def region(number: int) -> dict[str, Any]:
    value = {"start": 0, "end": 4, "text": "Nine", "labels": ["quantity"]}
    return {
        "data": {"text": f"Nine {number}"},
        "annotations": [{"result": [{"type": "labels", "id": "a", "value": value}]}],
    }


def brat(*broken: str) -> bytes:
    """Two documents that can be read, and b as it is given."""
    files = {
        f"{name}.{end}": words
        for name in "ac"
        for end, words in (("txt", f"Nine {name}"), ("ann", "T1\tquantity 0 4\tNine\n"))
    }
    return archive(files | dict(zip(("b.ann", "b.txt"), broken, strict=False)))


def text(number: int, **more: Any) -> OutgoingDocument:
    return replace(document(number, [row(number, (0, 4), **more)]), text=f"{TEXT} {number}")


def uima(member: bytes) -> bytes:
    """Two documents of ours, and one that is this."""
    file = io.BytesIO(b"".join(uima_cas.written([text(1), text(2)])))
    with zipfile.ZipFile(file, "a") as added:
        added.writestr("b.xmi", member)
    return file.getvalue()


def corpus() -> bytes:
    """Three texts of TEI, the second with own data that is none."""
    made = b"".join(tei.written(text(number, claim="c") for number in (2, 3, 4))).split(b"</TEI>")
    made[1] = made[1].replace(b"{&quot;", b"[").replace(b'{"', b"[")
    return b"</TEI>".join(made)


CASES: dict[str, tuple[str, Callable[[], bytes], str, str]] = {
    "a line that is no JSON": (
        "jsonl", lambda: lines(jsonl(1), b'{"text": ', jsonl(3)), "line 2", "Line 2 is no JSON.",
    ),
    "a line without a text": (
        "jsonl", lambda: lines({"annotations": []}, jsonl(2), jsonl(3)), "line 1",
        "Line 1 is no document: it needs a text.",
    ),
    "offsets that are none": (
        "jsonl", lambda: lines(jsonl(1), jsonl(2), jsonl(3) | {"annotations": [{"start": "0"}]}), "line 3",
        "Line 3 cannot be read: start is no whole number.",
    ),
    "doccano": ("doccano", lambda: lines(labels(1), 5, labels(3)), "Line 2", "Line 2 is no object."),
    "an array of doccano": (
        "doccano", lambda: items({"label": []}, labels(2), labels(3)), "Item 1",
        "Item 1 cannot be read: it has no text.",
    ),
    "prodigy": ("prodigy", lambda: lines(task(1), {"text": 5}, task(3)), "line 2", "Line 2 is no task with a text."),
    "label studio": (
        "label-studio", lambda: items(region(1), {"data": {}}, region(3)), "Item 2",
        "Item 2 cannot be read: its data has 0 texts and none is called text.",
    ),
    "a line of brat": (
        "brat", lambda: brat("?1\tX\n", "Nine"), "b", "b.ann, line 1, begins with none of T, R, E, A, M, N, #, *.",
    ),
    "brat without a text": ("brat", lambda: brat("T1\tquantity 0 4\tNine\n"), "b", "b.ann has no b.txt beside it."),
    "uima": ("uima-cas", lambda: uima(b"<xmi:XMI"), "b", "b cannot be read: it is no XML"),
    "tei": ("tei", corpus, "text 2", "text 2 cannot be read: "),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_others_come_in_and_the_unreadable_one_is_named(name: str, checker: Api, desk: Desk) -> None:
    format, file, key, reason = CASES[name]

    report = sent(checker, file(), format)
    again = sent(checker, file(), format)

    assert (report["documents"], report["created"], report["refused_documents"]) == (3, 2, 1), report
    (refused,) = report["refused"]
    assert (refused["document"], refused["span"], refused["code"]) == (key, None, "malformed")
    assert refused["detail"].startswith(reason)
    assert (again["created"], again["existing"]) == (0, 2)
    assert Article.objects.count() == 2


def test_one_bad_line_of_many_is_named_and_the_others_come_in(checker: Api, desk: Desk) -> None:
    rows = [jsonl(number) for number in range(1, 251)]

    report = sent(checker, lines(*rows[:120], b"{", *rows[120:]))

    assert (report["documents"], report["created"], report["refused_count"]) == (251, 250, 1)
    assert report["refused"][0]["detail"] == f"Line 121 is no JSON. {CORRECT}"


@pytest.mark.parametrize(
    ("format", "row", "reason"),
    [
        ("jsonl", jsonl, "The file breaks off in line 3. Send the whole file."),
        ("doccano", labels, "The file breaks off in line 3. Send the whole file."),
        ("prodigy", task, "The file breaks off in line 3. Send the whole file."),
        ("label-studio", region, f"The file is no JSON, or is cut. {CORRECT}"),
    ],
)
def test_a_file_that_breaks_off_is_refused(
    format: str, row: Callable[[int], Any], reason: str, checker: Api, desk: Desk
) -> None:
    rows = [row(number) for number in (1, 2, 3)]
    whole = items(*rows) if format == "label-studio" else lines(*rows)

    for length in (len(whole) - 2, len(whole) - 40):
        answer = checker.send("POST", f"import/{format}/?desk=demo", raw=whole[:length], media_type="text/plain")
        assert answer.json()["detail"] == reason
        assert answer.status_code == 400
    assert not Article.objects.exists()


def test_a_file_of_another_kind_is_refused_as_a_whole(checker: Api, desk: Desk) -> None:
    csv = b"".join(b"id,text,label\n" for _ in range(500))

    for format in ("jsonl", "doccano", "prodigy"):
        answer = checker.send("POST", f"import/{format}/?desk=demo", raw=csv, media_type="text/csv")
        assert problem(answer, 400, "malformed")["detail"].startswith("Line 1 is no JSON")


def test_an_export_in_which_a_line_cannot_be_read_is_refused_as_a_whole(checker: Api, desk: Desk) -> None:
    export = lines(b'{"id": "', row(1, (0, 4)), {"end": True, "rows": 2})

    answer = checker.send("POST", "import/jsonl/?desk=demo", raw=export, media_type="text/plain")

    assert problem(answer, 400, "malformed")["detail"] == f"Line 1 is no JSON. {CORRECT}"


def test_an_archive_that_unpacks_to_too_much_is_refused_as_a_whole(
    checker: Api, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotations.formats.zip_members.MOST_IN_ONE", 30)

    answer = checker.send("POST", "import/brat/?desk=demo", raw=brat("T1\tquantity 0 4\tNine\n" * 9, "Nine"))

    assert "Split the archive." in problem(answer, 413, "too_large")["detail"]
    assert not Article.objects.exists()
