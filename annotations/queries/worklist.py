"""The worklist: what a person can do next."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from annotations.core.states import AnnotationState, ArticleState
from annotations.models import Annotation, Article, User

TO_DO = (AnnotationState.OPEN, AnnotationState.RETURNED, AnnotationState.NEEDS_RECHECK)
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Worklist:
    """At most SHOWN rows a list; the counts are of all."""

    mine: QuerySet[Annotation]
    unassigned: QuerySet[Annotation]
    articles: QuerySet[Article]
    mine_count: int
    unassigned_count: int


def worklist(user: User) -> Worklist:
    """Assigned to the user, or made by them and nobody's yet; unassigned ones of others; articles being checked."""
    todo = Annotation.objects.visible_to(user).filter(state__in=TO_DO).select_related("article", "author", "assignee")
    mine = todo.filter(Q(assignee=user) | Q(assignee=None, author=user)).order_by("-updated", "-id")
    unassigned = todo.filter(assignee=None).exclude(author=user).order_by("id")
    articles = (
        Article.objects.visible_to(user)
        .filter(state__in=(ArticleState.DRAFT, ArticleState.CHECKING))
        .with_revision()
        .annotate(todo=Count("annotations", filter=Q(annotations__state__in=TO_DO)))
        .order_by("-id")
    )
    return Worklist(mine[:SHOWN], unassigned[:SHOWN], articles[:SHOWN], mine.count(), unassigned.count())


def with_progress(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Articles with `todo` and `live_count`: annotations still to do, and all that are not withdrawn."""
    live = ~Q(annotations__state__in=(AnnotationState.WITHDRAWN, AnnotationState.SUGGESTED))
    return articles.annotate(
        todo=Count("annotations", filter=Q(annotations__state__in=TO_DO)),
        live_count=Count("annotations", filter=live & Q(annotations__isnull=False)),
    )
