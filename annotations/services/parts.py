"""Parts of an annotation: rows of attributions, evidence, verdicts and labels from drafts. Called under a lock."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone

from annotations.core.anchors import check_range
from annotations.core.drafts import AttributionDraft, EvidenceDraft, VerdictDraft
from annotations.core.errors import DomainError, FieldError, wrong
from annotations.core.wording import _
from annotations.models import Annotation, AnnotationTerm, Attribution, Evidence, StoredFile, Term, User, Verdict
from annotations.models.part import Part
from annotations.models.vocabulary import VERDICT_SCALE
from annotations.services.rows import checked, made
from annotations.services.terms import ATTRIBUTION_AXES, pick


def attribution_row(
    annotation: Annotation,
    draft: AttributionDraft,
    actor: User,
    terms: Mapping[str, Term],
    text: str,
    pointer: str = "",
) -> Attribution:
    if not draft.source.strip():
        raise wrong(f"{pointer}/source", "missing", _("Name the source, or describe it when it must not be named."))
    chosen = {
        axis: pick(terms, key, f"{pointer}/{axis}", axis) for axis in ATTRIBUTION_AXES if (key := getattr(draft, axis))
    }
    row = Attribution(desk_id=annotation.desk_id, annotation=annotation, author=actor, source=draft.source, **chosen)
    for name, bounds in (("source", draft.source_range), ("cue", draft.cue_range)):
        if bounds is not None:
            _check_range(text, bounds, f"{pointer}/{name}_range")
            setattr(row, f"{name}_start", bounds[0])
            setattr(row, f"{name}_end", bounds[1])
    return checked(row, pointer)


def evidence_row(annotation: Annotation, draft: EvidenceDraft, actor: User, pointer: str = "") -> Evidence:
    if not draft.url.strip() and draft.file is None:
        raise wrong(f"{pointer}/url", "missing", _("Evidence needs an address or a file."))
    row = Evidence(
        desk_id=annotation.desk_id,
        annotation=annotation,
        author=actor,
        url=draft.url.strip(),
        title=draft.title,
        publisher=draft.publisher,
        quote=draft.quote,
        locator=draft.locator,
        stance=draft.stance,
        tier=draft.tier,
        independence_group=draft.independence_group,
        unnamed=draft.unnamed,
        retrieved_at=draft.retrieved_at,
    )
    checked(row, pointer)
    if draft.file is not None:
        row.file = stored_file(annotation, *draft.file)
    return row


def _check_range(text: str, bounds: tuple[int, int], pointer: str) -> None:
    try:
        check_range(text, *bounds)
    except DomainError as error:
        at = [FieldError(pointer, error.code, error.message)]
        raise DomainError(error.code, error.message, errors=at, extra=error.extra) from error


def stored_file(owner: Annotation, name: str, media_type: str, content: bytes) -> StoredFile:
    """Keep bytes of an annotation's desk for good."""
    return StoredFile.objects.create(
        desk_id=owner.desk_id,
        name=name[:300],
        media_type=media_type[:200] or "application/octet-stream",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
    )


def verdict_row(annotation: Annotation, draft: VerdictDraft, actor: User, terms: Mapping[str, Term]) -> Verdict:
    term = pick(terms, draft.term, "/verdict/term", VERDICT_SCALE)
    return checked(
        Verdict(
            desk_id=annotation.desk_id,
            annotation=annotation,
            author=actor,
            term=term,
            rationale=draft.rationale,
            as_of=draft.as_of or timezone.localdate(),
        ),
        "/verdict",
    )


def labels_picked(keys: Iterable[str], terms: Mapping[str, Term]) -> list[Term]:
    """The terms of labels, each once. Raises what `pick` raises."""
    return [pick(terms, key, f"/terms/{number}") for number, key in enumerate(dict.fromkeys(keys))]


def label_rows(annotation: Annotation, keys: list[str], terms: Mapping[str, Term]) -> list[AnnotationTerm]:
    return [
        made(
            AnnotationTerm,
            {"annotation": annotation, "term": term},
            desk_id=annotation.desk_id,
            annotation_id=annotation.pk,
            term_id=term.pk,
        )
        for term in labels_picked(keys, terms)
    ]


def retire(rows: Sequence[Part]) -> None:
    """End the currency of rows of one kind; they stay readable."""
    now = timezone.now()
    for row in rows:
        row.retired_at = now
    if rows:
        type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows]).update(retired_at=now)
