"""Out of one desk in a format, into another: texts, ranges, labels, links and what was said of them are the same."""

import json
from typing import Any

import pytest

from annotations.core.drafts import AnnotationDraft, AttributionDraft, EvidenceDraft, PlaceDraft, VerdictDraft
from annotations.formats.documents import OutgoingDocument
from annotations.models import Annotation, Article, Desk
from annotations.queries.export_documents import export_documents
from annotations.queries.export_rows import Export
from annotations.queries.snapshots import snapshot
from annotations.services.annotations import create_annotation
from annotations.services.evidence import add_link
from tests.api.client import Api
from tests.factories import import_text
from tests.formats import outgoing
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)

FORMATS = ("brat", "doccano", "label-studio")


@pytest.fixture
def rich(desk: Desk, people: People) -> list[Annotation]:
    """Every row of the awkward document, written by a person, with its links; and a second text."""
    article = import_text(desk, people.checker, outgoing.TEXT, title="Awkward", language="uk", outlet="Post")
    other = import_text(desk, people.checker, "Nine died.", title="Plain")
    made = {row["id"]: _made(article, people, row) for row in outgoing.ROWS}
    for link in outgoing.LINKS:
        source, target = made[link["annotation"]], made[link["target"]]
        add_link(annotation_id=source.pk, actor=people.checker, target_id=target.pk, kind=link["kind"])
    _made(other, people, {**outgoing.row(1, (0, 4)), "fragments": []})
    return list(made.values())


def _made(article: Article, people: People, row: dict[str, Any]) -> Annotation:
    parts = [(part["start"], part["end"]) for part in row["fragments"]]
    place = PlaceDraft(fragments=parts) if parts else PlaceDraft(row["start"], row["end"])
    draft = AnnotationDraft(
        place=place,
        claim=row["claim"],
        note=row["note"],
        terms=row["terms"],
        attributions=[AttributionDraft("Agencies", "state-media", source_range=(0, 4)) for _ in row["attributions"]],
        evidence=[EvidenceDraft(url=each["url"], quote=each["quote"]) for each in row["evidence"]],
        verdict=VerdictDraft("accurate", "The report says so.") if row["verdict"] else None,
    )
    return create_annotation(article_id=article.pk, actor=people.checker, draft=draft)[0]


def sent(api: Api, format: str, body: bytes, desk: str = "other", **params: str) -> dict[str, Any]:
    query = "&".join(f"{name}={value}" for name, value in {"desk": desk, **params}.items())
    response = api.send("POST", f"import/{format}/?{query}", raw=body, media_type="application/octet-stream")
    assert response.status_code == 200, response.content
    return dict(json.loads(response.content))


def on(desk: Desk) -> list[OutgoingDocument]:
    with snapshot():
        return list(export_documents(Export(Article.objects.filter(desk=desk), states=())))


def told(document: OutgoingDocument) -> list[Any]:
    """All that must come back, without what belongs to a place: ids, people, times."""
    numbers = {row["id"]: number for number, row in enumerate(document.rows)}
    links = [(link["kind"], numbers[link["annotation"]], numbers[link["target"]]) for link in document.links]
    meta = [getattr(document, name) for name in ("title", "byline", "outlet", "language", "published_at", "text")]
    return [meta, sorted(links), [_plain(row) for row in document.rows]]


def _plain(row: dict[str, Any]) -> list[Any]:
    names = ("start", "end", "exact", "fragments", "claim", "note", "terms")
    parts = [row["verdict"], *row["attributions"], *row["evidence"]]
    without = [
        part and {name: part[name] for name in part if name not in ("id", "author", "created")} for part in parts
    ]
    return [*(row[name] for name in names), *without]


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_is_lost_on_the_way_to_another_desk(
    format: str, rich: list[Annotation], desk: Desk, other_desk: Desk, checker: Api, people: People
) -> None:
    body = b"".join(checker.show(f"export/{format}/", {"state": "all"}).streaming_content)

    report = sent(Api(people.stranger), format, body)
    again = sent(Api(people.stranger), format, body)

    assert (report["created"], report["refused"], again["created"], again["existing"]) == (11, [], 0, 11)
    ours, theirs = (sorted(on(each), key=lambda document: document.title) for each in (desk, other_desk))
    assert [told(each) for each in theirs] == [told(each) for each in ours]


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_export_is_whole_and_brings_nothing(format: str, checker: Api, desk: Desk) -> None:
    body = b"".join(checker.show(f"export/{format}/").streaming_content)

    assert sent(checker, format, body, "demo")["documents"] == 0
