"""Desks, vocabularies and terms as plain data, for the API."""

from typing import Any

from django.db.models import QuerySet

from annotations.models import Desk, Term, User, Vocabulary
from annotations.permissions import roles_on
from annotations.queries.rows import timestamp


def vocabularies_of(user: User) -> QuerySet[Vocabulary]:
    return Vocabulary.objects.visible_to(user).select_related("desk")


def terms_of(user: User) -> QuerySet[Term]:
    return Term.objects.visible_to(user).select_related("desk", "vocabulary")


def desk_row(desk: Desk, user: User) -> dict[str, Any]:
    """A desk, with the roles that `user` holds on it."""
    return {
        "id": str(desk.pk),
        "slug": desk.slug,
        "name": desk.name,
        "roles": sorted(role.value for role in roles_on(user, desk.pk)),
        "created": timestamp(desk.created),
    }


def vocabulary_row(vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "id": str(vocabulary.pk),
        "desk": vocabulary.desk.slug,
        "key": vocabulary.key,
        "name": vocabulary.name,
        "description": vocabulary.description,
        "position": vocabulary.position,
        "version": vocabulary.version,
    }


def term_row(term: Term) -> dict[str, Any]:
    """A label or verdict. `rating` is null for what lies off the scale."""
    rating = {"value": term.rating_value, "best": term.rating_best, "worst": term.rating_worst}
    return {
        "id": str(term.pk),
        "desk": term.desk.slug,
        "vocabulary": term.vocabulary.key,
        "key": term.key,
        "name": term.name,
        "description": term.description,
        "position": term.position,
        "colour": term.colour,
        "rating": rating if term.rating_value is not None else None,
        "averitec": term.averitec or None,
        "retired_at": timestamp(term.retired_at),
    }
