"""Where the annotations of a text are, counted in the database: a page may have ten thousand of them."""

from django.db.models import Count as Number
from django.db.models import F, IntegerField, Min, Value
from django.db.models.functions import Cast

from annotations.core.ruler import BINS, Bin, Count, bins_of
from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article


def ruler_of(article: Article) -> list[Bin]:
    """The stretches of the current text in which annotations begin."""
    place = Cast(F("start") * Value(BINS) / Value(article.current.length), IntegerField())
    rows = (
        Annotation.objects.live()
        .filter(article=article, revision=article.revision_id)
        .order_by()
        .annotate(bin=place)
        .values_list("bin", "state")
        .annotate(number=Number("id"), first=Min("start"))
    )
    return bins_of(Count(place, AnnotationState(state), number, first) for place, state, number, first in rows)
