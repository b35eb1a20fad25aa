"""How many SQL statements an answer takes: few, and as many for three rows as for one. Savepoints count."""

from typing import Any

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from annotations.core.drafts import AttributionDraft, EvidenceDraft, VerdictDraft
from annotations.core.states import AnnotationState, Role
from annotations.models import Annotation, Article, Desk
from annotations.services.desks import create_desk, set_membership
from tests.api.client import Api
from tests.factories import annotate, import_text
from tests.people import TEXT, People
from tests.states import annotation_at

WORDS = ("nine", "leader", "agencies")


@pytest.fixture
def full(article: Article, people: People) -> Any:
    """Makes so many annotations with all kinds of parts, and a text of comments and links on the first."""

    def make(count: int) -> list[Annotation]:
        return [
            annotate(
                article,
                people.checker,
                words,
                terms=["quantity", "intelligence-sourced"],
                attributions=[AttributionDraft("A", origin="intelligence-sourced"), AttributionDraft("B")],
                evidence=[EvidenceDraft(url="https://a.org"), EvidenceDraft(file=("a", "a/b", b"x"))],
                verdict=VerdictDraft("accurate", "So."),
                assignee="checker2",
            )
            for words in WORDS[:count]
        ]

    return make


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("path", "statements"),
    [
        ("annotations/", 3),
        ("annotations/?q=e&state=open&term=quantity&verdict=accurate&author=checker&assignee=checker2&desk=demo", 4),
        ("articles/", 2),
        ("vocabularies/", 2),
        ("terms/", 2),
    ],
)
def test_a_list_takes_as_many_statements_for_three_as_for_one(
    path: str,
    statements: int,
    count: int,
    full: Any,
    checker: Api,
    desk: Desk,
    people: People,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    full(count)
    for number in range(1, count):
        import_text(desk, people.checker, f"Text {number}.", title="T")
    checker.send("GET", path)

    with django_assert_num_queries(statements):
        assert len(checker.send("GET", path).json()["results"]) >= count


@pytest.mark.parametrize("count", [1, 3])
def test_desks_with_ones_roles_take_three_statements(
    count: int, checker: Api, people: People, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, count):
        further = create_desk(slug=f"desk-{number}", name="Further")
        set_membership(desk=further, user=people.checker, roles=[Role.READER])
    checker.send("GET", "desks/")

    with django_assert_num_queries(3):
        assert len(checker.send("GET", "desks/").json()["results"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_verdicts_take_two_statements(
    count: int, checker: Api, article: Article, people: People, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for words in WORDS[:count]:
        annotation_at(AnnotationState.SIGNED_OFF, article, people, words)
    checker.send("GET", "verdicts/")

    with django_assert_num_queries(2):
        assert len(checker.send("GET", "verdicts/").json()["results"]) == count


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("kind", "statements"), [("evidence", 3), ("attributions", 3), ("links", 3), ("comments", 4), ("history", 3)]
)
def test_what_hangs_on_an_annotation_takes_few(
    kind: str,
    statements: int,
    count: int,
    full: Any,
    checker: Api,
    people: People,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    annotation, *others = full(3)
    bodies = {
        "evidence": [{"url": f"https://a.org/{number}"} for number in range(count)],
        "attributions": [{"source": str(number), "channel": "press-release"} for number in range(count)],
        "links": [{"target": str(other.pk), "kind": kind} for other in others for kind in ("same_fact", "contradicts")],
        "comments": [{"text": str(number)} for number in range(count)],
        "history": [],
    }
    path = f"annotations/{annotation.pk}/{kind}/"
    for body in bodies[kind][:count]:
        checker.send("POST", path, body)
    checker.send("GET", path)

    with django_assert_num_queries(statements):
        assert checker.send("GET", path).status_code == 200


def test_one_annotation_takes_three(full: Any, checker: Api, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    (annotation,) = full(1)
    checker.send("GET", "desks/")

    with django_assert_num_queries(3):
        assert checker.send("GET", f"annotations/{annotation.pk}/").status_code == 200


START = TEXT.index("thousands of troops")
PLAIN = {"start": START, "end": START + 19, "exact": "thousands of troops", "claim": "Thousands were sent."}
LABELLED = {**PLAIN, "terms": ["quantity", "intelligence-sourced"]}
USUAL = {**LABELLED, "verdict": {"term": "accurate", "rationale": "So."}}
EVERYTHING = {
    **USUAL,
    "attribution": {"source": "A", "origin": "intelligence-sourced"},
    "evidence": [{"url": "https://a.org"}, {"url": "https://b.org"}],
    "assignee": "checker2",
}


@pytest.mark.parametrize(("body", "statements"), [(PLAIN, 7), (LABELLED, 8), (USUAL, 9), (EVERYTHING, 12)])
@pytest.mark.parametrize("held", [1, 3])
def test_creating_an_annotation_takes_few_however_many_there_are(
    body: dict[str, Any],
    statements: int,
    held: int,
    full: Any,
    checker: Api,
    article: Article,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    full(held)
    checker.send("GET", "desks/")

    with django_assert_num_queries(statements):
        assert checker.send("POST", "annotations/", {"article": str(article.pk), **body}).status_code == 201


@pytest.mark.parametrize("held", [1, 3])
def test_editing_proposing_and_approving_take_few_however_many_there_are(
    held: int,
    article: Article,
    checker: Api,
    people: People,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    verdict = VerdictDraft("false", "So.")
    made = [annotate(article, people.checker, words, verdict=verdict) for words in WORDS[:held]]
    path = f"annotations/{made[0].pk}/"
    reviewer = Api(people.reviewer)
    tag = checker.send("GET", path)["ETag"]
    reviewer.send("GET", "desks/")

    with django_assert_num_queries(15):
        tag = checker.send("PATCH", path, {"note": "It was so."}, etag=tag)["ETag"]
    with django_assert_num_queries(20):
        tag = checker.send("POST", f"{path}transitions/", {"action": "propose"}, etag=tag)["ETag"]
    with django_assert_num_queries(22):
        assert reviewer.send("POST", f"{path}transitions/", {"action": "approve"}, etag=tag).status_code == 201


@pytest.mark.parametrize("length", [1, 3])
def test_importing_an_article_takes_few_however_long_it_is(
    length: int, checker: Api, desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    text = "\n\n".join(f"Paragraph {number} of the text." for number in range(length))
    checker.send("GET", "desks/")

    with django_assert_num_queries(12):
        assert checker.send("POST", "articles/", {"desk": "demo", "text": text}).status_code == 201
