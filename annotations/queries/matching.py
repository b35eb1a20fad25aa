"""Conditions that lists of the API can be narrowed by, where they are more than one column."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from annotations.models import Annotation, Desk, User

M = TypeVar("M", bound=Model)


def on_desk(rows: QuerySet[M], desk: str, path: str = "desk") -> QuerySet[M]:
    """Rows of a desk, which is named by its slug or its id."""
    try:
        return rows.filter(**{f"{path}_id": UUID(desk)})
    except ValueError:
        return rows.filter(**{f"{path}__slug": desk})


def with_current_verdict(annotations: QuerySet[Annotation], key: str) -> QuerySet[Annotation]:
    """Annotations whose verdict, not a superseded one, is the term with this key."""
    return annotations.filter(verdicts__retired_at=None, verdicts__term__key=key)


def exactly(row: M, among: QuerySet[M]) -> QuerySet[M]:
    """Of these rows this one, as a condition that can be part of another query."""
    return among.filter(pk=row.pk)


def desk_named(name: str, user: User) -> Desk | None:
    """The desk with this slug or id, if the user is on it."""
    desks = Desk.objects.visible_to(user)
    try:
        return desks.filter(pk=UUID(name)).first()
    except ValueError:
        return desks.filter(slug=name).first()
