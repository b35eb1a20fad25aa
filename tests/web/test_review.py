"""The review in pages: moves from the table, refusals in words, policies, the public page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from annotations.core.drafts import AttributionDraft
from annotations.core.states import AnnotationState, ArticleState
from annotations.models import Annotation, Article, Event, Notice, User
from annotations.services.evidence import add_attribution
from tests.people import People
from tests.states import annotation_at, article_at
from tests.web.conftest import HTMX

AsUser = Callable[[User], Client]


def refusals(source: bytes) -> dict[str, str]:
    """Disabled moves with the sentence beside them, which has to be their tooltip too."""
    tree = html.fromstring(source)
    found = {}
    for button in tree.xpath("//div[@class='refused-move']/button"):
        why = tree.get_element_by_id(button.get("aria-describedby")).text
        assert button.get("title") == why
        found[button.text] = why
    return found


def post_move(client: Client, annotation: Annotation, action: str, **data: object) -> Any:
    version = Annotation.objects.get(pk=annotation.pk).version
    return client.post(f"/annotations/{annotation.pk}/moves/{action}/", {"seen_version": version, **data})


def test_author_sees_why_approving_is_for_somebody_else(article: Article, people: People, as_user: AsUser) -> None:
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)

    found = refusals(as_user(people.checker).get(f"/annotations/{annotation.pk}/").content)

    assert found["Approve"] == "Only reviewers can approve."
    assert found["Approve in an emergency"] == "Only the head of research can approve in an emergency."


NEXT = {
    AnnotationState.OPEN: "",
    AnnotationState.PROPOSED: "Waits for a reviewer who took no part in it.",
    AnnotationState.DISPUTED: "Waits for the decision of a head of research who took no part in it.",
    AnnotationState.SIGNED_OFF: "Signed off: nothing is left to do.",
}


@pytest.mark.parametrize("state", NEXT)
def test_page_and_card_say_what_comes_next_to_a_person_who_has_no_button_for_it(
    state: AnnotationState, article: Article, people: People, as_user: AsUser
) -> None:
    annotation = annotation_at(state, article, people)
    client = as_user(people.checker)

    for url in (f"/annotations/{annotation.pk}/", f"/annotations/{annotation.pk}/card/"):
        said = html.fromstring(client.get(url).content).xpath("string(//p[contains(@class, 'next-step')])")
        assert (url, said) == (url, NEXT[state])


def test_card_says_what_is_missing_before_the_proposal(annotation: Annotation, checker: Client) -> None:
    card = checker.get(f"/annotations/{annotation.pk}/card/").content.decode()

    assert '<p class="next-step">Give a verdict before you propose it.</p>' in card


def test_missing_verdict_is_said_before_the_proposal(annotation: Annotation, checker: Client) -> None:
    page = refusals(checker.get(f"/annotations/{annotation.pk}/").content)
    response = post_move(checker, annotation, "propose")

    assert page["Propose the verdict"] == "Give a verdict before you propose it."
    assert response.status_code == 409
    assert "Give a verdict before you propose it." in response.content.decode()


def test_proposal_goes_to_review_and_comes_back_with_a_reason(
    article: Article, people: People, as_user: AsUser
) -> None:
    annotation = annotation_at(AnnotationState.OPEN, article, people)
    reviewer = as_user(people.reviewer)

    assert post_move(as_user(people.checker), annotation, "propose").status_code == 302
    without = post_move(reviewer, annotation, "return", reason=" ")
    returned = post_move(reviewer, annotation, "return", reason="Which day?")

    annotation.refresh_from_db()
    assert (without.status_code, returned.status_code, annotation.state) == (422, 302, "returned")
    notice = Notice.objects.get(person=people.checker)
    assert notice.sentence == f'Reviewer returned "{annotation.exact}". Reason: Which day?'


def test_decision_asks_what_it_leads_to(article: Article, people: People, as_user: AsUser) -> None:
    annotation = annotation_at(AnnotationState.DISPUTED, article, people)
    head = as_user(people.head)
    form = head.get(f"/annotations/{annotation.pk}/moves/decide/").content.decode()

    post_move(head, annotation, "decide", to="signed_off", reason="The report settles it.")

    annotation.refresh_from_db()
    assert "Signed off" in form
    assert "Returned" in form
    assert annotation.state == "signed_off"


def test_stale_page_cannot_approve(article: Article, people: People, as_user: AsUser) -> None:
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)
    url = f"/annotations/{annotation.pk}/moves/approve/"
    reviewer = as_user(people.reviewer)

    plain = reviewer.post(url, {"seen_version": 1})
    piece = reviewer.post(url, {"seen_version": 1}, headers=HTMX)

    annotation.refresh_from_db()
    assert (plain.status_code, piece.status_code, annotation.state) == (412, 412, "proposed")


def test_card_offers_only_what_is_possible_and_refreshes_its_blocks(
    article: Article, people: People, as_user: AsUser
) -> None:
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)
    reviewer = as_user(people.reviewer)

    card = reviewer.get(f"/annotations/{annotation.pk}/card/").content.decode()
    answer = reviewer.post(
        f"/annotations/{annotation.pk}/moves/approve/", {"seen_version": annotation.version}, headers=HTMX
    )

    assert [name for name in ("approve", "return", "dispute", "emergency") if f"/moves/{name}" in card] == [
        "approve",
        "return",
        "dispute",
    ]
    assert 'hx-target="#b2"' in answer.content.decode()
    assert "Signed off" in answer.content.decode()


def test_article_page_says_what_clearing_waits_for(article: Article, people: People, as_user: AsUser) -> None:
    annotation_at(AnnotationState.OPEN, article, people)

    source = as_user(people.head).get(f"/articles/{article.pk}/").content

    assert refusals(source)["Clear"] == "1 annotation is neither signed off nor withdrawn yet."
    assert "1 of 5 sentences seen" in html.fromstring(source).text_content()


def test_article_is_cleared_published_and_reopened(article: Article, people: People, as_user: AsUser) -> None:
    article = article_at(ArticleState.CHECKING, article, people)
    head = as_user(people.head)
    states = []
    for action in ("clear", "publish", "reopen"):
        article.refresh_from_db()
        data = {"seen_version": article.version, "reason": "New copy."}
        assert head.post(f"/articles/{article.pk}/moves/{action}/", data).status_code == 302
        article.refresh_from_db()
        states.append(article.state)

    assert states == ["cleared", "published", "checking"]


def test_head_alone_clears(article: Article, people: People, as_user: AsUser) -> None:
    article = article_at(ArticleState.CHECKING, article, people)

    response = as_user(people.reviewer).post(f"/articles/{article.pk}/moves/clear/", {"seen_version": article.version})

    assert response.status_code == 403
    assert "Only the head of research can clear." in response.content.decode()


def test_administrator_sets_the_policies_and_nobody_else(people: People, article: Article, as_user: AsUser) -> None:
    data = {"approvals_needed": 2, "sources_needed": 1, "idle_hours": 24, "coverage_required": "on"}

    refused = as_user(people.head).post("/desks/demo/policies/", data)
    saved = as_user(people.admin).post("/desks/demo/policies/", data)

    article.desk.refresh_from_db()
    assert (refused.status_code, saved.status_code) == (403, 302)
    assert (article.desk.approvals_needed, article.desk.idle_hours) == (2, 24)


def test_identity_is_read_by_named_people_and_each_reading_is_recorded(
    annotation: Annotation, people: People, as_user: AsUser
) -> None:
    row, _ = add_attribution(
        annotation_id=annotation.pk, actor=people.checker, draft=AttributionDraft(source="An official")
    )
    url = f"/attributions/{row.pk}/identity/"
    as_user(people.checker).post(url, {"content": "Jane Roe", "readers": ["head"]})

    named = as_user(people.head).post(f"{url}read/")
    unnamed = as_user(people.reviewer).post(f"{url}read/")

    assert "Jane Roe" in named.content.decode()
    assert "no-store" in named.headers["Cache-Control"]
    assert unnamed.status_code == 404
    assert [event.actor for event in Event.objects.filter(action="read_identity")] == [people.head]
    assert "Jane Roe" not in as_user(people.head).get(f"/annotations/{annotation.pk}/").content.decode()


def test_what_nothing_undoes_asks_for_a_typed_word(article: Article, people: People, as_user: AsUser) -> None:
    published = article_at(ArticleState.PUBLISHED, article, people)
    url, head = f"/articles/{article.pk}/moves/retract/", as_user(people.head)
    asked = head.get(url).content.decode()
    sent = {"seen_version": published.version, "reason": "The agency withdrew it."}

    untyped = head.post(url, sent)
    mistyped = head.post(url, {**sent, "typed": "Yes"})
    article.refresh_from_db()
    still = article.state
    head.post(url, {**sent, "typed": " retract "})

    article.refresh_from_db()
    assert "This cannot be undone. Type “Retract” to go on." in asked
    assert (untyped.status_code, mistyped.status_code, still) == (422, 422, ArticleState.PUBLISHED)
    assert "This is not “Retract”. Nothing was changed." in mistyped.content.decode()
    assert article.state == ArticleState.RETRACTED


def test_what_can_be_undone_asks_for_no_word(article: Article, people: People, as_user: AsUser) -> None:
    article_at(ArticleState.PUBLISHED, article, people)

    assert 'name="typed"' not in as_user(people.head).get(f"/articles/{article.pk}/moves/reopen/").content.decode()
