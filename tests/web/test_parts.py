"""Evidence, sources, links and comments on an annotation's page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html
from uuid_utils.compat import uuid7

from annotations.models import Annotation, Article, Comment, User
from annotations.services.comments import add_comment
from tests.factories import annotate
from tests.people import People
from tests.web.conftest import HTMX
from tests.web.test_annotate import regions

EVIDENCE = {"url": "https://www.example.org/a", "title": " Report ", "stance": "contradicts", "tier": "primary"}


def send(client: Client, name: str, annotation: Annotation, data: dict[str, Any], *, htmx: bool = False) -> Any:
    url = reverse(f"annotations:{name}", args=(annotation.pk,))
    return client.post(url, data, headers=HTMX if htmx else {})


def page(client: Client, annotation: Annotation) -> str:
    return client.get(reverse("annotations:annotation", args=(annotation.pk,))).content.decode()


def test_evidence_is_added_once_however_often_the_button_is_pressed(annotation: Annotation, checker: Client) -> None:
    data = EVIDENCE | {"id": str(uuid7())}

    first, second = send(checker, "add-evidence", annotation, data), send(checker, "add-evidence", annotation, data)

    row = annotation.evidence.get()
    assert (first.status_code, second.status_code) == (302, 302)
    assert (row.url, row.title, row.stance, row.tier) == (
        "https://www.example.org/a",
        " Report ",
        "contradicts",
        "primary",
    )
    assert "Contradicts it, primary source" in page(checker, annotation)


def test_evidence_in_the_panel_refreshes_the_card(annotation: Annotation, checker: Client) -> None:
    response = send(checker, "add-evidence", annotation, EVIDENCE, htmx=True)

    assert response.status_code == 200
    assert "1 piece of evidence" in regions(response)[f"#card-{annotation.pk}"]


def test_evidence_file_comes_back_as_it_was_and_is_never_shown(
    annotation: Annotation, people: People, checker: Client, as_user: Callable[[User], Client]
) -> None:
    upload = SimpleUploadedFile("bericht «1».html", b"<script>alert(1)</script>\r\n\xff", content_type="text/html")
    send(checker, "add-evidence", annotation, {"upload": upload, "stance": "supports", "tier": "primary"})
    url = reverse("annotations:evidence-file", args=(annotation.evidence.get().pk,))

    response = checker.get(url)

    assert response.content == b"<script>alert(1)</script>\r\n\xff"
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''bericht")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert as_user(people.stranger).get(url).status_code == 404


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"stance": "supports", "tier": "primary"}, "Evidence needs an address or a file."),
        (EVIDENCE | {"url": "javascript:alert(1)"}, "Enter a valid URL."),
        (EVIDENCE | {"stance": "maybe"}, "Select a valid choice."),
    ],
)
def test_wrong_evidence_is_refused(
    data: dict[str, str], sentence: str, annotation: Annotation, checker: Client
) -> None:
    response = send(checker, "add-evidence", annotation, data)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert annotation.evidence.count() == 0


def test_source_is_added_and_retired_and_stays_in_the_history(annotation: Annotation, checker: Client) -> None:
    send(checker, "add-attribution", annotation, {"source": "A diplomat", "origin": "official-statement"})
    row = annotation.attributions.get()
    annotation.refresh_from_db()
    url = reverse("annotations:retire-part", args=(annotation.pk, "attributions", row.pk))

    response = checker.post(url, {"seen_version": annotation.version})

    row.refresh_from_db()
    source = page(checker, annotation)
    assert response.status_code == 302
    assert row.retired_at is not None
    assert "No source is recorded." in source
    assert "retired a source" in source


def test_retiring_on_an_outdated_page_is_refused(annotation: Annotation, checker: Client) -> None:
    send(checker, "add-evidence", annotation, EVIDENCE)
    url = reverse("annotations:retire-part", args=(annotation.pk, "evidence", annotation.evidence.get().pk))

    response = checker.post(url, {"seen_version": 1})

    assert response.status_code == 412
    assert "Somebody changed this annotation in the meantime" in response.content.decode()


def test_retiring_what_is_not_there_is_a_404(annotation: Annotation, checker: Client) -> None:
    url = reverse("annotations:retire-part", args=(annotation.pk, "evidence", uuid4()))

    assert checker.post(url, {"seen_version": 1}).status_code == 404


def test_link_is_made_by_pasting_the_other_page(
    annotation: Annotation, article: Article, people: People, checker: Client
) -> None:
    other = annotate(article, people.checker, "Thousands of families")
    address = f"http://testserver/annotations/{other.pk}/"

    response = send(checker, "add-link", annotation, {"kind": "contradicts", "target": address})

    assert response.status_code == 302
    assert f'Contradicts <a href="/annotations/{other.pk}/"' in page(checker, annotation)
    assert "contradicts this one" in page(checker, other)


@pytest.mark.parametrize("target", ["nonsense", "https://www.example.org/", str(UUID(int=7))])
def test_link_to_nothing_is_refused(target: str, annotation: Annotation, checker: Client) -> None:
    response = send(checker, "add-link", annotation, {"kind": "contradicts", "target": target})

    assert response.status_code == 422
    assert "refusal" in response.content.decode() or "wrong" in response.content.decode()


def test_comment_is_kept_to_the_letter_and_can_be_resolved(annotation: Annotation, checker: Client) -> None:
    made = send(checker, "comment", annotation, {"text": " First\r\n second "})
    comment = Comment.objects.get()
    resolved = checker.post(reverse("annotations:resolve-comment", args=(comment.pk,)))

    comment.refresh_from_db()
    assert made["Location"] == f"/annotations/{annotation.pk}/#comment-{comment.pk}"
    assert comment.text == " First\n second "
    assert resolved.status_code == 302
    assert "resolved by Checker" in page(checker, annotation)


def test_comment_that_is_sent_twice_is_there_once(annotation: Annotation, checker: Client) -> None:
    (form,) = html.fromstring(page(checker, annotation)).xpath("//form[.//textarea[@name='text']]")
    sent = {"id": form.xpath("input[@name='id']/@value")[0], "text": "Once."}

    places = [send(checker, "comment", annotation, sent)["Location"] for _ in range(2)]

    comment = Comment.objects.get()
    assert places == [f"/annotations/{annotation.pk}/#comment-{comment.pk}"] * 2


def test_replies_stand_below_what_they_reply_to(annotation: Annotation, checker: Client, people: People) -> None:
    first, _ = add_comment(annotation_id=annotation.pk, actor=people.reviewer, text="Which nine?")
    add_comment(annotation_id=annotation.pk, actor=people.reviewer, text="Another matter.")
    (form, *_others) = html.fromstring(page(checker, annotation)).xpath("//form[input[@name='parent'][@value!='']]")

    send(checker, "comment", annotation, {**dict(form.fields), "text": "Those of May."})

    remarks = html.fromstring(page(checker, annotation)).find_class("remark")
    assert [each.xpath("p[@dir]")[0].text for each in remarks] == ["Which nine?", "Those of May.", "Another matter."]
    assert [each.get("class") for each in remarks] == ["remark", "remark reply", "remark"]
    assert Comment.objects.get(text="Those of May.").parent == first


def test_empty_comment_is_refused_on_the_same_page(annotation: Annotation, checker: Client) -> None:
    response = send(checker, "comment", annotation, {"text": "  \n"})

    assert response.status_code == 422
    assert "Write something first." in response.content.decode()
    assert "thousands of troops" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_annotation_page_takes_the_same_queries_for_one_comment_as_for_three(
    count: int, annotation: Annotation, checker: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for _ in range(count):
        send(checker, "comment", annotation, {"text": "Hm"})
        send(checker, "add-evidence", annotation, EVIDENCE)

    with django_assert_num_queries(QUERIES):
        page(checker, annotation)


QUERIES = 26
