"""The coverage ledger: mark sentences "nothing to check", and take marks back."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.models import Article, CoverageMark, User
from annotations.permissions import article_facts, require
from annotations.services.history import record
from annotations.services.locks import locked_article


@transaction.atomic
def mark_nothing_to_check(
    *, article_id: UUID, actor: User, revision_id: UUID, ranges: Sequence[tuple[int, int]]
) -> Article:
    """Say of whole sentences, given by their (start, end), that there is nothing to check in them.

    Only sentences of the current revision's ledger can be marked; one that is marked already stays so.
    """
    article = _coverable(article_id, actor, revision_id)
    sentences = {(row.start, row.end) for row in article_facts(article).coverage}
    wrong = [place for place in ranges if tuple(place) not in sentences]
    if wrong:
        raise DomainError(
            "no_sentence",
            _("There is no sentence from {start} to {end}. Reload the page.").format(
                start=wrong[0][0], end=wrong[0][1]
            ),
        )
    current = CoverageMark.objects.filter(revision_id=revision_id, retired_at=None)
    known = set(current.values_list("start", "end"))
    fresh = [tuple(place) for place in dict.fromkeys(ranges) if tuple(place) not in known]
    CoverageMark.objects.bulk_create(
        CoverageMark(desk_id=article.desk_id, revision_id=revision_id, start=start, end=end, person=actor)
        for start, end in fresh
    )
    if fresh:
        record(article, actor=actor, action="cover", after={"sentences": [list(place) for place in fresh]})
    return article


@transaction.atomic
def take_mark_back(*, article_id: UUID, actor: User, revision_id: UUID, ranges: Sequence[tuple[int, int]]) -> Article:
    """Make marked sentences unseen again."""
    article = _coverable(article_id, actor, revision_id)
    wanted = {tuple(place) for place in ranges}
    marks = CoverageMark.objects.filter(revision_id=revision_id, retired_at=None)
    rows = [mark for mark in marks if (mark.start, mark.end) in wanted]
    CoverageMark.objects.filter(pk__in=[mark.pk for mark in rows]).update(retired_at=timezone.now())
    if rows:
        before = {"sentences": [[mark.start, mark.end] for mark in rows]}
        record(article, actor=actor, action="uncover", before=before)
    return article


def _coverable(article_id: UUID, actor: User, revision_id: UUID) -> Article:
    article = locked_article(article_id, actor)
    require(actor, "cover", article)
    if article.current.pk != revision_id:
        raise DomainError("stale", _("The article has a newer revision. Load it again."))
    return article
