"""Moves over the API: who may make which from which state, in tables."""

from typing import Any

import pytest

from annotations.core.moves import ANNOTATION_MOVES, ARTICLE_MOVES
from annotations.core.states import AnnotationState, ArticleState
from annotations.models import Annotation, Article, Event, User
from annotations.permissions import may
from tests.api.client import Api, problem
from tests.people import People
from tests.states import WAYS, annotation_at, article_at

EVERYBODY = ("anonymous", "stranger", "reader", "checker", "reviewer", "head", "admin")
ON_DESK = EVERYBODY[3:]
CHECKERS, REVIEWERS, HEAD = {"checker"}, {"reviewer"}, {"head"}
HOLDERS = {
    "accept": CHECKERS,
    "dismiss": CHECKERS,
    "propose": CHECKERS,
    "approve": REVIEWERS,
    "return": REVIEWERS,
    "dispute": REVIEWERS,
    "approve_in_emergency": HEAD,
    "decide": HEAD,
    "reopen": HEAD,
    "withdraw": {"checker", "reviewer", "head"},
}
"""Who holds a role that the move needs; everybody else on the desk is told 403, whatever the state."""
ARTICLE_HOLDERS = {"start": {"checker", "reviewer", "head"}} | dict.fromkeys(
    ("clear", "publish", "reopen", "retract"), HEAD
)
STATES = [*WAYS, AnnotationState.SUGGESTED]
ARTICLE_STATES = [
    ArticleState.DRAFT,
    ArticleState.CHECKING,
    ArticleState.CLEARED,
    ArticleState.PUBLISHED,
    ArticleState.RETRACTED,
]


def expected(name: str, action: str, state: AnnotationState) -> int:
    if name == "anonymous":
        return 401
    if name in ("stranger", "reader"):
        return 404
    if name not in HOLDERS[action]:
        return 403
    if (state, action) not in ANNOTATION_MOVES:
        return 409
    return 403 if (action, name) == ("withdraw", "reviewer") else 201


def expected_of_article(name: str, action: str, state: ArticleState) -> int:
    if name == "anonymous":
        return 401
    readable = state in (ArticleState.CLEARED, ArticleState.PUBLISHED, ArticleState.RETRACTED)
    if name == "stranger" or (name == "reader" and not readable):
        return 404
    if name not in ARTICLE_HOLDERS[action]:
        return 403
    return 201 if (state, action) in ARTICLE_MOVES else 409


def walked(state: AnnotationState, article: Article, people: People) -> Annotation:
    """A suggestion cannot be walked to: it comes from a machine."""
    if state != AnnotationState.SUGGESTED:
        return annotation_at(state, article, people)
    made = annotation_at(AnnotationState.OPEN, article, people)
    Annotation.objects.filter(pk=made.pk).update(state=state.value)
    made.refresh_from_db()
    return made


def walked_article(state: ArticleState, article: Article, people: People) -> Article:
    if state != ArticleState.DRAFT:
        article_at(state, article, people)
    return Article.objects.get(pk=article.pk)


def api_of(name: str, people: People) -> Api:
    return Api(None if name == "anonymous" else person(name, people))


def person(name: str, people: People) -> User:
    return User.objects.get(pk=getattr(people, name).pk)


def make(api: Api, obj: Annotation | Article, action: str, **more: Any) -> Any:
    kind = "articles" if isinstance(obj, Article) else "annotations"
    return api.send("POST", f"{kind}/{obj.pk}/transitions/", {"action": action, **more}, etag=obj.etag)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", EVERYBODY)
def test_each_move_of_an_annotation_answers_each_person(
    state: AnnotationState, name: str, article: Article, people: People
) -> None:
    annotation = walked(state, article, people)
    api = api_of(name, people)
    refused = [action for action in HOLDERS if expected(name, action, state) != 201]

    for action in refused:
        body = {"reason": "Because."} | ({"to": "returned"} if action == "decide" else {})
        status = expected(name, action, state)
        code = {401: "unauthenticated", 403: "not_allowed", 404: "not_found", 409: "wrong_state"}[status]
        document = problem(make(api, annotation, action, **body), status, code)
        if status in (403, 409):
            assert document["detail"] == may(person(name, people), action, annotation).reason

    annotation.refresh_from_db()
    assert annotation.state == state


@pytest.mark.parametrize(("state", "action"), list(ANNOTATION_MOVES))
@pytest.mark.parametrize("name", ON_DESK)
def test_whoever_may_makes_the_move(
    state: AnnotationState, action: str, name: str, article: Article, people: People
) -> None:
    if expected(name, action, state) != 201:
        pytest.skip("refused: see the table above")
    annotation = walked(state, article, people)
    body = {"reason": "Because."} | ({"to": "returned"} if action == "decide" else {})

    response = make(api_of(name, people), annotation, action, **body)

    row = response.json()
    goal = "returned" if action == "decide" else ANNOTATION_MOVES[state, action].to[0].value  # type: ignore[attr-defined]
    assert (response.status_code, row["state"], row["version"]) == (201, goal, annotation.version + 1)
    assert response["ETag"] == Annotation.objects.get(pk=annotation.pk).etag
    assert response["Location"].endswith(f"/api/v1/annotations/{annotation.pk}/")
    assert Event.objects.filter(annotation=annotation).order_by("number").last().action == action  # type: ignore[union-attr]


@pytest.mark.parametrize("state", ARTICLE_STATES)
@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize("action", list(ARTICLE_HOLDERS))
def test_each_move_of_an_article_answers_each_person(
    state: ArticleState, name: str, action: str, article: Article, people: People
) -> None:
    article = walked_article(state, article, people)
    status = expected_of_article(name, action, state)
    reason = may(person(name, people), action, article).reason if status in (403, 409) else ""

    response = make(api_of(name, people), article, action, reason="Because.")

    if status == 201:
        assert (response.status_code, response.json()["state"]) == (201, ARTICLE_MOVES[state, action].to[0])
        assert response["ETag"] == Article.objects.get(pk=article.pk).etag
    else:
        code = {401: "unauthenticated", 403: "not_allowed", 404: "not_found", 409: "wrong_state"}[status]
        document = problem(response, status, code)
        assert status not in (403, 409) or document["detail"] == reason
