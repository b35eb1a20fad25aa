"""Formats with documents: what leaves one desk arrives on another, and nothing of it is lost."""

import datetime as dt
import io
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from annotations.core.drafts import AnnotationDraft, AttributionDraft, EvidenceDraft, PlaceDraft, VerdictDraft
from annotations.formats.readers import READERS
from annotations.models import Annotation, Article, Desk
from annotations.queries.export_documents import export_documents
from annotations.queries.export_rows import Export
from annotations.queries.snapshots import snapshot
from annotations.services.annotations import create_annotation
from annotations.services.evidence import add_link
from tests.api.client import Api
from tests.factories import annotate, import_text
from tests.formats.samples import TEXT, at
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)

FORMATS = ["prodigy", "tei", "uima-cas"]
LEFT_BEHIND = ("id", "article", "revision", "author", "created", "updated", "desk", "state", "version", "assignee")
"""What an annotation gets anew where it arrives."""


@pytest.fixture
def full(desk: Desk, people: People) -> Article:
    """An article with annotations of every kind and a text that formats stumble over."""
    told: dict[str, Any] = {"title": "A & B \U0001f973", "byline": "Ann", "outlet": "Post", "language": "en"}
    told |= {"canonical_url": "https://example.org/?a=1&b=2", "published_at": dt.date(2026, 1, 31)}
    article = import_text(desk, people.checker, TEXT + "\x07 bell", **told)
    first = annotate(
        article,
        people.checker,
        "\U0001f469\U0001f3fd\u200d\U0001f52c died,\tsaid\u00a0Ana.\n\n  مرحبا",
        claim='Nine \U0001f469 died; " & < ]]> \x07.',
        note="\ttab\nline",
        terms=["quantity", "prediction"],
        attributions=[AttributionDraft("Ana", "intelligence-sourced", cue_range=at("said"))],
        evidence=[
            EvidenceDraft(
                url="https://example.org/", quote="Nine.", retrieved_at=dt.datetime(2026, 1, 31, tzinfo=dt.UTC)
            )
        ],
        verdict=VerdictDraft("accurate", "Report.", dt.date(2026, 1, 31)),
    )
    second = annotate(article, people.checker, "\x07 bell", terms=["quantity"])
    annotate(article, people.checker, "died")
    annotate(article, people.checker, "died", claim="The same place.")
    draft = AnnotationDraft(place=PlaceDraft(fragments=[at("Nine"), at("died"), at("e\u0301tude")]), terms=["quantity"])
    create_annotation(article_id=article.pk, actor=people.checker, draft=draft)
    add_link(annotation_id=first.pk, actor=people.checker, target_id=second.pk, kind="contradicts")
    return article


def content(desk: Desk) -> list[Any]:
    """Everything on a desk that a file must bring along."""
    with snapshot():
        documents = list(export_documents(Export(Article.objects.filter(desk=desk), states=())))
    return [
        {
            "text": each.text,
            "metadata": [each.title, each.byline, each.outlet, each.canonical_url, each.published_at, each.language],
            "rows": [{name: told(row[name]) for name in row if name not in LEFT_BEHIND} for row in each.rows],
            "links": [link["kind"] for link in each.links],
        }
        for each in documents
    ]


def told(value: Any) -> Any:
    """Parts without what they get anew."""
    if isinstance(value, list):
        return [told(each) for each in value]
    return (
        {name: each for name, each in value.items() if name not in ("id", *LEFT_BEHIND)}
        if isinstance(value, dict)
        else value
    )


def exported(api: Api, name: str) -> bytes:
    return b"".join(api.show(f"export/{name}/", {"state": "all", "desk": "demo"}).streaming_content)


@pytest.mark.parametrize("name", FORMATS)
def test_what_leaves_one_desk_arrives_on_another(
    name: str, checker: Api, full: Article, desk: Desk, other_desk: Desk, people: People
) -> None:
    file = exported(checker, name)
    stranger = Api(people.stranger)

    for created, existing in ((5, 0), (0, 5)):
        response = stranger.send("POST", f"import/{name}/?desk=other", raw=file, media_type="application/octet-stream")
        report = json.loads(response.content)
        assert (report["created"], report["existing"], report["refused"]) == (created, existing, [])

    assert content(other_desk) == content(desk)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_export_is_whole_and_brings_nothing(name: str, checker: Api, desk: Desk) -> None:
    assert list(READERS[name](io.BytesIO(exported(checker, name)))) == []


@pytest.mark.parametrize("name", FORMATS)
def test_the_commands_do_the_same(
    name: str, checker: Api, full: Article, other_desk: Desk, people: People, tmp_path: Path
) -> None:
    file, output = tmp_path / "file", StringIO()

    call_command("export_verdicts", "--format", name, "--state", "all", "--desk", "demo", "--output", str(file))
    call_command("import_annotations", name, str(file), "--desk", "other", stdout=output)

    assert file.read_bytes() == exported(checker, name)
    assert json.loads(output.getvalue())["created"] == 5
    assert Annotation.objects.filter(desk=other_desk).count() == 5


@pytest.mark.parametrize("name", FORMATS)
def test_evidence_that_is_a_file_comes_as_a_note(
    name: str, checker: Api, article: Article, other_desk: Desk, people: People
) -> None:
    file = ("a.pdf", "application/pdf", b"%PDF")
    annotate(article, people.checker, "nine", evidence=[EvidenceDraft(file=file, quote="Nine died.")])

    body = exported(checker, name)
    response = Api(people.stranger).send("POST", f"import/{name}/?desk=other", raw=body, media_type="text/plain")

    assert json.loads(response.content)["created"] == 1
    note = Annotation.objects.get(desk=other_desk).note
    assert note.startswith("evidence: file a.pdf (SHA-256 ")


def test_what_was_skipped_is_counted(checker: Api, desk: Desk) -> None:
    xmi = (
        '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:my="http:///my.ecore">'
        '<my:Token xmi:id="2" sofa="1" begin="0" end="4"/>'
        '<my:Claim xmi:id="3" sofa="1" begin="0" end="9" label="quantity"/>'
        '<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="Nine&#13;&#10;died."/></xmi:XMI>'
    )

    response = checker.send("POST", "import/uima-cas/?desk=demo", raw=xmi.encode(), media_type="text/xml")

    report = json.loads(response.content)
    assert (report["created"], report["skipped"], report["refused"]) == (1, 1, [])
    assert Annotation.objects.get().exact == "Nine\ndie"
