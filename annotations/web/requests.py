"""The request of somebody who is logged in, and what every view loads first. What one may not see is not there."""

from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, prefetch_related_objects
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from annotations.models import Annotation, Article, Event, Revision, Term, User
from annotations.models.compiled import Compiled
from annotations.queries.article_page import touched_blocks
from annotations.queries.rows import with_parts

AROUND = 600

if TYPE_CHECKING:

    class PersonRequest(HttpRequest):
        user: User  # every view here is behind login_required
else:
    PersonRequest = HttpRequest


def article_or_404(request: PersonRequest, pk: UUID) -> Article:
    """The article with desk and revision, the revision's text left out until it is used."""
    return _seen(request, _ARTICLE, pk)


def article_with_text_or_404(request: PersonRequest, pk: UUID) -> Article:
    """The same, the text read at once, with `last_event`: the number of the desk's last event before that."""
    return _seen(request, _WITH_TEXT, pk)


def _seen(request: PersonRequest, articles: Compiled[Article], pk: UUID) -> Article:
    if request.user.is_active and (article := articles.first(id=pk, person=request.user.pk)):
        return article
    raise Http404("There is no such article, or it belongs to a desk you do not work on.")


def _with_text(id: UUID, person: UUID) -> QuerySet[Article]:
    events = Event.objects.filter(desk=OuterRef("desk")).order_by("-number").values("number")
    rows = Article.objects.visible_to(User(pk=person)).select_related("revision", "desk").filter(pk=id)
    return rows.annotate(last_event=Subquery(events[:1]))


_WITH_TEXT: Final = Compiled(_with_text, id=UUID(int=1), person=UUID(int=2))
_ARTICLE: Final = Compiled(
    lambda id, person: Article.objects.visible_to(User(pk=person)).with_revision().filter(pk=id),
    id=UUID(int=1),
    person=UUID(int=2),
)


def revision_of(article: Article) -> Revision:
    """The current revision. Every article has one from the transaction on that made it."""
    if article.revision is None:
        raise Http404("This article has no text.")
    return article.revision


def annotation_or_404(request: PersonRequest, pk: UUID) -> Annotation:
    """The annotation with everything that its card and page show."""
    rows = with_parts(Annotation.objects.visible_to(request.user))
    found = get_object_or_404(rows.select_related("author", "assignee", "article__desk", "revision"), pk=pk)
    with_vocabularies([found])
    return found


def passage_of(annotation: Annotation) -> dict[str, str]:
    """`before` and `after`: what stands around the annotation in the blocks it touches, shortened when long."""
    blocks = touched_blocks(annotation.revision, [(annotation.start, annotation.end)])
    text = annotation.revision.text
    before = text[blocks[0].start : annotation.start] if blocks else annotation.prefix
    after = text[annotation.end : blocks[-1].end] if blocks else annotation.suffix
    return {
        "before": before if len(before) <= AROUND else f"… {before[-AROUND:]}",
        "after": after if len(after) <= AROUND else f"{after[:AROUND]} …",
    }


def with_vocabularies(annotations: list[Annotation]) -> list[Annotation]:
    """Read the vocabularies of all labels at once: their order decides which label leads."""
    prefetch_related_objects([row.term for each in annotations for row in each.labels.all()], "vocabulary")
    return annotations


def terms_of(article: Article) -> list[Term]:
    """The terms that may be chosen on the article's desk, with their vocabularies, in order."""
    return list(article.desk.terms.current().select_related("vocabulary"))


def members_of(article: Article) -> QuerySet[User]:
    """Who works on the article's desk, by name."""
    working = User.objects.filter(is_active=True, memberships__desk=article.desk_id, memberships__active=True)
    return working.order_by("display_name", "username")


def people_of(article: Article) -> list[User]:
    return list(members_of(article))
