"""Damaged files of every format, sent to be imported: each is taken or refused in words, and never half of a text.

The examples are the same in every run, so that nothing fails here that did not fail at its author's.
"""

import io
import json
import zipfile
from typing import Any, Final

import pytest
from django.db import connection, transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from annotations.formats import brat, csv_table, doccano, label_studio, prodigy, tei, uima_cas
from annotations.formats.documents import OutgoingDocument
from annotations.models import Annotation, Article, Desk
from tests.api.client import Api
from tests.formats import mutations
from tests.formats.outgoing import TEXT, document, row

PARTS: Final[dict[str, Any]] = {
    "claim": "c", "note": "n",
    "attributions": [{"source": "s", "source_range": {"start": 0, "end": 4}, "cue_range": [0, 4]}],
    "evidence": [{"url": "https://example.org/", "stance": "supports", "retrieved_at": "2026-01-31T12:00:00Z"}],
    "verdict": {"term": "accurate", "rationale": "r", "as_of": "2026-01-31"},
}  # fmt: skip
FULL: Final[dict[str, Any]] = {
    "key": "k", "text": TEXT, "title": "t", "canonical_url": "https://example.org/x", "published_at": "2026-01-31",
    "annotations": [
        {"start": 0, "end": 4, "exact": "Nine", "fragments": [[0, 2], [3, 4]], "terms": ["quantity"], **PARTS},
    ],
}  # fmt: skip
ENTITIES: Final[dict[str, Any]] = {
    "text": TEXT, "label": [[0, 4, "quantity"]],
    "entities": [{"id": 1, "label": "quantity", "start_offset": 0, "end_offset": 4}],
    "relations": [{"id": 1, "from_id": 1, "to_id": 1, "type": "same_fact"}],
}  # fmt: skip
ONE: Final = document(2, [row(1, (0, 4), **PARTS)])
DOCUMENTS: Final = [document(2, [*ONE.rows, row(2, (0, 4), (5, 6))]), document(3, [row(3, (0, 4))])]
ANN: Final = (
    "T1\tquantity 0 4\tNine\nT2\tquantity 0 2;3 4\tNi e\nE1\tquantity:T1 Role:T2\nR1\tsame_fact Arg1:T1 Arg2:T2\n"
    "A1\tN T1 yes\n*\tdepends_on T1 T2\nN1\tRef T1 W:9\tNine\n"
    f"#1\tFactcheck T1\t{json.dumps({'id': 'a', 'start': 0, 'end': 4, **PARTS})}\n"
)


def packed(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def written(module: Any, documents: list[OutgoingDocument] = DOCUMENTS) -> bytes:
    return b"".join(module.written(documents))


def in_a_zip(file: bytes) -> st.SearchStrategy[bytes]:
    """The archive with one of its members damaged, or missing."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if archive.read(name)}
    return st.sampled_from(list(members)).flatmap(
        lambda name: mutations.bytes_of(members[name]).map(lambda damaged: packed(members | {name: damaged}))
    )


def json_of(*documents: Any) -> st.SearchStrategy[bytes]:
    values = st.one_of([mutations.values_of(each) for each in documents])
    return values.map(lambda value: json.dumps(value).encode())


ADDRESS: Final = "https://example.org/rows"
HEAD: Final = {"desk": "demo", "article_title": "Awkward", "canonical_url": ADDRESS}
ROWS: Final = b"".join(csv_table.written([row(1, (0, 4), **PARTS, **HEAD), row(2, (5, 7), (9, 11), **HEAD)]))
WHOLE: Final[dict[str, Any]] = {
    "jsonl": FULL,
    "doccano": ENTITIES,
    "prodigy": json.loads(written(prodigy, [ONE]).splitlines()[0]),
    "label-studio": json.loads(written(label_studio, [ONE]))[0],
}
"""A document of each format that is JSON."""
FILES: Final[dict[str, st.SearchStrategy[bytes]]] = {
    "brat": in_a_zip(written(brat))
    | mutations.overwritten(ANN.encode()).map(lambda ann: packed({"a.txt": TEXT.encode(), "a.ann": ann})),
    "csv": mutations.bytes_of(ROWS),
    "doccano": json_of(*map(json.loads, written(doccano).splitlines())) | mutations.bytes_of(written(doccano)),
    "jsonl": json_of(FULL) | mutations.bytes_of(json.dumps(FULL).encode()),
    "label-studio": json_of(json.loads(written(label_studio))) | mutations.bytes_of(written(label_studio)),
    "prodigy": mutations.bytes_of(written(prodigy)),
    "tei": mutations.bytes_of(written(tei)),
    "uima-cas": in_a_zip(written(uima_cas)),
}


def send(checker: Api, format: str, file: bytes) -> dict[str, Any]:
    """Import the file, hold the answer to its promises, and take everything back."""
    with transaction.atomic():
        before = Annotation.objects.count()
        response = checker.send("POST", f"import/{format}/?desk=demo", raw=file, media_type="application/octet-stream")
        answer: dict[str, Any] = json.loads(response.content)
        if response.status_code == 200:
            assert Annotation.objects.count() - before == answer["created"]
            sentences = [each["detail"] for each in answer["refused"]]
            assert not [each for each in answer["refused"] if each["code"] == "refused"], answer
        else:
            assert (response.status_code, Annotation.objects.count()) == (400, before), answer
            sentences = [answer["detail"]]
        assert all(each.endswith(".") for each in sentences), sentences
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what the end of a transaction would look at
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("format", FILES)
def test_a_damaged_file_is_taken_or_refused_in_words(format: str, checker: Api, desk: Desk) -> None:
    text = {"text": TEXT, "canonical_url": ADDRESS}
    assert checker.send("POST", "import/jsonl/?desk=demo", text).status_code == 200  # what rows of CSV are about

    @settings(deadline=None, max_examples=60, derandomize=True, database=None, phases=[Phase.generate])
    @given(FILES[format])
    def each(file: bytes) -> None:
        send(checker, format, file)

    each()
    assert Article.objects.count() == 1


def together(format: str, documents: list[Any]) -> bytes:
    """A file of them, each with a text of its own: an array for Label Studio, else a document a line."""
    lines = [
        json.dumps(each).replace(json.dumps(TEXT), json.dumps(f"{TEXT} {number}"))
        for number, each in enumerate(documents)
    ]
    if format == "prodigy":  # whose files of ours end so
        lines.append(json.dumps({"text": "", "meta": {"end": True, "documents": len(lines)}}))
    return f"[{','.join(lines)}]".encode() if format == "label-studio" else "\n".join(lines).encode()


@pytest.mark.parametrize("format", WHOLE)
def test_every_wrong_value_is_taken_or_refused_in_words(format: str, checker: Api, desk: Desk) -> None:
    documents = list(mutations.every_value_of(WHOLE[format]))

    answer = send(checker, format, together(format, documents))

    assert answer["documents"] == len(documents)
    unreadable = [each for each in answer["refused"] if each["code"] == "malformed"]
    assert 0 < len(unreadable) < len(documents) - 10
