"""The confidential tier: keep who an unnamed source is, let named people read it, and note each reading."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from annotations.core.errors import DomainError, FieldError
from annotations.core.wording import _, gettext_noop
from annotations.models import Attribution, Identity, User
from annotations.permissions import require
from annotations.services.assignments import member_named
from annotations.services.history import record
from annotations.services.locks import locked_annotation
from annotations.services.rows import checked

HIDDEN = gettext_noop("There is no such entry, or it is not for you.")


@transaction.atomic
def keep_identity(*, attribution_id: UUID, actor: User, content: str, readers: Iterable[str] = ()) -> Identity:
    """Keep the identity behind an attribution. Its keeper and the named readers, nobody else, can read it."""
    attribution = Attribution.objects.filter(pk=attribution_id, retired_at=None).first()
    if attribution is None:
        raise DomainError("not_found", _(HIDDEN))
    annotation = locked_annotation(attribution.annotation_id, actor, None)
    require(actor, "comment", annotation)
    if not content.strip():
        sentence = _("Write down who the source is.")
        raise DomainError("missing", sentence, errors=[FieldError("/content", "missing", sentence)])
    if Identity.objects.filter(attribution=attribution).exists():
        raise DomainError(
            "wrong_state", _("An identity is kept for this source already. Add a new attribution instead.")
        )
    people = [member_named(annotation.desk_id, name) for name in dict.fromkeys(readers)]
    identity = checked(Identity(desk_id=annotation.desk_id, attribution=attribution, keeper=actor, content=content))
    identity.save(force_insert=True)
    identity.readers.set({actor, *people})
    # The event says that there is one and who may read it, never what it is.
    after = {
        "attribution": str(attribution.pk),
        "readers": sorted({actor.username, *(each.username for each in people)}),
    }
    record(annotation, actor=actor, action="keep_identity", obj=identity, after=after)
    return identity


@transaction.atomic
def read_identity(*, attribution_id: UUID, actor: User) -> str:
    """The identity, for one of its readers; each reading is an event. For everybody else there is none."""
    identity = Identity.objects.filter(attribution_id=attribution_id, readers=actor.pk).first()
    if identity is None or not actor.is_active:
        raise DomainError("not_found", _(HIDDEN))
    annotation = locked_annotation(identity.attribution.annotation_id, actor, None)
    record(annotation, actor=actor, action="read_identity", obj=identity)
    return identity.content
