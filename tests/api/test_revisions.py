"""Revisions over the API: new copy with its report, older texts as they were, decisions about places."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from annotations.core.states import AnnotationState, ArticleState
from annotations.models import Annotation, Article
from tests.api.client import Api, problem
from tests.factories import annotate
from tests.people import TEXT, People
from tests.states import annotation_at, article_at

NEW = "UPDATED: the ministry has answered.\n\n" + TEXT.replace("lost nine", "lost eleven")


def post(api: Api, article: Article, text: str = NEW, **more: Any) -> Any:
    return api.send("POST", f"articles/{article.pk}/revisions/", {"text": text}, **more)


def place(api: Api, annotation: Annotation, **body: Any) -> Any:
    annotation.refresh_from_db()
    return api.send("POST", f"annotations/{annotation.pk}/place/", body, etag=annotation.etag)


def test_new_copy_answers_with_the_report(article: Article, people: People) -> None:
    moved = annotation_at(AnnotationState.SIGNED_OFF, article, people, "thousands of troops")
    changed = annotation_at(AnnotationState.SIGNED_OFF, article, people, '"We lost nine,"')
    api = Api(people.checker)

    response = post(api, article)

    report = response.json()
    start = NEW.index("thousands of troops")
    assert response.status_code == 201
    assert response["Location"].endswith(f"/api/v1/articles/{article.pk}/revisions/2/")
    assert (report["created"], report["revision"]["number"], report["undecided"]) == (True, 2, 1)
    assert report["counts"] == {"unchanged": 0, "moved": 1, "changed": 1, "gone": 0}
    assert [(row["annotation"], row["outcome"], row["decision"]) for row in report["annotations"]] == [
        (str(moved.pk), "moved", "carried"),
        (str(changed.pk), "changed", "pending"),
    ]
    assert report["annotations"][0]["new"] == {
        "start": start,
        "end": start + 19,
        "exact": "thousands of troops",
        "fragments": [],
    }
    assert report["annotations"][1]["new"]["exact"] == '"We lost eleven,"'
    again = api.show(f"articles/{article.pk}/revisions/2/carry-over/").json()
    assert {**again, "created": True} == report
    assert api.show(f"annotations/{moved.pk}/").json()["state"] == "signed_off"
    assert api.show(f"annotations/{changed.pk}/").json()["state"] == "needs_recheck"


def test_same_text_answers_that_nothing_was_made(article: Article, checker: Api) -> None:
    response = post(checker, article, TEXT)

    assert (response.status_code, response.json()["created"], response.json()["revision"]["number"]) == (200, False, 1)


def test_new_copy_comes_as_a_file_too(article: Article, checker: Api) -> None:
    file = SimpleUploadedFile("copy.txt", NEW.replace("\n", "\r\n").encode(), content_type="text/plain")

    response = checker.post(f"/api/v1/articles/{article.pk}/revisions/", {"file": file})

    assert response.status_code == 201
    assert checker.show(f"articles/{article.pk}/text/").content.decode() == NEW


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "one_source"),
        ({"text": "a", "html": "b"}, "one_source"),
        ({"text": ""}, "empty"),
        ({"text": "a\x00b"}, "nul"),
        ({"title": "T", "text": "a"}, "unknown_field"),
    ],
)
def test_bodies_that_are_no_copy_are_refused(body: dict[str, str], code: str, article: Article, checker: Api) -> None:
    problem(checker.send("POST", f"articles/{article.pk}/revisions/", body), 400, code)


def test_stale_copy_is_refused(article: Article, checker: Api) -> None:
    etag = checker.show(f"articles/{article.pk}/")["ETag"]
    assert post(checker, article, etag=etag).status_code == 201

    problem(post(checker, article, TEXT + " More.", etag=etag), 412, "stale")


def test_cleared_article_is_only_reopened_by_its_head(article: Article, people: People) -> None:
    article_at(ArticleState.PUBLISHED, article, people)

    document = problem(post(Api(people.checker), article), 403, "not_allowed")
    response = post(Api(people.head), article)

    assert document["detail"] == "Only the head of research can reopen."
    assert response.status_code == 201
    assert Api(people.head).show(f"articles/{article.pk}/").json()["state"] == "checking"


def test_older_text_is_read_with_its_annotations_as_they_were(article: Article, people: People) -> None:
    changed = annotation_at(AnnotationState.SIGNED_OFF, article, people, '"We lost nine,"')
    api = Api(people.checker)
    post(api, article)
    annotate(Article.objects.get(pk=article.pk), people.checker, "UPDATED")

    old = api.show(f"articles/{article.pk}/revisions/1/").json()
    new = api.show(f"articles/{article.pk}/revisions/2/").json()

    assert old["text"] == TEXT
    assert [(row["annotation"], row["exact"], row["state"]) for row in old["annotations"]] == [
        (str(changed.pk), '"We lost nine,"', "signed_off")
    ]
    assert [row["exact"] for row in new["annotations"]] == ["UPDATED"]


def test_decisions_are_made_and_taken_back(article: Article, people: People) -> None:
    changed = annotation_at(AnnotationState.SIGNED_OFF, article, people, '"We lost nine,"')
    api = Api(people.checker2)
    post(api, article)

    accepted = place(api, changed, choice="accept").json()
    undone = place(api, changed, choice="undo").json()
    corrected = place(api, changed, choice="correct", exact="eleven").json()

    assert (accepted["exact"], accepted["state"]) == ('"We lost eleven,"', "needs_recheck")
    assert undone["exact"] == '"We lost nine,"'
    assert corrected["exact"] == "eleven"
    row = api.show(f"articles/{article.pk}/revisions/2/carry-over/").json()["annotations"][0]
    assert (row["decision"], row["decided_by"]) == ("corrected", "checker2")


def test_annotation_shows_its_way_through_the_revisions(article: Article, people: People) -> None:
    changed = annotation_at(AnnotationState.SIGNED_OFF, article, people, '"We lost nine,"')
    api = Api(people.checker2)
    post(api, article)
    place(api, changed, choice="accept")
    post(api, article, f"Again.\n\n{NEW}")

    newest, first = api.show(f"annotations/{changed.pk}/placements/").json()["results"]

    start = NEW.index('"We lost eleven,"')
    assert (first["from_revision"], first["to_revision"], first["state"]) == (1, 2, "signed_off")
    assert (first["outcome"], first["decision"], first["decided_by"]) == ("changed", "accepted", "checker2")
    assert first["new"] == {"start": start, "end": start + 17, "fragments": []}
    assert newest["old"]["exact"] == '"We lost eleven,"'
    assert (newest["from_revision"], newest["to_revision"], newest["state"]) == (2, 3, "needs_recheck")
    assert (newest["outcome"], newest["decision"]) == ("moved", "carried")


def test_decisions_that_do_not_fit_are_refused(article: Article, people: People, annotation: Annotation) -> None:
    changed = annotation_at(AnnotationState.SIGNED_OFF, article, people, '"We lost nine,"')
    api = Api(people.checker)
    post(api, article)

    problem(api.send("POST", f"annotations/{changed.pk}/place/", {"choice": "accept"}), 428, "precondition_required")
    problem(place(api, changed, choice="perhaps"), 400, "invalid_choice")
    problem(place(api, changed, choice="correct"), 400, "range_missing")
    problem(place(api, changed, choice="correct", start=0, end=3, exact="xxx"), 400, "quote_mismatch")
    problem(place(api, annotation, choice="accept"), 409, "wrong_state")
    problem(api.send("POST", f"annotations/{changed.pk}/place/", {"choice": "accept"}, etag='"x"'), 412, "stale")


@pytest.mark.parametrize("number", ["0", "3", "-1", "x", "99999999999999999999"])
def test_there_is_no_other_revision(number: str, article: Article, checker: Api) -> None:
    for path in (f"revisions/{number}/", f"revisions/{number}/carry-over/"):
        problem(checker.show(f"articles/{article.pk}/{path}"), 404, "not_found")


@pytest.mark.parametrize("count", [1, 3])
def test_reports_take_the_same_queries_for_one_annotation_as_for_three(
    count: int, article: Article, people: People, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for at in range(count):
        annotate(article, people.checker, TEXT[at * 6 : at * 6 + 5])
    api = Api(people.checker)
    post(api, article)

    with django_assert_num_queries(5):
        api.show(f"articles/{article.pk}/revisions/2/carry-over/")
    with django_assert_num_queries(5):
        api.show(f"articles/{article.pk}/revisions/1/")


@pytest.mark.parametrize("count", [1, 3])
def test_way_takes_the_same_queries_for_one_step_as_for_three(
    count: int,
    article: Article,
    people: People,
    annotation: Annotation,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    api = Api(people.checker)
    for number in range(count):
        post(api, article, f"Copy {number}.\n\n{TEXT}")

    with django_assert_num_queries(3):
        assert len(api.show(f"annotations/{annotation.pk}/placements/").json()["results"]) == count


def test_command_brings_in_copy(
    article: Article, people: People, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    annotation_at(AnnotationState.SIGNED_OFF, article, people, '"We lost nine,"')
    file = tmp_path / "copy.txt"
    file.write_text(NEW, encoding="utf-8")

    call_command("revise_article", str(article.pk), str(file), "--user", "checker2")
    call_command("revise_article", str(article.pk), str(file))

    assert capsys.readouterr().out.splitlines() == [
        "Revision 2: 0 unchanged, 0 moved, 1 changed, 0 gone; 1 wait for a decision.",
        "This is the text of revision 2 already. Nothing was changed.",
    ]
    with pytest.raises(CommandError, match="There is no article"):
        call_command("revise_article", "00000000-0000-7000-8000-000000000000", str(file))
