"""Changes to an annotation over the API: every field alone, the range in all its ways, and what is not changed."""

import threading
from typing import Any

import pytest
from django.db import connection

from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article, Event
from tests.api.client import Api, problem
from tests.factories import annotate
from tests.people import TEXT, People
from tests.states import annotation_at

START = TEXT.index("thousands of troops")
END = START + len("thousands of troops")


def patch(checker: Api, annotation: Annotation, **body: Any) -> Any:
    return checker.send("PATCH", f"annotations/{annotation.pk}/", body, etag="*")


@pytest.mark.parametrize(
    ("body", "range_"),
    [
        ({"start": START + 13}, (START + 13, END)),
        ({"end": END + 7}, (START, END + 7)),
        ({"start": START + 13, "exact": "troops"}, (START + 13, END)),
        ({"start": 0, "end": 6, "exact": "Troops"}, (0, 6)),
        ({"exact": "nine"}, (TEXT.index("nine"), TEXT.index("nine") + 4)),
        ({"exact": "agencies", "occurrence": 2}, (TEXT.rindex("agencies"), TEXT.rindex("agencies") + 8)),
        ({"exact": "agencies", "prefix": "The "}, (TEXT.rindex("agencies"), TEXT.rindex("agencies") + 8)),
        ({"fragments": [{"start": 0, "end": 2}, {"start": 4, "end": 6}]}, (0, 6)),
    ],
)
def test_a_range_moves_as_it_is_said(
    body: dict[str, Any], range_: tuple[int, int], checker: Api, annotation: Annotation
) -> None:
    row = patch(checker, annotation, **body).json()

    assert (row["start"], row["end"], row["exact"]) == (*range_, TEXT[slice(*range_)])
    assert TEXT[: row["start"]].endswith(row["prefix"])
    assert TEXT[row["end"] :].startswith(row["suffix"])
    assert row["version"] == 2


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({"start": END}, "range_empty", "/start"),
        ({"start": END + 1}, "range_reversed", "/start"),
        ({"end": 10**6}, "range_outside_text", "/start"),
        ({"end": END + 7, "exact": "thousands of troops"}, "quote_mismatch", "/exact"),
        ({"exact": "agencies"}, "quote_ambiguous", "/exact"),
        ({"prefix": "The "}, "range_missing", "/start"),
        ({"fragments": [{"start": 0, "end": 2}]}, "fragments_single", "/fragments"),
        ({"fragments": [{"start": 4, "end": 6}, {"start": 0, "end": 2}]}, "fragments_disordered", "/fragments"),
        (
            {"fragments": [{"start": 0, "end": 2}, {"start": 4, "end": 6}], "exact": "nine"},
            "quote_mismatch",
            "/exact",
        ),
    ],
)
def test_a_wrong_range_changes_nothing(
    body: dict[str, Any], code: str, pointer: str, checker: Api, annotation: Annotation
) -> None:
    events = Event.objects.count()

    document = problem(patch(checker, annotation, **body), 400, code)

    assert [error["pointer"] for error in document["errors"]] == [pointer]
    assert Annotation.objects.values_list("start", "end", "version").get() == (START, END, 1)
    assert Event.objects.count() == events


def test_an_interrupted_quotation_keeps_its_parts_until_it_is_whole_again(checker: Api, article: Article) -> None:
    whole = '"We lost nine," the leader said, "in a hundred and twenty days."'
    start = TEXT.index(whole)
    first, second = (start, start + 15), (start + 33, start + len(whole))
    fragments = [{"start": a, "end": b} for a, b in (first, second)]
    body = {"article": str(article.pk), "fragments": fragments, "exact": whole}

    made = checker.send("POST", "annotations/", body).json()
    joined = checker.send("PATCH", f"annotations/{made['id']}/", {"fragments": []}, etag="*").json()

    assert made["fragments"] == [{"start": a, "end": b, "exact": TEXT[a:b]} for a, b in (first, second)]
    assert (made["start"], made["end"], made["exact"]) == (start, start + len(whole), whole)
    assert (joined["start"], joined["end"], joined["exact"], joined["fragments"]) == (
        start,
        start + len(whole),
        whole,
        [],
    )


