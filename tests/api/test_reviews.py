"""Reviews and sign-off over the API: what may be done and why not, each refusal, what verdicts and exports show."""

import json

import pytest

from annotations.core.states import AnnotationState, ArticleState
from annotations.models import Annotation, Article, Desk
from annotations.services.policies import set_policies
from tests.api.client import Api, problem
from tests.api.test_transitions import make
from tests.people import People
from tests.states import WAYS, annotation_at, article_at, cover


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

    line = response.content.splitlines()[0]
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
