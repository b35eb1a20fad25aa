"""Annotations: create and edit. Parts, moves and undo have modules of their own."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from annotations.core.drafts import AnnotationChanges, AnnotationDraft, PlaceDraft, VerdictDraft
from annotations.core.errors import DomainError, FieldError
from annotations.core.places import place_in
from annotations.core.states import AnnotationState, ArticleState
from annotations.core.text import canonical_field
from annotations.core.wording import _
from annotations.models import (
    Annotation,
    AnnotationTerm,
    Article,
    Membership,
    Revision,
    Term,
    User,
    Verdict,
)
from annotations.models.base import new_id
from annotations.models.compiled import Compiled
from annotations.permissions import require
from annotations.services.history import annotation_state, article_state, current, record
from annotations.services.locks import locked_annotation, locked_article_and, remember
from annotations.services.parts import attribution_row, evidence_row, label_rows, retire, verdict_row
from annotations.services.rows import checked, insert, insert_last, made, update
from annotations.services.terms import ATTRIBUTION_AXES, asked_terms, terms_by_key
from annotations.services.voiding import void_if_reviewed

_PLACE: Final = ("revision", "start", "end", "exact", "prefix", "suffix", "fragments")
_OTHERS: Final = ("claim", "note", "state", "assignee", "version", "updated")
"""The fields of an annotation that change; those of its place apart, since the database looks at them in the text."""

_TOLD_OF_PLACE: Final = ("revision", "start", "end", "exact", "fragments")

_KNOWN: Final = Compiled(lambda id: Annotation.objects.filter(pk=id), id=UUID(int=1))
_MEMBER: Final = Compiled(
    lambda desk, username: Membership.objects.filter(
        desk_id=desk, active=True, user__is_active=True, user__username=username
    ).select_related("user"),
    desk=UUID(int=1),
    username="a name",
)


@transaction.atomic
def create_annotation(*, article_id: UUID, actor: User, draft: AnnotationDraft) -> tuple[Annotation, bool]:
    """A new annotation, and True; or the one that an earlier attempt with the same id made, and False."""
    keys = _keys(draft)
    asked = [asked_terms(article_id, keys)] if keys else []
    before = [_KNOWN.asked(id=draft.id)] if draft.id else []
    article, answers = locked_article_and(article_id, actor, *asked, *before)
    if before and (known := _known(answers.pop(), article, actor)):
        return known, False
    require(actor, "annotate", article)
    revision = article.current
    if draft.revision is not None and draft.revision != revision.pk:
        raise DomainError("stale", _("The article has a newer revision. Load it and mark the place again."))
    annotation = _new(article, revision, actor, draft)
    checked(annotation)
    _insert_with_parts(annotation, draft, actor, {term.key: term for found in answers for term in found})
    start_checking(article, actor)
    origin = {"origin": dict(draft.origin)} if draft.origin else {}
    record(annotation, actor=actor, action="create", after=annotation_state(annotation) | origin)
    return annotation, True


@transaction.atomic
def edit_annotation(
    *, annotation_id: UUID, actor: User, seen_version: int | None, changes: AnnotationChanges
) -> Annotation:
    """Apply the changes as one new version. Nothing is written when nothing differs."""
    annotation = locked_annotation(annotation_id, actor, seen_version)
    require(actor, "edit", annotation)
    before = annotation_state(annotation)
    keys = [*(changes.terms or ()), changes.verdict.term if changes.verdict else ""]
    terms = terms_by_key(annotation.desk_id, keys)
    _edit_fields(annotation, changes)
    checked(annotation)
    if _touches_judgement(annotation, before, changes):
        void_if_reviewed(annotation, actor)
    if changes.terms is not None:
        _replace_labels(annotation, list(changes.terms), terms)
    if changes.verdict is not None or changes.clear_verdict:
        _replace_verdict(annotation, changes, actor, terms)
    return save_version(annotation, actor, "edit", before)


def save_version(
    annotation: Annotation, actor: User | None, action: str, before: dict[str, Any], reason: str = ""
) -> Annotation:
    """Store the annotation as its next version, with its event; a version that equals the last is not one."""
    after = annotation_state(annotation)
    if after == before:
        return annotation
    annotation.version += 1
    after["version"] = annotation.version
    update(annotation, _PLACE + _OTHERS if any(after[name] != before[name] for name in _TOLD_OF_PLACE) else _OTHERS)
    record(annotation, actor=actor, action=action, before=before, after=after, reason=reason)
    return annotation


def start_checking(article: Article, actor: User) -> None:
    """The first annotation turns a draft into an article that is being checked."""
    if article.state != ArticleState.DRAFT:
        return
    before = article_state(article)
    article.state = ArticleState.CHECKING.value
    article.version += 1
    update(article, ("state", "version", "updated"))
    record(article, actor=actor, action="start", before=before, after=article_state(article))


def _new(article: Article, revision: Revision, actor: User, draft: AnnotationDraft) -> Annotation:
    """Not checked, and without labels and other parts."""
    place = _placed(revision.text, draft.place)
    assignee = _member(article, draft.assignee) if draft.assignee else None
    return made(
        Annotation,
        {"article": article, "revision": revision, "author": actor, "assignee": assignee},
        id=draft.id or new_id(),
        desk_id=article.desk_id,
        article_id=article.pk,
        revision_id=revision.pk,
        author_id=actor.pk,
        assignee_id=assignee.pk if assignee else None,
        claim=draft.claim,
        note=draft.note,
        state=AnnotationState.OPEN.value,
        version=1,
        created=None,
        updated=None,
        **place,
    )


def _known(rows: list[Annotation], article: Article, actor: User) -> Annotation | None:
    """What an earlier attempt with this id made; an id that means something else is refused."""
    if not rows:
        return None
    [found] = rows
    if found.article_id != article.pk or found.author_id != actor.pk:
        sentence = _("This id is taken by something else. Make a new one.")
        raise DomainError("id_taken", sentence, errors=[FieldError("/id", "id_taken", sentence)])
    return found


def _placed(text: str, draft: PlaceDraft) -> dict[str, Any]:
    """What an annotation says about its place."""
    place = place_in(text, draft)
    anchor, fragments = place.anchor, [list(part) for part in place.fragments]
    ends = {"start": anchor.start, "end": anchor.end}
    return {**ends, "exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix, "fragments": fragments}


def _insert_with_parts(annotation: Annotation, draft: AnnotationDraft, actor: User, terms: Mapping[str, Term]) -> None:
    """Store it with labels, attributions, evidence and verdict, and remember them as if they had been read."""
    text = annotation.revision.text
    labels = label_rows(annotation, list(draft.terms), terms)
    insert_last([annotation], labels)
    attributions = insert(
        [
            attribution_row(annotation, each, actor, terms, text, f"/attributions/{number}")
            for number, each in enumerate(draft.attributions)
        ]
    )
    evidence = insert(
        [evidence_row(annotation, each, actor, f"/evidence/{number}") for number, each in enumerate(draft.evidence)]
    )
    verdicts = insert([verdict_row(annotation, draft.verdict, actor, terms)] if draft.verdict else [])
    remember(
        annotation, labels=labels, attributions=attributions, evidence=evidence, verdicts=verdicts, links=[], reviews=[]
    )


def _keys(draft: AnnotationDraft) -> list[str]:
    keys = list(draft.terms)
    keys += [key for each in draft.attributions for axis in ATTRIBUTION_AXES if (key := getattr(each, axis))]
    return [*keys, draft.verdict.term] if draft.verdict else keys


def _member(article: Article, username: str) -> User:
    membership = _MEMBER.first(desk=article.desk_id, username=username)
    if membership is None:
        sentence = _('Nobody named "{username}" works on this desk.').format(username=username)
        raise DomainError("unknown_member", sentence, errors=[FieldError("/assignee", "unknown_member", sentence)])
    return membership.user


def _edit_fields(annotation: Annotation, changes: AnnotationChanges) -> None:
    if changes.place is not None:
        if annotation.revision_id != annotation.article.revision_id:
            raise DomainError("wrong_state", _("Newer copy changed its words. Decide on its place in that text first."))
        for name, value in _placed(annotation.revision.text, changes.place).items():
            setattr(annotation, name, value)
    for name in ("claim", "note"):
        if (value := getattr(changes, name)) is not None:
            setattr(annotation, name, value)
    if changes.assignee is not None or changes.unassign:
        annotation.assignee = _member(annotation.article, changes.assignee) if changes.assignee else None


def _touches_judgement(annotation: Annotation, before: dict[str, Any], changes: AnnotationChanges) -> bool:
    """Does this change what a reviewer judged: range, claim, labels or verdict? Note and assignee are not among it."""
    after = annotation_state(annotation)
    if any(after[name] != before[name] for name in ("start", "end", "fragments", "claim")):
        return True
    if changes.terms is not None and set(changes.terms) != set(before["terms"]):
        return True
    if changes.verdict is None:
        return changes.clear_verdict and bool(before["verdicts"])
    old = current(annotation, "verdicts")
    return not old or not _same_verdict(old[0], changes.verdict)


def _same_verdict(old: Verdict, new: VerdictDraft) -> bool:
    as_of = new.as_of or timezone.localdate()
    return (old.term.key, old.rationale, old.as_of) == (new.term, canonical_field(new.rationale), as_of)


def _replace_labels(annotation: Annotation, keys: list[str], terms: dict[str, Term]) -> None:
    rows = {row.term.key: row for row in annotation.labels.all()}
    # A label that stays may be retired by now; only new ones must be current.
    fresh = label_rows(annotation, [key for key in keys if key not in rows], terms)
    gone = [row.pk for key, row in rows.items() if key not in keys]
    AnnotationTerm.objects.filter(pk__in=gone).delete()
    insert(fresh)
    remember(annotation, labels=[row for key, row in rows.items() if key in keys] + fresh)


def _replace_verdict(annotation: Annotation, changes: AnnotationChanges, actor: User, terms: dict[str, Term]) -> None:
    old = current(annotation, "verdicts")
    if changes.verdict and old and _same_verdict(old[0], changes.verdict):
        return
    new = verdict_row(annotation, changes.verdict, actor, terms) if changes.verdict else None
    retire(old)
    if new:
        insert([new])
    remember(annotation, verdicts=[new] if new else [])
