"""What the article's page draws anew after a change to one annotation: blocks, its card, the count of all."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Count

from annotations.models import Annotation
from annotations.models.compiled import Compiled, together
from annotations.queries.article_page import BlockView, Range, asked_marks, touched_blocks, views_of
from annotations.queries.card_rows import CardRow, asked_card


class Touched(NamedTuple):
    """`number`: of live annotations in the article's current text."""

    views: list[BlockView]
    card: CardRow
    number: int


_COUNT: Final[Compiled[Any]] = Compiled(
    lambda article, revision: (
        Annotation.objects.filter(article=article, revision=revision)
        .live()
        .order_by()
        .values("article")
        .annotate(number=Count("id"))
        .values_list("number")
    ),
    article=UUID(int=1),
    revision=UUID(int=2),
)


def touched_by(annotation: Annotation, ranges: Sequence[Range], by: str) -> Touched:
    """With every block that one of the ranges touches (code points, end exclusive); on one way to the database.

    `by` is what colours stand for; see core/colouring.py.
    """
    revision, article = annotation.revision, annotation.article
    rows = touched_blocks(revision, ranges)
    start, end = (rows[0].start, rows[-1].end) if rows else (0, 0)
    marks, [card], counted = together(
        asked_marks(revision, start, end, by),
        asked_card(annotation.pk),
        _COUNT.asked(article=article.pk, revision=article.current.pk),
    )
    return Touched(views_of(revision.text, rows, marks), card, counted[0][0] if counted else 0)
