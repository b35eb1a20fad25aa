"""Desks, vocabularies and terms as plain data, for the API."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from annotations.core.states import Role
from annotations.models import Desk, Event, Membership, Term, User, Vocabulary
from annotations.permissions import roles_on
from annotations.queries.rows import timestamp


def administered_by(actor: User) -> QuerySet[Desk]:
    """The desks whose settings a person may change."""
    return Desk.objects.filter(
        memberships__user=actor.pk, memberships__active=True, memberships__roles__contains=[Role.ADMINISTRATOR.value]
    )


def vocabularies_of(user: User) -> QuerySet[Vocabulary]:
    return Vocabulary.objects.visible_to(user).select_related("desk")


def terms_of(user: User) -> QuerySet[Term]:
    return Term.objects.visible_to(user).select_related("desk", "vocabulary")


def term_of(desk: Desk) -> QuerySet[Term]:
    """The desk's terms, each with its vocabulary and desk."""
    return desk.terms.select_related("desk", "vocabulary__desk")


def members_of(desk: Desk) -> QuerySet[Membership]:
    """Everybody who is or was on the desk, by name."""
    return desk.memberships.select_related("user").order_by("user__display_name", "user__username")


def memberships_administered_by(actor: User) -> QuerySet[Membership]:
    rows = Membership.objects.filter(desk__in=administered_by(actor).values("pk"))
    return rows.select_related("desk", "user")


def vocabulary_changed_by(actor: User, event_id: UUID) -> QuerySet[Vocabulary]:
    """The vocabulary that an event tells of, when the person administers its desk."""
    events = Event.objects.filter(pk=event_id, object_type="vocabulary")
    rows = Vocabulary.objects.filter(pk__in=events.values("object_id"), desk__in=administered_by(actor).values("pk"))
    return rows.select_related("desk")


def desk_row(desk: Desk, user: User) -> dict[str, Any]:
    """A desk, with the roles that `user` holds on it."""
    return {
        "id": str(desk.pk),
        "slug": desk.slug,
        "name": desk.name,
        "language": desk.language,
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
