"""Conditions that lists of the API can be narrowed by, where they are more than one column."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from annotations.models import Annotation, Desk, SearchBacklog, SearchEntry, Term, User
from annotations.models.annotation import AnnotationQuerySet
from annotations.models.article import ArticleQuerySet
from annotations.models.search import FoundKind

QUOTED = (FoundKind.TEXT, FoundKind.OLDER_TEXT, FoundKind.ANNOTATION)
M = TypeVar("M", bound=Model)


def on_desk(rows: QuerySet[M], desk: str, path: str = "desk") -> QuerySet[M]:
    """Rows of a desk, which is named by its slug or its id."""
    try:
        return rows.filter(**{f"{path}_id": UUID(desk)})
    except ValueError:
        return rows.filter(**{f"{path}__slug": desk})


def with_label(annotations: QuerySet[Annotation], key: str, user: User) -> QuerySet[Annotation]:
    """Annotations with a label of this key, which is a term of each of the user's desks.

    The terms are looked up first: PostgreSQL knows how frequent each one is, but nothing of a term that it has to find.
    """
    terms = Term.objects.visible_to(user).filter(key=key).values_list("pk", flat=True)
    return annotations.filter(labels__term__in=list(terms))


def with_current_verdict(annotations: QuerySet[Annotation], key: str) -> QuerySet[Annotation]:
    """Annotations whose verdict, not a superseded one, is the term with this key."""
    return annotations.filter(verdicts__retired_at=None, verdicts__term__key=key)


def annotations_saying(annotations: AnnotationQuerySet, words: str) -> AnnotationQuerySet:
    """Quote, claim or note contain the words, whatever their case.

    The index knows the articles of which a text, a claim or a note says them: a quote is a part of a text. Only words
    that go over the end of a line may stand where it does not look. Articles that wait for it are looked at themselves.
    """
    found = annotations.matching(words)
    if "\n" in words:
        return found
    entries = SearchEntry.objects.saying(words).filter(kind__in=QUOTED)
    return found.filter(article__in=entries.values("article").union(SearchBacklog.objects.values("article"), all=True))


def articles_saying(articles: ArticleQuerySet, words: str) -> ArticleQuerySet:
    """Title, byline, outlet or current text contain the words, whatever their case; looked up as above.

    Of those that wait for the index only these articles are read, not what others are importing.
    """
    if "\n" in words:
        return articles.matching(words)
    entries = SearchEntry.objects.saying(words).filter(kind__in=(FoundKind.ARTICLE, FoundKind.TEXT))
    waiting = SearchBacklog.objects.filter(article__in=articles.matching(words).values("pk")).values("article")
    return articles.filter(pk__in=entries.values("article").union(waiting, all=True))


def desk_named(name: str, user: User) -> Desk | None:
    """The desk with this slug or id, if the user is on it."""
    desks = Desk.objects.visible_to(user)
    try:
        return desks.filter(pk=UUID(name)).first()
    except ValueError:
        return desks.filter(slug=name).first()