def test_each_field_is_changed_alone(checker: Api, annotation: Annotation) -> None:
    before = checker.send("GET", f"annotations/{annotation.pk}/").json()
    same = ("id", "start", "end", "exact", "author", "created", "state")

    for version, (name, sent, shown) in enumerate(
        [
            ("claim", " \tNew\r\nclaim ", " \tNew\nclaim "),
            ("note", "Look.", "Look."),
            ("claim", "", ""),
            ("terms", ["quantity", "quantity"], ["quantity"]),
            ("terms", [], []),
            ("assignee", "checker2", "checker2"),
            ("assignee", None, None),
        ],
        2,
    ):
        row = patch(checker, annotation, **{name: sent}).json()
        assert (row[name], row["version"]) == (shown, version)
        assert {key: row[key] for key in same} == {key: before[key] for key in same}


def test_a_verdict_is_given_superseded_and_taken_back(checker: Api, annotation: Annotation) -> None:
    first = patch(
        checker, annotation, verdict={"term": "accurate", "rationale": " Yes. ", "as_of": "2026-01-31"}
    ).json()
    second = patch(checker, annotation, verdict={"term": "unproven"}).json()
    third = patch(checker, annotation, verdict=None).json()

    assert {name: first["verdict"][name] for name in ("term", "rationale", "as_of", "author")} == {
        "term": "accurate",
        "rationale": " Yes. ",
        "as_of": "2026-01-31",
        "author": "checker",
    }
    assert second["verdict"]["term"] == "unproven"
    assert third["verdict"] is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("state", "is not set by writing it"),
        ("article", "stays on its article"),
        ("revision", "only when new copy comes in"),
        ("author", "set by the server"),
        ("version", "set by the server"),
        ("evidence", "annotations/{id}/evidence/"),
        ("attributions", "annotations/{id}/attributions/"),
        ("colour", "Known fields: start, end, exact"),
    ],
)
def test_what_is_not_changed_here_is_said(name: str, words: str, checker: Api, annotation: Annotation) -> None:
    document = problem(
        patch(checker, annotation, **{name: "x"}), 400, "unknown_field" if name == "colour" else "read_only"
    )

    assert document["errors"][0]["pointer"] == f"/{name}"
    assert words in document["detail"]
    assert Annotation.objects.get().version == 1


def test_a_withdrawn_annotation_is_in_the_wrong_state(checker: Api, annotation: Annotation) -> None:
    path = f"annotations/{annotation.pk}/"
    gone = checker.send("DELETE", path, {"reason": " Twice. "}, etag="*").json()

    problem(patch(checker, annotation, note="x"), 409, "wrong_state")
    problem(checker.send("DELETE", path, {"reason": "Again."}, etag="*"), 409, "wrong_state")

    assert gone["state"] == "withdrawn"
    assert Event.objects.order_by("-id").values_list("action", "reason").first() == ("withdraw", " Twice. ")


@pytest.mark.parametrize("where", ["body", "query"])
def test_the_reason_may_stand_in_the_body_or_the_query(where: str, checker: Api, annotation: Annotation) -> None:
    path = f"annotations/{annotation.pk}/" + ("?reason=Twice%20told." if where == "query" else "")

    checker.send("DELETE", path, {"reason": "Twice told."} if where == "body" else None, etag="*")

    assert Event.objects.order_by("-id").values_list("reason", flat=True).first() == "Twice told."


def test_somebody_elses_annotation_is_not_withdrawn_and_why_is_said(
    checker: Api, article: Article, people: People
) -> None:
    annotation = annotate(article, people.checker2, "nine")

    document = problem(
        checker.send("DELETE", f"annotations/{annotation.pk}/", {"reason": "No."}, etag="*"), 403, "not_allowed"
    )

    assert document["detail"] == "Only its author or the head of research can withdraw an annotation."


def test_a_change_after_the_sign_off_takes_it_back_to_the_queue(checker: Api, article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.SIGNED_OFF, article, people)

    row = patch(checker, annotation, claim="Ten died.").json()

    assert row["state"] == "needs_recheck"


@pytest.mark.django_db(transaction=True)
def test_of_changes_at_once_exactly_one_wins(annotation: Annotation, people: People) -> None:
    clients = [Api(people.checker) for _ in range(4)]
    tag = clients[0].send("GET", f"annotations/{annotation.pk}/").headers["ETag"]
    statuses: list[int] = []

    def change(number: int) -> None:
        path = f"annotations/{annotation.pk}/"
        statuses.append(clients[number].send("PATCH", path, {"note": f"Mine {number}"}, etag=tag).status_code)
        connection.close()

    threads = [threading.Thread(target=change, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [200, 412, 412, 412]
    assert Annotation.objects.get().version == 2
