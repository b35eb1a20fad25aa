"""Evidence, attributions and links of an existing annotation: add one, retire one. Each makes a new version of it."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from annotations.core.drafts import AnnotationChanges, AttributionDraft, EvidenceDraft, LinkKind
from annotations.core.errors import DomainError, wrong
from annotations.core.wording import _
from annotations.models import Annotation, Attribution, Evidence, Link, User
from annotations.models.part import Part
from annotations.permissions import require
from annotations.services.annotations import edit_annotation, save_version
from annotations.services.history import annotation_state, current
from annotations.services.locks import locked_annotation, remember
from annotations.services.parts import attribution_row, evidence_row, retire
from annotations.services.terms import ATTRIBUTION_AXES, terms_by_key
from annotations.services.voiding import void_if_reviewed

KINDS = {"attributions": Attribution, "evidence": Evidence, "links": Link}

P = TypeVar("P", bound=Part)
K = TypeVar("K", bound=Model)


@transaction.atomic
def add_evidence(
    *, annotation_id: UUID, actor: User, draft: EvidenceDraft, seen_version: int | None = None, id: UUID | None = None
) -> tuple[Evidence, bool]:
    """One more piece of evidence, and True; or what an earlier attempt with the same id added, and False."""
    annotation = locked_annotation(annotation_id, actor, seen_version)
    if known := known_part(Evidence, id, annotation, actor):
        return known, False
    require(actor, "edit", annotation)
    row = evidence_row(annotation, draft, actor)
    return _add(annotation, actor, "evidence", row, id), True


@transaction.atomic
def edit_with_evidence(
    *,
    annotation_id: UUID,
    actor: User,
    seen_version: int | None,
    changes: AnnotationChanges,
    evidence: Sequence[EvidenceDraft],
) -> Annotation:
    """Edit, and make `evidence` all the evidence with an address that there is: each difference is a version.

    What has the same address and quote stays as it is, with its stance, tier and group; files stay.
    """
    annotation = edit_annotation(annotation_id=annotation_id, actor=actor, seen_version=seen_version, changes=changes)
    wanted = list(evidence)
    for row in current(annotation, "evidence"):
        same = next((draft for draft in wanted if (draft.url, draft.quote) == (row.url, row.quote)), None)
        if same:
            wanted.remove(same)
        elif row.url:
            annotation = retire_part(annotation_id=annotation_id, actor=actor, kind="evidence", part_id=row.pk)
    for draft in wanted:
        annotation = add_evidence(annotation_id=annotation_id, actor=actor, draft=draft)[0].annotation
    return annotation


@transaction.atomic
def add_attribution(
    *,
    annotation_id: UUID,
    actor: User,
    draft: AttributionDraft,
    seen_version: int | None = None,
    id: UUID | None = None,
) -> tuple[Attribution, bool]:
    """One more source who says it, and True; or what an earlier attempt with the same id added, and False."""
    annotation = locked_annotation(annotation_id, actor, seen_version)
    if known := known_part(Attribution, id, annotation, actor):
        return known, False
    require(actor, "edit", annotation)
    terms = terms_by_key(annotation.desk_id, [getattr(draft, axis) for axis in ATTRIBUTION_AXES])
    row = attribution_row(annotation, draft, actor, terms, annotation.revision.text)
    return _add(annotation, actor, "attributions", row, id), True


@transaction.atomic
def add_link(*, annotation_id: UUID, actor: User, target_id: UUID, kind: str, seen_version: int | None = None) -> Link:
    """Tie this annotation to another one of the same desk."""
    annotation = locked_annotation(annotation_id, actor, seen_version)
    require(actor, "link", annotation)
    target = Annotation.objects.visible_to(actor).filter(pk=target_id, desk_id=annotation.desk_id).first()
    if target is None or target.pk == annotation.pk:
        raise wrong("/target", "unknown_target", _("Link to another annotation of the same desk."))
    if kind not in list(LinkKind):
        raise wrong("/kind", "unknown_kind", _("A link is one of: {listed}.").format(listed=", ".join(LinkKind)))
    if any(row.target_id == target.pk and row.kind == kind for row in current(annotation, "links")):
        raise wrong("/target", "already_linked", _("These two are linked in this way already."))
    return _add(
        annotation,
        actor,
        "links",
        Link(desk_id=annotation.desk_id, annotation=annotation, author=actor, target=target, kind=kind),
    )


@transaction.atomic
def retire_part(
    *, annotation_id: UUID, actor: User, kind: str, part_id: UUID, seen_version: int | None = None
) -> Annotation:
    """Take an attribution, a piece of evidence or a link off an annotation. `kind` is one of KINDS."""
    annotation = locked_annotation(annotation_id, actor, seen_version)
    require(actor, "link" if kind == "links" else "edit", annotation)
    before = annotation_state(annotation)
    rows = current(annotation, kind)
    chosen = [row for row in rows if row.pk == part_id]
    if not chosen:
        raise DomainError("not_found", _("This entry is not on the annotation any more."))
    if kind != "links":
        void_if_reviewed(annotation, actor)
    retire(chosen)
    remember(annotation, **{kind: [row for row in rows if row.pk != part_id]})
    return save_version(annotation, actor, f"retire_{chosen[0]._meta.model_name}", before)


def _add(annotation: Annotation, actor: User, kind: str, row: P, id: UUID | None = None) -> P:
    before = annotation_state(annotation)
    if kind != "links":
        void_if_reviewed(annotation, actor)
    row.pk = id or row.pk
    row.save(force_insert=True)
    remember(annotation, **{kind: [*current(annotation, kind), row]})
    save_version(annotation, actor, f"add_{row._meta.model_name}", before)
    return row


def known_part(model: type[K], id: UUID | None, annotation: Annotation, actor: User) -> K | None:
    """What this person added with this id before. An id that means something else is refused ("id_taken")."""
    found = model._default_manager.filter(pk=id).first() if id else None
    if found is not None and (found.annotation_id != annotation.pk or found.author_id != actor.pk):  # type: ignore[attr-defined]
        raise wrong("/id", "id_taken", _("This id is taken by something else. Make a new one."))
    return found
