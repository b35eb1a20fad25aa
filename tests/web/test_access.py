"""Every page: who gets in, who is sent to the login, what does not exist for whom, which methods it knows."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from annotations.core.bulk import BulkAction, Chosen, Order
from annotations.core.terms import TermSeed
from annotations.models import Annotation, Article, Desk, ImportRun, User
from annotations.services.bulk import act_on_several, undo_bulk
from annotations.services.comments import add_comment
from annotations.services.saved_filters import delete_filter, save_filter
from annotations.services.tokens import create_token
from annotations.services.vocabularies import add_term
from annotations.web.urls import urlpatterns
from tests.people import People

OPEN = {"login", "logout", "public-article", "set-language"}
OF_ARTICLE = {
    "article",
    "cards",
    "ruler",
    "annotate",
    "article-text",
    "article-source",
    "revisions",
    "new-copy",
    "edit-article",
    "review-panel",
    "coverage",
    "article-history",
    "article-changes",
    "article-overview",
    "events",
    "evidence-facts",
}
OF_ANNOTATION = {
    "annotation",
    "card",
    "edit-annotation",
    "resize-annotation",
    "withdraw-annotation",
    "undo-annotation",
    "add-evidence",
    "add-attribution",
    "add-link",
    "comment",
    "assign",
    "annotation-history",
    "place-annotation",
}
MOVES = {"move-annotation", "move-article"}
OF_IDENTITY = {"keep-identity", "read-identity"}
OF_REVISION = {"older-text", "carry-over"}
POST_ONLY = {
    "place-annotation",
    "undo-annotation",
    "comment",
    "retire-part",
    "resolve-comment",
    "assign",
    "read-identity",
    "read-notices",
    "choose-colours",
    "describe-desk",
    "desk-policies",
    "webhook",
    "replay-delivery",
    "change-term",
    "undo-term-change",
    "bring-back-member",
    "undo-several",
    "save-filter",
    "delete-filter",
    "restore-filter",
    "new-password",
    "evidence-facts",
}
OF_BULK = {"several-done", "undo-several"}
OF_FILTER = {"change-filter", "delete-filter", "restore-filter"}
OF_IMPORT = {"imports", "import-run"}
OF_WEBHOOK = {"webhooks", "webhook", "replay-delivery"}
OF_VOCABULARY = {"vocabulary", "term", "change-term", "undo-term-change"}
OF_MEMBERSHIP = {"member", "deactivate-member", "bring-back-member", "new-password"}
OF_MEMBERS = {"members", "new-account"}
NOT_FOR_CHECKERS = {"evidence-file", "carry-over", "webhooks"} | OF_VOCABULARY | OF_MEMBERSHIP | OF_MEMBERS
NAMES = [str(pattern.name) for pattern in urlpatterns]


def address(name: str, article: Article, annotation: Annotation) -> str:
    comment, _ = add_comment(annotation_id=annotation.pk, actor=annotation.author, text="A remark")
    arguments: dict[str, tuple[object, ...]] = {
        **dict.fromkeys(OF_ARTICLE, (article.pk,)),
        **dict.fromkeys(OF_ANNOTATION, (annotation.pk,)),
        "older-text": (article.pk, 1),
        "carry-over": (article.pk, 1),
        "preview-article": (article.pk,),
        "retire-part": (annotation.pk, "evidence", uuid4()),
        "resolve-comment": (comment.pk,),
        "evidence-file": (uuid4(),),
        "desk-settings": (article.desk.slug,),
        "choose-colours": (article.pk,),
        "describe-desk": (article.desk.slug,),
        "desk-policies": (article.desk.slug,),
        "desk-overview": (article.desk.slug,),
        "webhooks": (article.desk.slug,),
        "revoke-token": (create_token(user=annotation.author, name="script")[0].pk,),
        **dict.fromkeys(OF_MEMBERS, (article.desk.slug,)),
        **dict.fromkeys(OF_MEMBERSHIP, (article.desk.memberships.get(user=annotation.author).pk,)),
        "vocabulary": (article.desk.slug, "origin"),
        "term": (article.desk.slug, "state-media"),
        "change-term": (article.desk.slug, "state-media"),
        "undo-term-change": (change_of_vocabulary(article.desk),),
        "imports": (article.desk.slug,),
        "import-run": (ImportRun.objects.create(desk=article.desk, created_by=annotation.author, content=b"").pk,),
        "webhook": (uuid4(),),
        "replay-delivery": (uuid4(),),
        "move-annotation": (annotation.pk, "propose"),
        "move-article": (article.pk, "clear"),
        **dict.fromkeys(OF_IDENTITY, (uuid4(),)),
        **(dict.fromkeys(OF_FILTER, (kept_filter(name, annotation.author),)) if name in OF_FILTER else {}),
        **(dict.fromkeys(OF_BULK, (done_at_once(annotation),)) if name in OF_BULK else {}),
    }
    return reverse(f"annotations:{name}", args=arguments.get(name, ()))


def done_at_once(annotation: Annotation) -> UUID:
    """The id of a bulk action of its author, which is undone again."""
    order, chosen = Order(BulkAction.ASSIGN, annotation.author.username), [Chosen(annotation.pk, annotation.version)]
    result = act_on_several(actor=annotation.author, order=order, chosen=chosen)
    undo_bulk(bulk=result.bulk, actor=annotation.author)
    return result.bulk


def kept_filter(name: str, person: User) -> UUID:
    """A filter of this person; a deleted one where it shall be brought back."""
    row = save_filter(actor=person, page="worklist", name="Open ones", parameters={"state": ["open"]})
    return delete_filter(filter_id=row.pk, actor=person).pk if name == "restore-filter" else row.pk


def change_of_vocabulary(desk: Desk) -> UUID:
    """The event of a change that the desk's administrator just made."""
    origin, actor = desk.vocabularies.get(key="origin"), desk.memberships.get(roles=["administrator"]).user
    seed = TermSeed(f"term-{origin.version}", "A term", "")
    return add_term(vocabulary_id=origin.pk, actor=actor, seen_version=origin.version, seed=seed).pk


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OPEN])
def test_anonymous_visitor_is_sent_to_the_login(name: str, article: Article, annotation: Annotation) -> None:
    url = address(name, article, annotation)

    response = Client().get(url)

    assert response.status_code == 302
    assert response["Location"] == f"/accounts/login/?next={url}"


