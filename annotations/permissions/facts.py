"""What guards look at beyond state and role, read in a fixed number of queries however many are asked about."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from annotations.core.blocks import Block, BlockKind
from annotations.core.coverage import Covered, ledger, unseen
from annotations.core.independence import Support
from annotations.core.sentences import Sentence, sentences_of
from annotations.core.states import AnnotationState
from annotations.models import (
    Annotation,
    Article,
    Attribution,
    Comment,
    CoverageMark,
    Event,
    Evidence,
    Review,
    Revision,
    Verdict,
)

KEPT_TEXTS = 200
TAKING_PART = (
    "create",
    "accept",
    "edit",
    "propose",
    "undo",
    "add_evidence",
    "add_attribution",
    "retire_evidence",
    "retire_attribution",
)
"""Actions that make a person a participant; the database has the same list in factcheck_took_part."""


@dataclass(frozen=True, slots=True)
class Facts:
    """About one annotation. `participants` worked on it, `reviewers` ever reviewed it, `approvals` stand now."""

    participants: frozenset[UUID]
    reviewers: frozenset[UUID]
    approvals: frozenset[UUID]
    verdict: Verdict | None
    support: tuple[Support, ...]
    blocking: int


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """About one article: annotations neither signed off nor withdrawn, those of them that have no place in the current
    text, and the coverage of its sentences."""

    unsettled: int
    unplaced: int
    coverage: tuple[Covered, ...]

    @property
    def unseen(self) -> list[Covered]:
        return unseen(self.coverage)


def facts_of(annotation: Annotation) -> Facts:
    return facts_of_all([annotation])[annotation.pk]


def facts_of_all(annotations: Sequence[Annotation]) -> dict[UUID, Facts]:
    """The facts of each annotation, in five queries."""
    ids = [annotation.pk for annotation in annotations]
    participants = _participants(annotations)
    reviews = defaultdict(list)
    for review in Review.objects.filter(annotation__in=ids).select_related("person"):
        reviews[review.annotation_id].append(review)
    verdicts = {
        row.annotation_id: row
        for row in Verdict.objects.filter(annotation__in=ids, retired_at=None).select_related("term")
    }
    support = defaultdict(list)
    for row in Evidence.objects.filter(annotation__in=ids, retired_at=None):
        support[row.annotation_id].append(
            Support(row.stance, row.independence_group, row.publisher, row.url, row.unnamed)
        )
    blocking: dict[UUID, int] = defaultdict(int)
    for found in Comment.objects.filter(annotation__in=ids, blocking=True, resolved_at=None).values_list(
        "annotation_id", flat=True
    ):
        blocking[found] += 1
    return {
        id: Facts(
            participants=frozenset(participants[id]),
            reviewers=frozenset(review.person_id for review in reviews[id]),
            approvals=frozenset(review.person_id for review in reviews[id] if _stands(review)),
            verdict=verdicts.get(id),
            support=tuple(support[id]),
            blocking=blocking[id],
        )
        for id in ids
    }


def article_facts(article: Article, parts: Sequence[tuple[int, int]] | None = None) -> ArticleFacts:
    """In three queries; splits the current text into sentences.

    `parts`: the ranges of the live annotations on the current text, from a caller that has them already.
    """
    revision = article.current
    marks = CoverageMark.objects.filter(revision=revision, retired_at=None).values_list("start", "end")
    sentences = _sentences(revision, article.language or "en")
    unsettled = Annotation.objects.filter(article=article).exclude(
        state__in=(AnnotationState.SIGNED_OFF, AnnotationState.WITHDRAWN, AnnotationState.SUGGESTED)
    )
    ranges = _parts(article) if parts is None else parts
    count = unsettled.aggregate(all=Count("pk"), unplaced=Count("pk", filter=~Q(revision=revision)))
    return ArticleFacts(count["all"], count["unplaced"], tuple(ledger(sentences, ranges, list(marks))))


def _parts(article: Article) -> list[tuple[int, int]]:
    rows = Annotation.objects.filter(article=article, revision=article.current).live()
    return [
        (first, last)
        for start, end, fragments in rows.values_list("start", "end", "fragments")
        for first, last in (fragments or [[start, end]])
    ]


_KEPT: dict[tuple[UUID, str], list[Sentence]] = {}
"""Sentences of the texts looked at last, by revision and language: a text never changes, and cutting a long one takes
longer than everything else on its page."""


def _sentences(revision: Revision, language: str) -> list[Sentence]:
    key = (revision.pk, language)
    if key not in _KEPT:
        blocks = [Block(BlockKind(row.kind), row.start, row.end) for row in revision.blocks.order_by("position")]
        while len(_KEPT) >= KEPT_TEXTS:
            _KEPT.pop(next(iter(_KEPT)), None)
        _KEPT[key] = sentences_of(revision.text, blocks, language)
    return _KEPT[key]


def _stands(review: Review) -> bool:
    return review.decision == "approve" and review.voided_at is None and review.person.is_active


def _participants(annotations: Sequence[Annotation]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {annotation.pk: {annotation.author_id} for annotation in annotations}
    events = Event.objects.filter(annotation__in=found, action__in=TAKING_PART, actor__isnull=False)
    worked = [
        model._default_manager.filter(annotation__in=found).values_list("annotation_id", "author_id")
        for model in (Verdict, Attribution, Evidence)
    ]
    for id, person in events.values_list("annotation_id", "actor_id").union(*worked):
        found[id].add(person)
    return found
