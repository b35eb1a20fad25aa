"""Moves over the API: what is listed, who may make which, and the refusals word for word."""

import json
from typing import Any

import pytest

from annotations.core.moves import ANNOTATION_MOVES, ARTICLE_MOVES
from annotations.core.states import AnnotationState, ArticleState
from annotations.models import Annotation, Article, Desk, Event, User
from annotations.permissions import may
from annotations.services.policies import set_policies
from tests.api.client import Api, problem
from tests.people import People
from tests.states import WAYS, annotation_at, article_at, cover

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


def test_the_list_says_what_may_be_done_and_why_not(article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)

    response = Api(people.checker).show(f"annotations/{annotation.pk}/transitions/")

    document = response.json()
    assert (document["state"], document["version"], response["ETag"]) == ("proposed", 2, annotation.etag)
    assert [row["action"] for row in document["transitions"]] == [
        "approve",
        "return",
        "dispute",
        "approve_in_emergency",
        "withdraw",
    ]
    assert document["transitions"][0] == {
        "action": "approve",
        "to": ["signed_off"],
        "label": "Approve",
        "needs_reason": False,
        "allowed": False,
        "code": "not_allowed",
        "reason": "Only reviewers can approve.",
    }
    assert document["transitions"][4] == {
        "action": "withdraw",
        "to": ["withdrawn"],
        "label": "Withdraw",
        "needs_reason": True,
        "allowed": True,
        "code": None,
        "reason": None,
    }


def test_a_move_without_if_match_is_428_and_a_stale_one_412(article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)
    api, path = Api(people.reviewer), f"annotations/{annotation.pk}/transitions/"

    problem(api.send("POST", path, {"action": "approve"}), 428, "precondition_required")
    stale = api.send("POST", path, {"action": "approve"}, etag=annotation.etag.replace("-v2", "-v1"))

    assert problem(stale, 412, "stale")["version"] == 2
    assert Annotation.objects.get(pk=annotation.pk).state == AnnotationState.PROPOSED


def test_a_missing_reason_outcome_and_action_are_pointed_at(article: Article, people: People) -> None:
    disputed = annotation_at(AnnotationState.DISPUTED, article, people)
    head = Api(people.head)

    outcome = problem(make(head, disputed, "decide", reason="So."), 400, "outcome_missing")
    reason = problem(make(head, disputed, "decide", to="returned"), 400, "reason_missing")
    action = problem(make(head, disputed, "praise"), 400, "unknown_action")

    pointers = [document["errors"][0]["pointer"] for document in (outcome, reason, action)]
    assert pointers == ["/to", "/reason", "/action"]
    assert outcome["detail"] == "Say what this leads to: signed_off or returned."
    assert reason["detail"] == "Give a reason, so that the others understand."
    assert action["detail"].startswith('There is no action "praise". Actions: accept, dismiss, propose, approve, ')


def test_what_changed_behind_a_signature_cannot_be_published(article: Article, people: People) -> None:
    article_at(ArticleState.CLEARED, article, people)
    Article.objects.filter(pk=article.pk).update(byline="Somebody else")

    article.refresh_from_db()
    document = problem(make(Api(people.head), article, "publish"), 409, "digest_mismatch")

    assert document["changed"] == ["article"]


def test_an_emergency_approval_shows_with_its_reason(article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)

    row = make(Api(people.head), annotation, "approve_in_emergency", reason="Going to print.").json()

    assert [{name: each[name] for name in each if name != "created"} for each in row["reviews"]] == [
        {
            "person": "head",
            "decision": "approve_in_emergency",
            "outcome": "signed_off",
            "reason": "Going to print.",
            "version": 2,
        }
    ]


@pytest.mark.django_db(transaction=True)
def test_an_export_has_the_same_reviews(article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)
    api = Api(people.head)
    row = make(api, annotation, "approve_in_emergency", reason="Going to print.").json()

    response = api.show("export/jsonl/", {"article": article.pk})

    line = b"".join(response.streaming_content).splitlines()[0]
    exported = json.loads(line)
    assert {name: exported[name] for name in row} == row


def test_an_approval_that_is_not_the_last_leaves_it_proposed(article: Article, people: People, desk: Desk) -> None:
    set_policies(desk_id=desk.pk, actor=people.admin, changes={"approvals_needed": 2})
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)

    first = make(Api(people.reviewer), annotation, "approve").json()
    again = problem(make(Api(people.reviewer), annotation, "approve"), 409, "wrong_state")
    last = make(Api(people.reviewer2), annotation, "approve").json()

    assert (first["state"], first["version"], last["state"]) == ("proposed", 2, "signed_off")
    assert again["detail"] == "You approved this already. It waits for the approval of somebody else."
    assert [each["person"] for each in last["reviews"]] == ["reviewer", "reviewer2"]


@pytest.mark.parametrize("state", list(WAYS))
def test_the_list_of_verdicts_holds_the_signed_off_ones_only(
    state: AnnotationState, article: Article, people: People
) -> None:
    signed = annotation_at(AnnotationState.SIGNED_OFF, article, people, "leader")
    other = annotation_at(state, article, people, "nine")

    rows = Api(people.checker).show("verdicts/").json()["results"]

    both = [str(other.pk), str(signed.pk)] if state == AnnotationState.SIGNED_OFF else [str(signed.pk)]
    assert [row["annotation"] for row in rows] == both


def test_an_uncovered_article_is_not_cleared(article: Article, people: People) -> None:
    annotation_at(AnnotationState.SIGNED_OFF, article, people)
    article.refresh_from_db()

    document = problem(make(Api(people.head), article, "clear"), 409, "wrong_state")
    cover(article, people)
    article.refresh_from_db()

    assert document["detail"].endswith('unseen. Annotate each of them or mark it "nothing to check".')
    assert make(Api(people.head), article, "clear").json()["state"] == "cleared"


def test_verdicts_say_which_were_approved_in_an_emergency(article: Article, people: People) -> None:
    alone = annotation_at(AnnotationState.PROPOSED, article, people)
    annotation_at(AnnotationState.SIGNED_OFF, article, people, "agencies")
    make(Api(people.head), alone, "approve_in_emergency", reason="Going to print.")

    rows = Api(people.checker).show("verdicts/").json()["results"]

    assert {row["exact"]: row["emergency"] for row in rows} == {"nine": True, "agencies": False}