@pytest.mark.parametrize(
    "name",
    sorted(
        OF_ARTICLE
        | OF_ANNOTATION
        | MOVES
        | OF_IDENTITY
        | OF_REVISION
        | OF_IMPORT
        | OF_WEBHOOK
        | OF_VOCABULARY
        | OF_MEMBERSHIP
        | OF_BULK
        | OF_FILTER
        | OF_MEMBERS
        | {"choose-colours", "describe-desk", "desk-policies", "revoke-token"}
        | {"retire-part", "resolve-comment", "desk-settings", "desk-overview", "evidence-file"}
    ),
)
def test_what_belongs_to_another_desk_is_not_there(
    name: str, article: Article, annotation: Annotation, people: People, as_user: Callable[[User], Client]
) -> None:
    url = address(name, article, annotation)
    stranger = as_user(people.stranger)

    response = stranger.post(url, {"seen_version": 1}) if name in POST_ONLY else stranger.get(url)

    assert response.status_code == 404
    assert article.title not in response.content.decode()


@pytest.mark.parametrize(
    "name",
    [name for name in NAMES if name not in OPEN | POST_ONLY | MOVES | OF_IDENTITY | NOT_FOR_CHECKERS],
)
def test_page_works_for_a_checker(name: str, article: Article, annotation: Annotation, checker: Client) -> None:
    response = checker.get(address(name, article, annotation), follow=True)

    assert response.status_code == 200


@pytest.mark.parametrize("name", ["article", "annotate", "edit-annotation", "withdraw-annotation", "add-evidence"])
def test_page_that_htmx_gets_in_pieces_says_so_to_caches(
    name: str, article: Article, annotation: Annotation, checker: Client
) -> None:
    url = address(name, article, annotation)

    for headers in ({}, {"HX-Request": "true"}):
        assert "HX-Request" in checker.get(url, headers=headers).headers["Vary"]


@pytest.mark.parametrize("name", sorted(POST_ONLY))
def test_changes_are_not_made_by_following_a_link(
    name: str, article: Article, annotation: Annotation, checker: Client
) -> None:
    assert checker.get(address(name, article, annotation)).status_code == 405


@pytest.mark.parametrize("name", ["worklist", "articles", "article", "cards", "annotation", "card", "revisions"])
def test_pages_that_only_show_refuse_to_be_posted_to(
    name: str, article: Article, annotation: Annotation, checker: Client
) -> None:
    assert checker.post(address(name, article, annotation)).status_code == 405


@pytest.mark.parametrize("name", sorted(OF_ANNOTATION - {"annotation", "card", "annotation-history"}))
def test_reader_cannot_change_an_annotation(
    name: str, article: Article, annotation: Annotation, people: People, as_user: Callable[[User], Client]
) -> None:
    """A reader does not even see an article that is being checked."""
    response = as_user(people.reader).post(address(name, article, annotation), {"seen_version": 1, "text": "x"})

    assert response.status_code == 404


@pytest.mark.parametrize(
    "name", ["edit-annotation", "resize-annotation", "withdraw-annotation", "add-evidence", "add-link"]
)
def test_administrator_may_read_but_not_change(
    name: str, article: Article, annotation: Annotation, people: People, as_user: Callable[[User], Client]
) -> None:
    response = as_user(people.admin).get(address(name, article, annotation))

    assert response.status_code == 403
    can = "withdraw" if name == "withdraw-annotation" else "work on annotations"
    assert f"Only checkers, reviewers and the head of research can {can}." in response.content.decode()
