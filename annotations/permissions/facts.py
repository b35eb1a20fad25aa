"""What guards look at beyond state and role, read in a fixed number of queries however many are asked about."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q, UUIDField

from annotations.core.blocks import Block, BlockKind
from annotations.core.coverage import Covered, ledger, unseen
from annotations.core.decisions import ReviewDecision
from annotations.core.independence import Support
from annotations.core.sentences import Sentence, sentences_of
from annotations.core.states import HIDDEN, AnnotationState
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
from annotations.models.compiled import Compiled, IsAnyOf, together

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


_IDS: Final = [UUID(int=1)]
_ARTICLES: Final = [UUID(int=2)]
_WORKED: Final[Compiled[Any]] = Compiled(
    lambda ids, articles: (
        Event.objects.filter(_of(articles), _among(ids), action__in=TAKING_PART, actor__isnull=False)
        .values_list("annotation_id", "actor_id")
        .union(
            *(
                model._default_manager.filter(_among(ids)).values_list("annotation_id", "author_id")
                for model in (Verdict, Attribution, Evidence)
            )
        )
    ),
    ids=_IDS,
    articles=_ARTICLES,
)
_REVIEWS: Final[Compiled[Any]] = Compiled(
    lambda ids: (
        Review.objects.filter(_among(ids))
        .order_by()
        .values_list("annotation_id", "person_id", "decision", "voided_at", "person__is_active")
    ),
    ids=_IDS,
)
_VERDICTS: Final = Compiled(
    lambda ids: Verdict.objects.filter(_among(ids), retired_at=None).select_related("term"), ids=_IDS
)
_SUPPORT: Final[Compiled[Any]] = Compiled(
    lambda ids: Evidence.objects.filter(_among(ids), retired_at=None).values_list(
        "annotation_id", "stance", "independence_group", "publisher", "url", "unnamed"
    ),
    ids=_IDS,
)
_BLOCKING: Final[Compiled[Any]] = Compiled(
    lambda ids: (
        Comment.objects.filter(_among(ids), blocking=True, resolved_at=None).order_by().values_list("annotation_id")
    ),
    ids=_IDS,
)


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
    """The facts of each annotation, in five queries on one way to the database."""
    if not annotations:
        return {}
    ids = [annotation.pk for annotation in annotations]
    participants: dict[UUID, set[UUID]] = {row.pk: {row.author_id} for row in annotations}
    articles = list({annotation.article_id for annotation in annotations})
    others = (query.asked(ids=ids) for query in (_REVIEWS, _VERDICTS, _SUPPORT, _BLOCKING))
    worked, reviews, found, supporting, blocked = together(_WORKED.asked(ids=ids, articles=articles), *others)
    for id, person in worked:
        participants[id].add(person)
    reviewers: dict[UUID, set[UUID]] = defaultdict(set)
    approvals: dict[UUID, set[UUID]] = defaultdict(set)
    for id, person, decision, voided_at, is_active in reviews:
        reviewers[id].add(person)
        if decision == ReviewDecision.APPROVE and voided_at is None and is_active:
            approvals[id].add(person)
    verdicts = {row.annotation_id: row for row in found}
    support = defaultdict(list)
    for id, *values in supporting:
        support[id].append(Support(*values))
    blocking = Counter(id for (id,) in blocked)
    return {
        id: Facts(
            participants=frozenset(participants[id]),
            reviewers=frozenset(reviewers[id]),
            approvals=frozenset(approvals[id]),
            verdict=verdicts.get(id),
            support=tuple(support[id]),
            blocking=blocking[id],
        )
        for id in ids
    }


def article_facts(article: Article) -> ArticleFacts:
    """In three queries; splits the current text into sentences."""
    unsettled = Annotation.objects.filter(article=article).exclude(state__in=(AnnotationState.SIGNED_OFF, *HIDDEN))
    count = unsettled.aggregate(all=Count("pk"), unplaced=Count("pk", filter=~Q(revision=article.current)))
    return article_facts_from(article, _parts(article), unsettled=count["all"], unplaced=count["unplaced"])


def article_facts_from(
    article: Article, annotated: Sequence[tuple[int, int]], *, unsettled: int, unplaced: int
) -> ArticleFacts:
    """The same in one query, for who has read the annotations: which ranges of the current text they cover."""
    revision = article.current
    marks = _COVERED(revision=revision.pk)
    sentences = _sentences(revision, article.language or "en")
    return ArticleFacts(unsettled, unplaced, tuple(ledger(sentences, annotated, marks)))


_COVERED: Final[Compiled[Any]] = Compiled(
    lambda revision: CoverageMark.objects.filter(revision=revision, retired_at=None).values_list("start", "end"),
    revision=UUID(int=1),
)


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


def _of(articles: list[UUID]) -> IsAnyOf:
    return IsAnyOf("article_id", articles, UUIDField())


def _among(ids: list[UUID]) -> IsAnyOf:
    return IsAnyOf("annotation_id", ids, UUIDField())
