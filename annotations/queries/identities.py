"""Which sources of an annotation have a confidential identity, and whose it is to read. Never what it says."""

from uuid import UUID

from annotations.models import Annotation, Identity, User


def identities_of(user: User, annotation: Annotation) -> dict[str, set[UUID]]:
    """Ids of attributions: `kept_identities` have one, `my_identities` one that the user may read."""
    rows = Identity.objects.filter(attribution__annotation=annotation)
    kept = set(rows.values_list("attribution_id", flat=True))
    mine = set(rows.filter(readers=user.pk).values_list("attribution_id", flat=True)) if kept else set()
    return {"kept_identities": kept, "my_identities": mine}
