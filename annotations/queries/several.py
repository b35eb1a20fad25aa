"""Annotations narrowed by what a person asks for, and what was done to several of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from annotations.core.bulk import MOST
from annotations.core.colouring import LABELS, NO_COLOUR, STATE, VERDICT
from annotations.core.saved_filters import NOBODY
from annotations.core.states import AnnotationState
from annotations.models import Annotation, AnnotationTerm, Event, Membership, Term, User, Verdict
from annotations.models.annotation import AnnotationQuerySet
from annotations.models.vocabulary import VERDICT_SCALE
from annotations.queries.by_desk import ByDesk
from annotations.queries.history import Told, told_events
from annotations.queries.matching import annotations_saying, on_desk


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What annotations are narrowed by; whatever is empty does not narrow. `words`: quote, claim or note say them.

    `colours`: numbers of the palette or NO_COLOUR, of what colours stand for by `by` (core/colouring.py).
    """

    article: UUID | None = None
    desk: str = ""
    states: Sequence[str] = ()
    term: str = ""
    author: str = ""
    assignee: str = ""
    words: str = ""
    colours: Sequence[str] = ()
    by: str = LABELS

    @property
    def is_any(self) -> bool:
        return any((self.desk, self.states, self.term, self.author, self.assignee, self.words, self.colours))


@dataclass(frozen=True, slots=True)
class Several:
    """At most MOST annotations of `count`."""

    rows: list[Annotation]
    count: int


def narrowed(rows: AnnotationQuerySet, by: Narrowing) -> AnnotationQuerySet:
    if by.article:
        rows = rows.filter(article=by.article)
    if by.desk:
        rows = on_desk(rows, by.desk)  # type: ignore[assignment]  # the same queryset's
    if by.states:
        rows = rows.filter(state__in=by.states)
    if by.term:
        rows = rows.filter(labels__term__key=by.term)
    if by.author:
        rows = rows.filter(author__username=by.author)
    if by.assignee:
        rows = rows.filter(assignee=None) if by.assignee == NOBODY else rows.filter(assignee__username=by.assignee)
    if by.colours and by.by != STATE:
        rows = _coloured(rows, by)
    return annotations_saying(rows, by.words) if by.words else rows


def _coloured(rows: AnnotationQuerySet, by: Narrowing) -> AnnotationQuerySet:
    """Those that the text shows in one of the colours."""
    found: QuerySet[Any] = AnnotationTerm.objects.filter(annotation=OuterRef("pk"), term__colour__isnull=False)
    if by.by == VERDICT:
        found = Verdict.objects.filter(annotation=OuterRef("pk"), retired_at=None)
    elif by.by != LABELS:
        found = found.filter(term__vocabulary__key=by.by)
    order = ("term__vocabulary__position", "term__position", "term__colour")
    rows = rows.annotate(colour=Subquery(found.order_by(*order).values("term__colour")[:1]))
    numbers = [int(each) for each in by.colours if each != NO_COLOUR]
    return rows.filter(Q(colour__in=numbers) | Q(colour=None) if NO_COLOUR in by.colours else Q(colour__in=numbers))


def several(user: User, by: Narrowing) -> Several:
    """In text order inside one article, otherwise the newest first; withdrawn ones only when they are asked for."""
    rows = narrowed(Annotation.objects.visible_to(user), by)
    if not by.states:
        rows = rows.exclude(state=AnnotationState.WITHDRAWN)
    newest = ByDesk(user, rows, _shown(Annotation.objects.all()))
    found = list((_shown(rows.in_text_order()) if by.article else newest)[: MOST + 1])
    return Several(found[:MOST], len(found) if len(found) <= MOST else rows.count())


def these(user: User, ids: Sequence[UUID]) -> list[Annotation]:
    """The annotations with these ids that the person may see, in text order."""
    return list(_shown(Annotation.objects.visible_to(user).filter(pk__in=ids).in_text_order()))


def told_bulk(user: User, bulk: UUID) -> list[Told]:
    """What was done under this id to annotations that the person may see, newest first."""
    return told_events(
        Event.objects.of_bulk(bulk).filter(annotation__in=Annotation.objects.visible_to(user).values("pk"))
    )


def labels_of(user: User) -> list[Term]:
    """Current labels of the person's desks in their order, one a key."""
    terms = Term.objects.visible_to(user).current().exclude(vocabulary__key=VERDICT_SCALE)
    return list({term.key: term for term in terms.select_related("vocabulary", "desk")}.values())


def colleagues_of(user: User) -> list[User]:
    """Who works on any of the person's desks, by name."""
    desks = Membership.objects.filter(user=user, active=True).values("desk")
    working = User.objects.filter(is_active=True, memberships__desk__in=desks, memberships__active=True)
    return list(working.order_by("display_name", "username").distinct())


def _shown(rows: AnnotationQuerySet) -> AnnotationQuerySet:
    return rows.select_related("article", "author", "assignee")
