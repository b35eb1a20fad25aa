"""Claims that were checked, as a search finds them: signed-off verdicts by words, language and age, newest first."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from annotations.models import User
from annotations.queries.verdict_rows import reviewed_verdicts

SEARCHED = ("annotation__claim", "annotation__exact", "annotation__article__title", "said_by")


@dataclass(frozen=True, slots=True)
class Search:
    """Every word must be in the claim, its quote, the title of the article or the name of who said it.

    `language` is a BCP 47 code of which only the language counts; `days` the age of the newer of claim and review.
    """

    words: tuple[str, ...] = ()
    language: str = ""
    days: int = 0


def claims_found(user: User, search: Search, before: UUID | None = None) -> QuerySet[Any]:
    """Reviewed verdicts, newest first; only those older than the verdict `before` where a page goes on."""
    rows = reviewed_verdicts(user)
    for word in search.words:
        rows = rows.filter(reduce(or_, (Q(**{f"{name}__icontains": word}) for name in SEARCHED)))
    if search.language:
        language = re.split("[-_]", search.language)[0]
        rows = rows.filter(Q(language__iexact=language) | Q(language__istartswith=f"{language}-"))
    if search.days:
        rows = rows.filter(_newer_than(_days_ago(search.days)))
    if before:
        rows = rows.filter(id__lt=before)
    return rows.order_by("-id")


def _days_ago(days: int) -> dt.date:
    today = timezone.localdate()
    return dt.date.fromordinal(max(1, today.toordinal() - days))


def _newer_than(day: dt.date) -> Q:
    reviewed = Q(as_of__gte=day) | Q(as_of=None, created__date__gte=day)
    return reviewed | Q(published_at__gte=day)
