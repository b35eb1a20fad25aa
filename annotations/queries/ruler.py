"""How the annotations of an article stand, counted in the database: a page may have ten thousand of them."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, F, IntegerField, Min, QuerySet, Value, When
from django.db.models import Count as Number
from django.db.models.functions import Cast

from annotations.core.ruler import BINS, Bin, Count, bins_of
from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article
from annotations.models.compiled import Compiled


@dataclass(frozen=True, slots=True)
class Standing:
    """`ruler`: the stretches of the current text in which annotations begin; `shown` of them are live.

    `unsettled`: not signed off, in whichever text; `unplaced` of these have no place in the current text.
    """

    ruler: list[Bin]
    shown: int
    unsettled: int
    unplaced: int


def standing_of(article: Article) -> Standing:
    """In one query."""
    revision = article.current
    rows = _COUNTS(article=article.pk, revision=revision.pk, length=revision.length)
    here = [Count(place, AnnotationState(state), *rest) for place, state, *rest in rows if place is not None]
    unsettled = [(place, number) for place, state, number, _ in rows if state != AnnotationState.SIGNED_OFF]
    return Standing(
        ruler=bins_of(here),
        shown=sum(count.number for count in here),
        unsettled=sum(number for _, number in unsettled),
        unplaced=sum(number for place, number in unsettled if place is None),
    )


def _counts(article: UUID, revision: UUID, length: int) -> QuerySet[Annotation, Any]:
    place = Cast(F("start") * Value(BINS) / Value(length), IntegerField())
    rows = Annotation.objects.live().filter(article=article).order_by()
    rows = rows.annotate(bin=Case(When(revision=revision, then=place)))
    return rows.values_list("bin", "state").annotate(number=Number("id"), first=Min("start"))


_COUNTS: Final[Compiled[Any]] = Compiled(_counts, article=UUID(int=1), revision=UUID(int=2), length=-3)
