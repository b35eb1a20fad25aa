"""Carrying over: what becomes of annotations and coverage marks when an article gets a new revision.

The rules are core.carrying's; carried_rows.py writes down what they give, inside the transaction of the revision.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from annotations.core.blocks import Block, BlockKind
from annotations.core.carrying import Carried, Placed, carry
from annotations.core.placing import Decision
from annotations.core.sentences import Sentence, sentences_of
from annotations.core.states import AnnotationState
from annotations.core.wording import ngettext
from annotations.models import Annotation, Article, Attribution, CoverageMark, Placement, Revision, User
from annotations.models.base import new_id
from annotations.permissions import facts_of_all
from annotations.permissions.rules import VOIDABLE
from annotations.services.carried_rows import STAYS, Case, ranges_of, write
from annotations.services.notices import tell
from annotations.services.rows import copy_in

JUDGED: Final = VOIDABLE | {AnnotationState.DISPUTED}

_Place = tuple[int, int, tuple[tuple[int, int], ...]]
"""Start, end, fragments."""


def carry_over(article: Article, old: Revision, new: Revision, actor: User) -> None:
    """Carry everything of the article that stands in an older text to `new`; call it under the article's lock."""
    rows = list(Annotation.objects.filter(article=article).exclude(state=AnnotationState.WITHDRAWN).order_by("id"))
    marks = list(CoverageMark.objects.filter(revision=old, retired_at=None).order_by("start"))
    for revision in {row.revision_id: row for row in rows} | {old.pk: None}:
        source = old if revision == old.pk else Revision.objects.get(pk=revision)
        mine = [row for row in rows if row.revision_id == revision]
        cases, kept = _carried(article, source, new, mine, marks if source is old else [])
        write(cases, source, new, actor)
        _mark(kept, new)
    _notify(article, rows, new, actor)


def carry_late(annotation: Annotation, actor: User) -> bool:
    """Carry one annotation that newer copy has passed by to the current text; False when it was not passed by."""
    article, new = annotation.article, annotation.article.current
    if annotation.revision_id == new.pk or annotation.placements.filter(next_revision=new).exists():
        return False
    cases, _ = _carried(article, annotation.revision, new, [annotation], [])
    write(cases, annotation.revision, new, actor)
    return True


def _carried(
    article: Article, old: Revision, new: Revision, rows: Sequence[Annotation], marks: Sequence[CoverageMark]
) -> tuple[list[Case], list[tuple[CoverageMark, Carried[Any]]]]:
    """One comparison of the two texts for all that stands in the older one; each place is looked up once."""
    attributions = Attribution.objects.filter(annotation__in=[row.pk for row in rows], retired_at=None).order_by("id")
    said = [row for row in attributions if row.source_start is not None or row.cue_start is not None]
    places = {_place_of(row) for row in rows} | {(row.start, row.end, ()) for row in marks}
    places |= {(start, end, ()) for row in said for _, start, end in ranges_of(row)}
    language = article.language or "en"
    found = carry(
        old.text,
        new.text,
        [Placed(place, *place) for place in sorted(places)],
        old_sentences=_sentences(old, language),
        new_sentences=_sentences(new, language),
        language=language,
    )
    by_place = {each.id: each for each in found}
    cases = {row.pk: Case(row, by_place[_place_of(row)]) for row in rows}
    for row in said:
        case = cases[row.annotation_id]
        case.attributions.append(row)
        case.ranges |= {(row.pk, name): by_place[start, end, ()] for name, start, end in ranges_of(row)}
    return list(cases.values()), [(row, by_place[row.start, row.end, ()]) for row in marks]


def _place_of(row: Annotation) -> _Place:
    return row.start, row.end, tuple((start, end) for start, end in row.fragments)


def _mark(kept: Sequence[tuple[CoverageMark, Carried[Any]]], new: Revision) -> None:
    """A sentence that is the same to the letter stays marked by whoever marked it; all others are unseen again."""
    places = {(result.start or 0, result.end or 0): row for row, result in kept if result.outcome in STAYS}
    rows = ((new_id(), row.desk_id, new.pk, *place, row.person_id, timezone.now()) for place, row in places.items())
    copy_in(CoverageMark, ("id", "desk", "revision", "start", "end", "person", "created"), rows)


def _notify(article: Article, rows: Iterable[Annotation], new: Revision, actor: User) -> None:
    """One notice for each person whose judged work needs a recheck, however many annotations that are."""
    judged = [row for row in rows if row.state in JUDGED]
    lost = Placement.objects.filter(next_revision=new, decision=Decision.PENDING, annotation__in=judged)
    facts = facts_of_all(list(Annotation.objects.filter(placements__in=lost)))
    concerned = frozenset[UUID]().union(*(each.participants | each.reviewers for each in facts.values()))
    said = ngettext(
        '{actor} brought in new copy of "{title}": recheck {count} annotation of yours there.',
        '{actor} brought in new copy of "{title}": recheck {count} annotations of yours there.',
        len(facts),
    )
    if facts:
        tell(concerned, article, said.format(actor=actor, title=article.title, count=len(facts)), actor)


def _sentences(revision: Revision, language: str) -> list[Sentence]:
    blocks = [Block(BlockKind(row.kind), row.start, row.end) for row in revision.blocks.order_by("position")]
    return sentences_of(revision.text, blocks, language)
