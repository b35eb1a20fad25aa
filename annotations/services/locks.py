"""How a write gets hold of its rows: the article, then the annotation, always in this order: no deadlocks.

Settings lock the desk, before anything else of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.db.models import Model, QuerySet

from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.models import Annotation, AnnotationTerm, Article, Attribution, Desk, Evidence, Link, User, Verdict
from annotations.models.compiled import Asked, Compiled, together
from annotations.permissions import require
from annotations.permissions.roles import asked_roles, knows_roles, remember_roles

_ID: Final = UUID(int=1)
_PERSON: Final = UUID(int=2)


def _locked(articles: QuerySet[Article], id: Any) -> QuerySet[Article]:
    return articles.select_related("desk", "revision").select_for_update(of=("self",), no_key=True).filter(pk=id)


def _article_of(annotation_id: UUID) -> QuerySet[Any]:
    """An annotation stays on its article, so that it may be asked for before anything is locked."""
    return Annotation.objects.filter(pk=annotation_id).values("article_id")[:1]


_ARTICLE: Final = Compiled(
    lambda id, person: _locked(Article.objects.visible_to(User(pk=person)), id), id=_ID, person=_PERSON
)
_ANY_ARTICLE: Final = Compiled(lambda id: _locked(Article.objects.all(), id), id=_ID)
_ARTICLE_OF: Final = Compiled(
    lambda id, person: _locked(Article.objects.visible_to(User(pk=person)), _article_of(id)), id=_ID, person=_PERSON
)
_ANY_ARTICLE_OF: Final = Compiled(lambda id: _locked(Article.objects.all(), _article_of(id)), id=_ID)
_ANNOTATION: Final = Compiled(
    lambda id: (
        Annotation.objects.select_related("author", "assignee")
        .select_for_update(of=("self",), no_key=True)
        .filter(pk=id)
    ),
    id=_ID,
)
_PARTS: Final[Mapping[str, Compiled[Any]]] = {
    "labels": Compiled(lambda id: AnnotationTerm.objects.select_related("term").filter(annotation=id), id=_ID),
    "attributions": Compiled(
        lambda id: Attribution.objects.select_related("origin", "identification", "channel", "distance").filter(
            annotation=id
        ),
        id=_ID,
    ),
    "evidence": Compiled(lambda id: Evidence.objects.filter(annotation=id), id=_ID),
    "verdicts": Compiled(lambda id: Verdict.objects.select_related("term").filter(annotation=id), id=_ID),
    "links": Compiled(lambda id: Link.objects.filter(annotation=id), id=_ID),
}


def locked_article(article_id: UUID, actor: User | None) -> Article:
    """The article with its desk and current revision (text included), locked until the transaction ends.

    `actor` None is the site itself, which follows a rule of the desk.
    """
    return locked_article_and(article_id, actor)[0]


def locked_article_and(article_id: UUID, actor: User | None, *questions: Asked[Any]) -> tuple[Article, list[list[Any]]]:
    """The same, and the answers to what is asked behind the lock, on the same way to the database."""
    article, answers = _seen(actor, article_id, (_ARTICLE, _ANY_ARTICLE), questions)
    if article is None:
        raise DomainError("not_found", _("There is no such article, or it belongs to a desk you do not work on."))
    return article, answers


def locked_articles(articles: QuerySet[Article]) -> list[Article]:
    """Several articles with desk and current revision, locked one after the other in the order of their ids."""
    return list(articles.select_related("desk", "revision").select_for_update(of=("self",), no_key=True).order_by("id"))


def locked_annotation(annotation_id: UUID, actor: User | None, seen_version: int | None) -> Annotation:
    """The annotation as the actor saw it, its article locked before it. Raises "stale" when somebody was faster.

    `seen_version` None means the caller looked at nothing, as when it only adds something.
    """
    article, _answers = _seen(actor, annotation_id, (_ARTICLE_OF, _ANY_ARTICLE_OF))
    if article is None:
        raise DomainError("not_found", _("There is no such annotation, or it belongs to a desk you do not work on."))
    [annotation], *parts = together(*(query.asked(id=annotation_id) for query in (_ANNOTATION, *_PARTS.values())))
    annotation.article = article
    if annotation.revision_id == article.revision_id:
        annotation.revision = article.current
    if seen_version is not None and annotation.version != seen_version:
        raise DomainError(
            "stale",
            _(
                "Somebody changed this annotation in the meantime (you saw version {seen_version}, it is "
                "now version {version}). Look at it again, then repeat your change."
            ).format(seen_version=seen_version, version=annotation.version),
            extra={"version": annotation.version},
        )
    remember(annotation, **dict(zip(_PARTS, parts, strict=True)))
    return annotation


def _seen(
    actor: User | None,
    id: UUID,
    queries: tuple[Compiled[Article], Compiled[Article]],
    questions: Sequence[Asked[Any]] = (),
) -> tuple[Article | None, list[list[Any]]]:
    """The article as the actor sees it. Roles count as they are under the lock: they are read behind it."""
    visible, anyway = queries
    if actor is None:
        found, *answers = together(anyway.asked(id=id), *questions)
    elif not actor.is_active:
        return None, []
    elif knows_roles(actor):
        found, *answers = together(visible.asked(id=id, person=actor.pk), *questions)
    else:
        found, roles, *answers = together(visible.asked(id=id, person=actor.pk), asked_roles(actor), *questions)
        remember_roles(actor, roles)
    return next(iter(found), None), answers


def administered_desk(desk_id: UUID, actor: User) -> Desk:
    """The desk, locked, for somebody who may change its settings. Raises "not_found" and "not_allowed"."""
    rows = Desk.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
    desk = rows.filter(pk=desk_id).first()
    if desk is None:
        raise DomainError("not_found", _("There is no such desk, or you do not work on it."))
    require(actor, "administer", desk)
    return desk


@cache
def _all_of(name: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = getattr(Annotation, name).rel.related_model._default_manager.all()
    return rows


def remember(annotation: Annotation, **parts: Iterable[Model]) -> None:
    """Make the object know its parts without reading them again."""
    cache = annotation.__dict__.setdefault("_prefetched_objects_cache", {})
    for name, rows in parts.items():
        # Not the annotation's own manager: to filter what will never be asked costs more than all else here.
        all_rows = _all_of(name)
        queryset: Any = type(all_rows)(all_rows.model, all_rows.query)  # whoever narrows it down copies the query first
        queryset._result_cache = list(rows)
        queryset._prefetch_done = True
        cache[name] = queryset
